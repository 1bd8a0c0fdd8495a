// What the kernel says of an incident (report.py): `board` changes when an hour closes, `ledger` at each decision.

interface IncidentBoard {
  number: number;
  count: number;
  over: boolean;
  at: string;
  where: string;
  /** What follows from the hour before. */
  since: string[];
  lines: SeenLine[];
  decisions: ToDecide[];
  /** The hours that are over, as an HTML table. */
  log: string;
}

type SeenLine = [id: string, letter: string, source: string, text: string];
type ToDecide = [id: string, label: string, options: [key: string, text: string][]];

/** What was decided, and the lines ticked to justify it. */
interface IncidentDecision {
  choice: string;
  proofs: string[];
}
