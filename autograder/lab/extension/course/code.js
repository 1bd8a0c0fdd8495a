// Code on demand: « Voir le code » under an example, buttons to run and verify for those who answer by code.

/** @import {Cell} from "./types" */
import { h } from "./dom.js";
import { OUTDATED, TEXTS } from "./texts.js";

/**
 * Put under an example the button that shows its code.
 * @param {Cell} cell
 * @param {(opened: boolean) => void} toggled
 */
export function offerCode(cell, toggled) {
  const button = h("button", { type: "button", class: "campus-link", "aria-expanded": "false" }, TEXTS.showCode);
  button.addEventListener("click", () => {
    const opened = button.getAttribute("aria-expanded") === "false";
    button.setAttribute("aria-expanded", String(opened));
    button.textContent = opened ? TEXTS.hideCode : TEXTS.showCode;
    toggled(opened);
  });
  cell.put(h("div", { class: "campus-below", lang: "fr" }, button), "below");
}

/**
 * Put under a cell the button that runs it.
 * @param {Cell} cell
 * @param {() => void} run
 */
export function offerRun(cell, run) {
  const text = cell.about.role === "check" ? TEXTS.verify : TEXTS.run;
  const where = cell.about.role === "check" ? "above" : "below";
  cell.put(h("div", { class: "campus-by-code", lang: "fr" }, h("button", { type: "button", onclick: run }, text)), where);
}

/**
 * Tell whether what a check says is older than the answer: a cell that gives it was changed, or run, since.
 * @param {Cell} check
 * @param {Cell[]} cells of the notebook
 */
export function isOutdated(check, cells) {
  if (check.ran === null) return false;
  const answers = cells.filter((cell) => cell.about.role === "answer" && cell.about.exercise === check.about.exercise);
  return answers.some((cell) => cell.kind === "code" && cell.ran !== null && (cell.edited || cell.ran > Number(check.ran)));
}

/** Grey the verdict of a check that says no longer what the answer is worth. @param {Cell} check @param {boolean} outdated */
export function markOutdated(check, outdated) {
  check.node.classList.toggle("campus-outdated", outdated);
  const shown = check.node.querySelector(".campus-outdated-note");
  if (outdated && !shown) check.put(h("p", { class: "campus-outdated-note", role: "status", lang: "fr" }, OUTDATED), "above");
  else if (shown instanceof HTMLElement) shown.hidden = !outdated;
}
