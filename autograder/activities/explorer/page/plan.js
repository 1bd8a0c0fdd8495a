// The list of steps, changed as a sheet is: what the headers and the foot of the table do is written as steps.

/** A last step: nothing follows a number, or bars. @param {Step | undefined} step */
const isLast = (step) => step !== undefined && ["summary", "chart"].includes(step.op);

/**
 * Add a step: before the last one when it must stay last, in its place when it is of that sort too. Sorting a column again replaces.
 *
 * @param {Step[]} steps
 * @param {Step} step
 */
export function added(steps, step) {
  const body = isLast(steps.at(-1)) ? steps.slice(0, -1) : steps;
  if (isLast(step)) return [...body, step];
  const previous = body.at(-1);
  const again = step.op === "sort" && previous?.op === "sort" && previous.column === step.column;
  return [...(again ? body.slice(0, -1) : body), step, ...steps.slice(body.length)];
}

/**
 * @param {Step[]} steps
 * @param {number} place
 * @param {Step} step
 */
export const replaced = (steps, place, step) => steps.map((own, i) => (i === place ? step : own));

/**
 * @param {Step[]} steps
 * @param {number} place
 */
export const without = (steps, place) => steps.filter((_, i) => i !== place);

/** The number asked for, if any. @param {Step[]} steps */
export const summaryOf = (steps) => (steps.at(-1)?.op === "summary" ? steps.at(-1) : undefined);

/** Where the rows shown begin: a group makes others. @param {Step[]} steps */
const start = (steps) => steps.map((step) => step.op).lastIndexOf("group") + 1;

/**
 * Return the place of the last filter on a column of the table shown, -1 when it has none.
 *
 * @param {Step[]} steps
 * @param {string} column
 */
export function filterOn(steps, column) {
  const place = steps.map((step) => (step.op === "filter" ? step.column : null)).lastIndexOf(column);
  return place >= start(steps) ? place : -1;
}

/** Return the step that gave the rows their order, if any. @param {Step[]} steps */
export const orderOf = (steps) => steps.slice(start(steps)).filter((step) => step.op === "sort").at(-1);

/** Tell whether two lists of steps are the same. @param {Step[]} one @param {Step[]} [other] */
export const sameSteps = (one, other) => JSON.stringify(one) === JSON.stringify(other);
