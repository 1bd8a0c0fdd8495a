// What the kernel says of a file drawn for a learner (show.py).

interface CasefileForm {
  asks: CasefileAsk[];
}

interface CasefileAsk {
  name: string;
  html: string;
  /** What a number counts; "" when there are options. */
  unit: string;
  options: Choice[];
}

interface CasefileBoard {
  drawn: string;
  html: string;
}
