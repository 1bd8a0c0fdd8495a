// Runs the cells of the course, in the order of the notebook, one after the other: a table needs those made before it. Pure.

/** @import {Cell} from "./types" */

const ATTEMPTS = 3; // Python gives up what waits behind a cell that fails or is interrupted

export class Queue {
  /** @param {() => void} changed called each time a cell has ended */
  constructor(changed) {
    this.changed = changed;
    /** @type {Cell[]} */
    this.due = [];
    /** @type {Map<Cell, boolean>} whether it went well */
    this.ended = new Map();
    this.generation = 0;
    this.working = false;
  }

  /** Run what has not been run yet; a new list replaces the one before. @param {Cell[]} cells */
  prepare(cells) {
    this.due = cells.filter((cell) => cell.isOurs);
    if (!this.working) this.#work(this.generation);
  }

  /** Python has lost all: nothing is ready any more, and nothing runs until `prepare`. */
  forget() {
    this.generation++;
    this.ended.clear();
    this.due = [];
    this.working = false;
  }

  /** Have cells run again. @param {Cell[]} cells */
  again(cells) {
    cells.forEach((cell) => this.ended.delete(cell));
    this.prepare(this.due);
  }

  /** @param {Cell[]} cells */
  isReady(cells) {
    return cells.every((cell) => !cell.isOurs || this.ended.has(cell));
  }

  /** @param {Cell[]} cells */
  failed(cells) {
    return cells.filter((cell) => this.ended.get(cell) === false);
  }

  /** @param {number} mine */
  async #work(mine) {
    this.working = true;
    for (let cell = this.#next(); cell && mine === this.generation; cell = this.#next()) {
      const well = await attempt(cell, () => mine === this.generation);
      if (mine !== this.generation) return;
      this.ended.set(cell, well);
      this.changed();
    }
    this.working = false;
  }

  #next() {
    return this.due.find((cell) => !this.ended.has(cell));
  }
}

/** @param {Cell} cell @param {() => boolean} wanted */
async function attempt(cell, wanted) {
  for (let left = ATTEMPTS; left > 0 && wanted(); left--) {
    const ended = await cell.run();
    if (ended !== "stopped") return ended === "ok";
  }
  return false;
}
