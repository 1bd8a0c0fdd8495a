// A closed list shows one line: what was chosen there, when it is longer, is written whole below.

import { h } from "./dom.js";

const ARROW = 20; // px that a list keeps for its arrow: never more, or a list as wide as its longest choice would seem cut
const pen = document.createElement("canvas").getContext("2d");

/**
 * Keep what is chosen in the lists of a node readable, now and as they change.
 *
 * @param {HTMLElement} root
 * @returns {() => void} to be called after lists were given a value by a script
 */
export function keepWhole(root) {
  /** @type {WeakMap<HTMLSelectElement, HTMLElement>} */
  const notes = new WeakMap();
  const show = () => root.querySelectorAll("select").forEach((select) => tell(select, notes));
  for (const event of ["change", "click", "reset"]) root.addEventListener(event, show);
  new MutationObserver(show).observe(root, { childList: true, subtree: true });
  new ResizeObserver(show).observe(root);
  return show;
}

/**
 * @param {HTMLSelectElement} select
 * @param {WeakMap<HTMLSelectElement, HTMLElement>} notes
 */
function tell(select, notes) {
  const text = isCut(select) ? select.selectedOptions[0].text : "";
  const note = notes.get(select) ?? h("span", { class: "whole", "aria-hidden": "true" }); // a screen reader reads the list whole
  notes.set(select, note);
  if (note.textContent !== text) note.textContent = text;
  if (text && select.nextSibling !== note) select.after(note);
  else if (!text && note.isConnected) note.remove();
}

/** @param {HTMLSelectElement} select */
function isCut(select) {
  const [chosen] = select.selectedOptions;
  if (!chosen || !select.clientWidth || !pen) return false;
  const { fontStyle, fontWeight, fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(select);
  pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  const room = select.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - ARROW;
  return pen.measureText(chosen.text).width > room;
}
