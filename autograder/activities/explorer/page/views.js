// What an explorer draws beside the table: bars, and what to do when no row is left.

import { button, h } from "../../../forms/page/dom.js";
import { rowsOf } from "./listed.js";

/**
 * @param {NonNullable<View["chart"]>} chart
 * @param {string} caption
 */
export function bars(chart, caption) {
  const rows = chart.map(([label, value, length]) =>
    h(
      "li",
      {},
      h("span", {}, label),
      h("span", { class: "bar", style: `width: ${length * 100}%`, "aria-hidden": "true" }),
      h("span", {}, value),
    ),
  );
  return h("figure", {}, h("figcaption", {}, caption), h("ul", {}, ...rows));
}

/**
 * Say that no row is left, and propose values that are there.
 *
 * @param {NonNullable<View["emptied"]>} emptied
 * @param {(step: Step) => void} take is given the filter that replaces the one which left nothing
 */
export function empty({ column, label, near }, take) {
  const proposals = near.map(([raw, text, rows]) =>
    button(`${text} (${rowsOf(rows)})`, () => take({ op: "filter", column, test: "eq", value: raw })),
  );
  const words = near.length ? "Aucune ligne. Valeurs proches :" : "Aucune ligne, et aucune valeur proche";
  const where = near.length ? "" : ` dans la colonne « ${label} » : ouvrez son titre pour voir ses valeurs.`;
  return h("div", { class: "explorer-empty" }, h("p", { role: "status" }, words + where), ...proposals);
}
