// What the kernel says of a file to generalise (`described` and `tried` of show.py).

interface GeneraliseForm {
  cursors: Cursor[];
  goal: string[];
  /** HTML of the file as it is found: its figures, its questions, its histogram. */
  drawn: string;
}

interface Cursor {
  name: string;
  label: string;
  /** From the finest to the most general. */
  steps: [key: string, words: string][];
}

interface Generalised {
  drawn: string;
  /** What is said aloud. */
  said: string;
}
