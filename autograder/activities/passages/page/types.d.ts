// What the kernel says of a document (`described` of show.py).

interface DocumentForm {
  pick: "one" | "several" | "label";
  /** HTML, where each passage is an element with `data-passage`, its key. */
  document: string;
  labels: Choice[];
}

/** How passages are answered: what takes the place of each in the text, and the answer that all give together. */
interface Marking {
  mark(key: string, words: Node): (Node | string)[];
  read(): Value;
  write(value: Value): void;
}
