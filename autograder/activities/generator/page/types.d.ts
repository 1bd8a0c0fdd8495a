// What the kernel says of a model (`described` and `drawn` of show.py).

interface GeneratorForm {
  orders: GeneratorStep[];
  temperatures: GeneratorStep[];
  /** What a setting has to reach; empty when a number is read. */
  goal: string[];
  /** Names drawn each time, in words. */
  count: string;
  /** That of a number read. */
  unit: string;
}

type GeneratorStep = [value: number, words: string];

interface GeneratorDrawn {
  /** HTML of the figures and of some names. */
  drawn: string;
  /** What is said aloud. */
  said: string;
}
