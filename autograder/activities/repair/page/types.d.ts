// What the kernel says of a chart to repair (`described` of show.py).

interface RepairForm {
  settings: ChartSetting[];
  /** HTML of the chart as it is found, with its table. */
  drawn: string;
}

interface ChartSetting {
  name: string;
  label: string;
  start: string;
  options: [key: string, text: string][];
  /** Its options are whole phrases. */
  long: boolean;
  /** With which options of other settings it changes nothing, and why; null when it always does something. */
  idle: { when: Record<string, string[]>; why: string } | null;
}
