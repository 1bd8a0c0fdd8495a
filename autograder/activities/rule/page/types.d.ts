// What the kernel says of a rule (`described` and `tried` of show.py).

interface RuleForm {
  criteria: Criterion[];
  joins: [key: string, words: string][];
  /** Conditions that a rule may have. */
  most: number;
  threshold: Threshold | null;
  heads: string[];
  /** The head of what the rule does. */
  column: string;
  rows: string[][];
  /** Which columns hold numbers. */
  numbers: boolean[];
  caption: string;
  goal: string[];
}

/** A column that a rule may bear on; `values` are those of a column of texts. */
interface Criterion {
  key: string;
  name: string;
  tests: [key: string, words: string][];
  values: string[] | null;
}

interface Threshold {
  words: string;
  min: number;
  max: number;
  step: number;
  unit: string;
}

/** `[column, test, value]`; a value that is typed is a text. */
type Condition = [column: string, test: string, value: string | number];

/** What a rule does: in words, and row by row. */
interface Tried {
  counts: string[];
  states: [state: string, words: string][];
  /** null for what is no rule yet. */
  reached: boolean | null;
}

/** The part of a form where a rule is written. */
interface Writing {
  node: HTMLElement;
  read(): Value;
  write(value: Value): void;
  /** What is not finished, in words. */
  unfinished(): string;
}
