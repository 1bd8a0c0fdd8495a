// The dated copies, and what the one that is opened holds.

import { button, h } from "../../../forms/page/dom.js";

/**
 * A table that scrolls by itself; the first cell of each line heads it.
 *
 * @param {string} caption
 * @param {string[]} heads
 * @param {(string | Node)[][]} rows
 */
export function grid(caption, heads, rows) {
  const line = (/** @type {(string | Node)[]} */ cells) =>
    h("tr", {}, h("th", { scope: "row" }, cells[0]), ...cells.slice(1).map((one) => h("td", {}, one)));
  const head = h("tr", {}, ...heads.map((name) => h("th", { scope: "col" }, name)));
  const table = h("table", {}, h("caption", {}, caption), h("thead", {}, head), h("tbody", {}, ...rows.map(line)));
  return h("div", { class: "campus-table", tabindex: 0, role: "group", "aria-label": caption }, table);
}

/**
 * @param {DatedCopy[]} copies
 * @param {(copy: DatedCopy) => void} open
 * @param {(key: string) => void} restore
 */
export function copiesTable(copies, open, restore) {
  const rows = copies.map((copy) => [
    copy.name,
    copy.where,
    copy.size,
    h("div", { class: "actions" }, named("Ouvrir", copy, () => open(copy)), named("Restaurer", copy, () => restore(copy.key))),
  ]);
  return grid("Les copies", ["Copie", "Rangée où", "Taille", "Que faire"], rows);
}

/**
 * A button whose name tells its copy.
 *
 * @param {string} text
 * @param {DatedCopy} copy
 * @param {() => void} act
 */
function named(text, copy, act) {
  const one = button(text, act);
  one.value = copy.key;
  one.setAttribute("aria-label", `${text}\u00a0: ${copy.name}`);
  return one;
}

/** Where a copy is read. */
export function pane() {
  const heading = h("h4", { tabindex: -1 });
  const text = h("pre", { tabindex: 0, role: "group", "aria-label": "Contenu de la copie" });
  const node = h("section", { class: "opened", hidden: true }, heading, text);
  /** @param {DatedCopy} copy */
  function show(copy) {
    heading.textContent = `Contenu\u00a0: ${copy.name}`;
    text.textContent = copy.text;
    node.hidden = false;
    heading.focus();
  }
  return { node, show };
}
