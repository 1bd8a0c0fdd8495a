// What of each cell is on the screen. One function decides, one attribute says it, and the style only reads it.

/** @import {Cell, Role, Step} from "./types" */

const ATTRIBUTE = "data-campus";

/** @type {Partial<Record<Role, string>>} */
const BY_ROLE = {
  prose: "shown",
  statement: "shown",
  takeaway: "shown",
  setup: "hidden",
  parameters: "hidden",
  form: "bare",
  tool: "bare",
  example: "folded",
};

/**
 * @typedef {object} Seen
 * @property {number} current the step on the screen; past the last one, none is
 * @property {boolean} byCode whether what is for those who code is shown
 * @property {(cell: Cell) => boolean} revealed whether the result of a cell to predict may be seen
 * @property {(cell: Cell) => boolean} opened whether the code of an example was asked for
 */

/**
 * Return how each cell looks: `off` (of another step), `later` (a prediction comes first), `waits` (its result is to be predicted),
 * `hidden`, `bare` (without its source), `folded` (without its source, which can be asked for), `shown`.
 * @param {Step[]} steps
 * @param {Seen} seen
 * @returns {Map<Cell, string>}
 */
export function looks(steps, seen) {
  /** @type {Map<Cell, string>} */
  const found = new Map();
  const coded = new Set(steps.flatMap((step) => step.cells).filter(isAnswerByCode).map((cell) => cell.about.exercise));
  steps.forEach((step, i) => {
    let later = false;
    for (const cell of step.cells) {
      const words = [cell.about.role === "check" && !coded.has(cell.about.exercise) ? "hidden" : own(cell, seen)];
      const waits = Boolean(cell.about.predict) && !seen.revealed(cell);
      if (i !== seen.current) words.push("off");
      if (later) words.push("later");
      if (waits) words.push("waits");
      later ||= waits;
      found.set(cell, words.join(" "));
    }
  });
  return found;
}

/** Tell whether an answer is written there as code; without such a cell, a check would find nothing. @param {Cell} cell */
export const isAnswerByCode = (cell) => cell.kind === "code" && cell.about.role === "answer";

/** @param {Cell} cell @param {Seen} seen */
function own(cell, seen) {
  const { role } = cell.about;
  const look = role && BY_ROLE[role];
  if (look === "folded") return seen.opened(cell) ? "shown" : "folded";
  if (look) return look;
  if (!seen.byCode) return "hidden";
  return role === "check" ? "bare" : "shown";
}

/** Put looks on the page. @param {Map<Cell, string>} found */
export function put(found) {
  for (const [cell, look] of found) if (cell.node.getAttribute(ATTRIBUTE) !== look) cell.node.setAttribute(ATTRIBUTE, look);
}

/** Give cells back as the notebook has them. @param {Cell[]} cells */
export function clear(cells) {
  cells.forEach((cell) => cell.node.removeAttribute(ATTRIBUTE));
}

/** Tell whether a look leaves something on the screen. @param {string | undefined} look */
export const isSeen = (look) => Boolean(look) && !/\b(off|later|hidden)\b/.test(String(look));
