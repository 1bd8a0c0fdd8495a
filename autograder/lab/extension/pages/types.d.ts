// What a page asks of what is around it. Only tab.js knows that JupyterLab is there.

export interface Asked {
  /** Open a file of the learner's space. */
  open(path: string): unknown;
  /** Do what a button says, about a track, a module or nothing; "" when a button that was pressed is released. */
  act(name: string, about: string): unknown;
  command(name: string): unknown;
}

export interface Page {
  fill(html: string): void;
}
