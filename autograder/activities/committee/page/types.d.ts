// What the kernel says of a sitting (report.py): `board` changes when a sitting opens or closes, `ledger` at each decision.

interface CommitteeBoard {
  number: number;
  closed: boolean;
  waiting: string;
  /** What is told before it closes. */
  warning: string;
  /** The names of the columns where dossiers are compared. */
  compared: string[];
  /** A choice, in a word or two. */
  said: Record<string, string>;
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
  /** What is compared with the other dossiers. */
  brief: string[];
  /** Each indicator: its name, the half-year before, now, the evolution; only its name and now where nothing is compared. */
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
  whenSettled: Lent["whenSettled"];
}

/** A part of the sitting, on the page. */
interface Part {
  node: HTMLElement;
  update(): void;
}

/** One dossier, which may be open. */
interface Card extends Part {
  show(): void;
  /** What is decided, in a word or two, with what the decision lacks. */
  said(): string;
  isWhole(): boolean;
  read(): Decision | null;
  write(value: Decision | undefined): void;
}

/** The table of the dossiers. */
interface Comparison {
  node: HTMLElement;
  update(opened: string): void;
  focus(key: string): void;
}
