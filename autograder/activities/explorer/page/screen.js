// The sheet in its place, or on the whole window: at 200 %, a notebook leaves it a few lines.

import { button, h, keepEscape } from "../../../forms/page/dom.js";

const [LARGER, SMALLER] = ["Agrandir l’explorateur", "Revenir à la question"];

/** @param {...HTMLElement} parts */
export function wholeScreen(...parts) {
  const larger = button(LARGER, () => (full.open ? close() : open()));
  const tools = h("div", { class: "explorer-tools" }, larger);
  const board = h("div", { class: "explorer-board" }, ...parts);
  const place = h("div", {}, tools, board);
  const full = h("dialog", { class: "explorer-full", "aria-label": "Explorateur" });
  keepEscape(full);
  full.addEventListener("close", () => {
    place.append(tools, board);
    larger.textContent = LARGER;
    larger.focus();
  });

  function open() {
    full.append(tools, board);
    larger.textContent = SMALLER;
    full.showModal();
  }
  function close() {
    if (full.open) full.close();
  }
  return { node: h("div", {}, place, full), tools, close };
}
