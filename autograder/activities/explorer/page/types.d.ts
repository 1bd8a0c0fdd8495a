// What the kernel tells the explorer (`view.py`), and what it takes.

/** A step, as `steps.py` reads it: its operation, and what this one needs. */
interface Step {
  op: string;
  [value: string]: unknown;
}

type ColumnKind = "number" | "date" | "truth" | "text";

/** A column: its name in the code, what it holds, and its French name. */
type Column = [name: string, kind: ColumnKind, label: string];

/** What an explorer may offer: words for tests, orders and calculations, tables that may be joined with their columns. */
interface Offer {
  start: string;
  tests: Choice[];
  date_tests: Choice[];
  orders: Record<ColumnKind, [up: string, down: string]>;
  summaries: Choice[];
  others: Record<string, string[]>;
}

/** A value of a column: as a step writes it (null when blank), as a reader sees it, and its number of rows. */
type Listed = [raw: string | number | boolean | null, text: string, rows: number];

/** What steps give. */
interface View {
  error: string;
  before: number;
  rows: number;
  /** A row is a group of rows. */
  groups: boolean;
  missing: number;
  columns: Column[];
  head: string[][];
  texts: string[];
  lines: string[];
  value: string | null;
  chart: [label: string, value: string, length: number][] | null;
  /** The filter that left no row, and values like those that it asked for. */
  emptied: { step: number; column: string; label: string; near: Listed[] } | null;
}

/** The values of a column, the most frequent first; or why they cannot be told. */
interface ColumnValues {
  error?: string;
  distinct: number;
  matching: number;
  values: Listed[];
}
