// What the page's scripts exchange: with the kernel (messages and traits), with anywidget, and with each other.

/** A style, as a text: the bundler reads it. */
declare module "*.css" {
  const text: string;
  export default text;
}

// --- anywidget

/** The page's side of a widget: the traits that the kernel synchronizes, and messages. */
interface Model<Traits = Record<string, any>> {
  get<Name extends keyof Traits>(name: Name): Traits[Name];
  on(event: "msg:custom", callback: (message: Reply) => void): void;
  on(event: string, callback: () => void): void;
  off(event: "msg:custom", callback: (message: Reply) => void): void;
  off(event: string, callback: () => void): void;
  send(message: Asked): void;
}

interface Context<Traits = Record<string, any>> {
  model: Model<Traits>;
  el: HTMLElement;
}

/** What a bundle exports: what anywidget calls to draw a view; the function returned is called when the view goes. */
interface Page<Traits = any> {
  render(context: Context<Traits>): Promise<void | (() => void)> | void | (() => void);
}

interface Window {
  /** Import a page that the server has; null where it has not. The course's extension of JupyterLab gives this. */
  campusPage?(file: string): Promise<{ default: Page } | null>;
}

// --- Messages

/** What the page sends. Each action has its own values beside. */
interface Asked {
  request: string;
  action?: Action;
  [value: string]: unknown;
}

type Action = PanelAction | "page" | "ask" | "mask" | "models" | "preview" | "send";
type PanelAction = "hello" | "save" | "check" | "hint" | "draft" | "explore" | "values" | "tried" | "drawn";

/** What the kernel answers; `error` is French. */
interface Reply {
  request: string;
  error?: string;
  /** The text of the bundle, where no server has it. */
  page?: string;
  // A panel
  action?: Action;
  saved_at?: string | null;
  explore?: View;
  values?: ColumnValues;
  tries?: number;
  history?: string;
  opened?: number;
  // The assistant
  reply?: any;
  piece?: string;
}

/** What the kernel says of the past of an exercise. */
interface Past {
  tries: number;
  history: string;
  opened: number;
}

// --- Panels

/** `[key, html]`, escaped by the kernel. */
type Choice = [key: string, html: string];
/** An answer of any kind, as the kernel reads it; null when there is none. */
type Value = any;

/** What a form is, as `describe` in panel.py writes it. */
interface Form {
  title: string;
  points: string;
  widget: string;
  label: string;
  unit: string;
  items: Choice[];
  options: Choice[];
  fields: [name: string, html: string, options: Choice[]][];
  min: number;
  max: number;
  step: number;
  long: boolean;
  min_words: number;
  hints: string[];
  explorer?: Offer;
  /** What the activity of the form says of it, under the activity's name. */
  [activity: string]: any;
}

interface PanelTraits {
  form: Form;
  value: Value;
  verdict: string;
  outdated: boolean;
  notice: string;
  /** What is built and answers nothing yet: the steps of an explorer. */
  draft: Step[];
}

/** Tell the panel that the answer has changed, by a choice, or while typing. */
type Changed = (typing?: boolean) => void;

type Ask = (action: PanelAction, values: Record<string, unknown>, done: (found: any) => void) => void;

/** What a panel lends to its control. */
interface Lent {
  model: Model<any>;
  /** Ask the kernel what its activity can tell without answering; `done` is called with its answer. */
  ask: Ask;
  /** Do something once the kernel has said what follows from the latest answer; at once if it is away, as all that is pressed then. */
  whenSettled(done: () => void): void;
}

/** The part of a form where the answer is given. */
interface Control {
  node: HTMLElement;
  /** Return the answer, null when there is none. */
  read(): Value;
  /** Take what is shown for the answer: it is about to be verified. */
  confirm?(): void;
  /** Return what counts while nothing of what is shown is saved, "" once something is. */
  stillCounts?(): string;
  /** Show an answer; null empties. */
  write(value: Value): void;
}

type MakeControl = (form: Form, changed: Changed, lent: Lent) => Control;
