// The table: each header opens the dialog of its column, and tells the order of the rows.

import { h } from "../../../forms/page/dom.js";
import { filterOn, orderOf } from "./plan.js";

/**
 * @param {View} view
 * @param {Step[]} steps
 * @param {(column: Column, header: HTMLElement) => void} open
 */
export function sheet(view, steps, open) {
  const head = view.columns.map((column) => header(column, steps, open));
  const rows = view.head.map((row) => h("tr", {}, ...row.map((text, i) => h("td", { class: look(view.columns[i]) }, text))));
  return h(
    "table",
    {},
    h("caption", { class: "hidden-text" }, view.rows > rows.length ? `Les ${rows.length} premières lignes` : "Toutes les lignes"),
    h("thead", {}, h("tr", {}, ...head)),
    h("tbody", {}, ...rows),
  );
}

/** @param {Column} column */
const look = ([, kind]) => (kind === "number" ? "number" : false);

/**
 * @param {Column} column
 * @param {Step[]} steps
 * @param {(column: Column, header: HTMLElement) => void} open
 */
function header(column, steps, open) {
  const [name, , label] = column;
  const order = orderOf(steps);
  const sorted = order?.column === name && (order.descending ? "descending" : "ascending");
  const marks = [sorted === "ascending" ? "↑" : sorted ? "↓" : "", filterOn(steps, name) >= 0 ? "filtrée" : ""];
  const control = h(
    "button",
    { type: "button", class: "plain", "aria-haspopup": "dialog", "data-focus": `column ${name}`, onclick: () => open(column, control) },
    h("span", { class: "over" }, label, h("span", { "aria-hidden": "true" }, "▾")),
    h("span", { class: "under" }, label === name ? "" : h("code", { "aria-hidden": "true" }, name), " ", marks.join(" ")),
  );
  return h("th", { scope: "col", "aria-sort": sorted, class: look(column) }, control);
}
