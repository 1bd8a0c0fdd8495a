// What the parts of the course view exchange. Only lab.js knows that JupyterLab is there: the rest sees these.

export type Role =
  | "prose"
  | "setup"
  | "parameters"
  | "example"
  | "tool"
  | "statement"
  | "form"
  | "answer"
  | "check"
  | "try"
  | "bycode"
  | "takeaway";

/** What the build says of a cell (`cell.metadata.campus`); nothing of a cell that the learner added. */
export interface About {
  step?: number;
  role?: Role;
  exercise?: string;
  predict?: string[];
}

/** How a run ended; `stopped`: Python restarted, or gave up what was waiting. */
export type Ended = "ok" | "error" | "stopped";

/** One cell of the notebook. The same object stands for the same cell as long as it lives. */
export interface Cell {
  readonly id: string;
  readonly kind: "code" | "markdown" | "raw";
  readonly about: About;
  readonly node: HTMLElement;
  /** What its grade is worth; 0 when it has none. */
  readonly points: number;
  /** What the course runs by itself: nothing that the learner writes, nothing that is graded. */
  readonly isOurs: boolean;
  /** How many runs Python had made when this cell was last run; null when it was not. */
  readonly ran: number | null;
  /** Whether its text has changed since it was last run. */
  readonly edited: boolean;
  run(): Promise<Ended>;
  /** Let nobody act on what the cell shows, or let them again: without Python, a click would be lost. */
  hold(held: boolean): void;
  /** Put a node in the cell, above or below what it shows. */
  put(node: HTMLElement, where: "above" | "below"): void;
}

export interface Step {
  title: string;
  optional: boolean;
  cells: Cell[];
  exercises: string[];
}

/** `lesson`: no question there; `saved`: a free answer, which a person reads. */
export type StepState = "lesson" | "todo" | "right" | "again" | "saved" | "optional";

export interface ExerciseProgress {
  state: string;
  points: number;
  max: number;
  /** How many points the last answer has fewer than the best one: it is the last that grading counts. */
  lost: number;
}

/** Where the learner stands in a module, as the server tells it (autograder/lab/course.py). */
export interface Progress {
  points: number;
  max: number;
  exercises: Record<string, ExerciseProgress>;
  /** Exercises that have an answer by form. */
  answered: string[];
  /** What was predicted, by cell; "" when the result was asked for without a prediction. */
  predictions: Record<string, string>;
  /** The module to open next; `why`, in French, when it is not simply the one that follows. */
  next: { path: string; title: string; why: string } | null;
  missing: boolean;
  newer: boolean;
  modified: string;
}

/** `away`: no connection with the server. */
export type Python = "starting" | "idle" | "busy" | "restarting" | "dead" | "away";

/** What a bar or the end screen can ask for. */
export interface Actions {
  home(): unknown;
  help(): unknown;
  glossary(): unknown;
  larger(): unknown;
  restart(): unknown;
  handIn(): unknown;
  feedback(): unknown;
  /** Show the card of this module. */
  takeaway(): unknown;
  open(path: string): unknown;
  print(): unknown;
}

/** The notebook and its surroundings, as the view needs them. */
export interface Host {
  readonly title: string;
  /** The part of the points that is enough, from 0 to 1. */
  readonly passMark: number;
  readonly steps: { title: string; optional: boolean }[];
  readonly actions: Actions;
  readonly node: HTMLElement;
  readonly python: Python;
  cells(): Cell[];
  /** Make a cell the one that commands act on. */
  activate(cell: Cell): void;
  /** Show the notebook from a cell on, or from the top of what is shown. */
  scrollTo(cell: Cell | null): void;
  /** Show, or hide, the notebook itself: the end of a module stands in its place. */
  showNotebook(shown: boolean): void;
  /** Keep the step on the screen for a reload of the page. */
  remember(step: number): void;
  /** The view takes the whole window, or gives it back. */
  bare(on: boolean): void;
  interrupt(): Promise<void>;
  relaunch(): Promise<void>;
  progress(): Promise<Progress>;
  predict(cell: Cell, choice: string): Promise<Progress>;
  /** Remember that the end was reached: the card of the module is the learner's. */
  reached(): Promise<unknown>;
  /** Put back the missing files; say, in French, what was done. */
  complete(): Promise<{ ok: boolean; message: string }>;
  /** Read the notebook again if the disk holds a newer one, and nothing here would be lost; tell whether it was done. */
  renew(modified: string): Promise<boolean>;
  onCells(heard: () => void): void;
  /** The person comes to the panel, which gives the focus to the notebook. */
  onActivated(heard: () => void): void;
  onActive(heard: (cell: Cell | null) => void): void;
  onPython(heard: (state: Python) => void): void;
  /** Code was run, or changed. */
  onCode(heard: () => void): void;
}

/** One line of news, and what can be done about it. */
export interface News {
  text: string;
  action?: "interrupt" | "relaunch" | "retry";
}
