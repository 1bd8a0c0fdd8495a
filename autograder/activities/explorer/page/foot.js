// The foot of the table: how many rows, one number calculated over them, and the answer.

import { h, labelled, list, NONE } from "../../../forms/page/dom.js";
import { rowsOf } from "./listed.js";
import { summaryOf } from "./plan.js";
import { fill } from "./steps.js";

/**
 * @param {Offer} offer
 * @param {(step: Step | null) => void} calculate is given the calculation chosen, null for none
 * @param {{use: HTMLButtonElement | null, numbers: boolean}} parts the button that answers; whether a number may be calculated
 */
export function foot(offer, calculate, { use, numbers: calculates }) {
  const live = h("p", { class: "explorer-live", role: "status" });
  const how = list([NONE, ...offer.summaries], { onchange: chosen, "data-focus": "how" });
  const of = list([], { onchange: chosen, "data-focus": "of" });
  const column = labelled(of, "De la colonne", "explorer-field");
  const result = h("p", { class: "explorer-result", role: "status" });
  const node = h(
    "div",
    { class: "explorer-foot" },
    live,
    h("div", { class: "explorer-fields", hidden: !calculates }, labelled(how, "Calculer un seul nombre", "explorer-field"), column),
    h("div", { class: "explorer-found" }, result, use ?? ""),
  );

  function chosen() {
    calculate(how.value ? { op: "summary", by: how.value, ...(how.value === "count" ? {} : { of: of.value }) } : null);
  }
  /**
   * @param {View} view
   * @param {Step[]} steps
   */
  function show(view, steps) {
    tell(live, counted(view));
    const summary = summaryOf(steps);
    const numbers = view.columns.filter(([, kind]) => kind === "number");
    fill(of, numbers.map(([name, , label]) => [name, label]));
    how.value = String(summary?.by ?? "");
    if (summary?.of) of.value = String(summary.of);
    column.hidden = !how.value || how.value === "count";
    tell(result, view.value === null ? "" : `Résultat : ${view.value}`);
  }
  return { node, show, focus: () => how.focus() };
}

/** Write a text, if it changes: it would be read aloud again. @param {HTMLElement} node @param {string} text */
function tell(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** @param {View} view */
function counted({ before, rows, groups, missing, head }) {
  const aside = missing ? ` ${rowsOf(missing)} sans valeur laissée${missing > 1 ? "s" : ""} de côté.` : "";
  const part = rows > head.length ? ` Les ${head.length} premières sont montrées.` : "";
  if (groups) return `${rowsOf(rows)}, une par groupe (${rowsOf(before)} au départ).${part}${aside}`;
  const all = rows === before ? "" : ` sur ${before.toLocaleString("fr-FR")}`;
  return `${rowsOf(rows)}${all}.${part}${aside}`;
}
