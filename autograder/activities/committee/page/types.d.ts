// What the kernel says of a sitting (report.py): `board` changes when a sitting opens or closes, `ledger` at each decision.

interface CommitteeBoard {
  number: number;
  closed: boolean;
  waiting: string;
  /** What is told before it closes. */
  warning: string;
  /** The names of the lines, in the order of each dossier's rows. */
  indicators: string[];
  dossiers: Dossier[];
  proofs: [key: string, text: string][];
  grounds: [key: string, text: string][];
  /** The choices that ask for a proof. */
  short: string[];
}

interface Dossier {
  key: string;
  name: string;
  /** Why there is nothing to decide any more. */
  stopped?: string;
  promise: string;
  rumour: string;
  /** What is read now, then the half-year before and the evolution. */
  rows: string[][];
  choices: [key: string, text: string][];
}

interface Ledger {
  money?: string;
  over?: boolean;
  /** What is left to do before it closes. */
  todo?: string;
  /** Nothing is left to do. */
  ready?: boolean;
  report?: string;
  votes?: Record<string, { count: string; voted: number[]; html: string }>;
}

interface Decision {
  choice: string;
  proof: string;
  ground: string;
  note: string;
}

interface Vote {
  member: number;
  choice: string;
  ground: string;
}

/** The sitting that is being edited; its parts read it, and change it. */
interface Sitting {
  board(): CommitteeBoard;
  ledger(): Ledger;
  members: string[];
  votes: Record<string, Vote[]>;
  /** Draw again what follows from the members and the votes. */
  update(): void;
  changed: Changed;
}

/** A part of the sitting, on the page. */
interface Part {
  node: HTMLElement;
  update(): void;
}
