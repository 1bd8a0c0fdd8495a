// What the kernel says of an estimator (`described` of show.py).

interface EstimatorForm {
  pools: Pool[];
  /** The families of signs that a text is searched for; any other sign counts for one of `others`. */
  families: string[];
  others: number;
  words: { text: string; rank: number }[];
  /** Bits to reach. */
  target: number;
  counted: string;
  /** Draws that the slider reaches. */
  most: number;
}

/** What one draws from; `signs` is empty for a list of words, of which nothing is drawn here. */
interface Pool {
  name: string;
  size: number;
  signs: string;
}

/** A way to give a secret to estimate. */
interface Source {
  node: HTMLElement;
  /** Return what to say of it, null when there is nothing yet. */
  estimate(): Estimated | null;
}

interface Estimated {
  /** The calculation, in words. */
  formula: string;
  bits: number;
  /** What the formula is worth here. */
  worth: string;
  /** The bits that it is really worth, when they are known and not those of the formula. */
  real?: number;
  /** Whether it is worth at most what the formula says, and nobody knows how much less. */
  ceiling?: boolean;
}
