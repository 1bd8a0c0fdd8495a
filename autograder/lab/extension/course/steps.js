// The steps of a module, how each one stands, and where a learner resumes. Pure.

/** @import {Cell, Host, Progress, Step, StepState} from "./types" */

/**
 * Share the cells out among the steps; a cell that the learner added stays in the step of the one before it.
 * @param {Host["steps"]} titles
 * @param {Cell[]} cells
 * @returns {Step[]}
 */
export function readSteps(titles, cells) {
  /** @type {Step[]} */
  const steps = titles.map(({ title, optional }) => ({ title, optional, cells: [], exercises: [] }));
  let current = 0;
  for (const cell of cells) {
    const { step = current, role, exercise } = cell.about;
    current = Math.min(step, steps.length - 1);
    const own = steps[current];
    own.cells.push(cell);
    if (role === "statement" && exercise) own.exercises.push(exercise);
  }
  return steps;
}

/**
 * @param {Step} step
 * @param {Progress} progress
 * @returns {StepState}
 */
export function stateOf(step, progress) {
  if (!step.exercises.length) return step.optional ? "optional" : "lesson";
  const states = step.exercises.map((key) => exerciseState(key, progress));
  if (states.includes("todo")) return step.optional ? "optional" : "todo";
  return states.includes("again") ? "again" : states.includes("right") ? "right" : "saved";
}

/**
 * @param {string} key
 * @param {Progress} progress
 * @returns {"todo" | "right" | "again" | "saved"}
 */
function exerciseState(key, progress) {
  const judged = progress.exercises[key];
  if (!judged) return progress.answered.includes(key) ? "saved" : "todo";
  if (!judged.state) return "todo";
  return judged.state === "right" && !judged.lost ? "right" : "again";
}

/**
 * Tell whether a step is the last that everyone does, or the last of all: the end of the module comes after it.
 * @param {Step[]} steps
 * @param {number} current
 */
export function isLast(steps, current) {
  const after = steps.slice(current + 1);
  return !after.length || (!steps[current].optional && after.every((step) => step.optional));
}

/**
 * Return the step to resume at: the lesson that comes before the first question without an answer; past the last step when
 * all are answered; the first step for who has not begun.
 * @param {Step[]} steps
 * @param {Progress} progress
 */
export function resumption(steps, progress) {
  const asked = (/** @type {Step} */ step) => step.exercises.length > 0 && !step.optional;
  const isDone = (/** @type {Step} */ step) => asked(step) && stateOf(step, progress) !== "todo";
  if (!steps.some(isDone)) return 0;
  const first = steps.findIndex((step) => asked(step) && !isDone(step));
  if (first < 0) return steps.length;
  return steps.slice(0, first).reduce((after, step, i) => (asked(step) ? i + 1 : after), 0);
}
