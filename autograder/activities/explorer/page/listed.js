// The values of a column, each with its number of rows, to tick.

import { button, h, labelled } from "../../../forms/page/dom.js";

const TYPING_DELAY = 250; // ms without a key before values are searched

/**
 * @param {Ask} ask
 * @param {{before: Step[], name: string, filter: Step | undefined}} target
 * @param {(values: Listed[0][], kept: boolean) => void} decide
 */
export function valueList(ask, { before, name, filter }, decide) {
  let asked = 0;
  let timer = 0;
  /** What is ticked, by its JSON: a search does not untick. @type {Map<string, Listed>} */
  const ticked = new Map(tickedBy(filter).map((raw) => [JSON.stringify(raw), [raw, "", 0]]));
  const search = h("input", { type: "search", autocomplete: "off", oninput: soon });
  const boxes = h("div", { class: "explorer-values", role: "group", tabindex: 0, "aria-label": "Valeurs" });
  const told = h("p", { class: "explorer-told", role: "status" });
  const error = h("p", { class: "error", role: "alert" });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the answer is not checked yet
    find();
  });

  function soon() {
    clearTimeout(timer);
    timer = window.setTimeout(find, TYPING_DELAY);
  }
  function find() {
    clearTimeout(timer);
    const request = ++asked;
    ask("values", { steps: before, column: name, search: search.value }, (found) => request === asked && show(found));
  }
  /** @param {ColumnValues} found */
  function show({ error: problem, values = [], matching, distinct }) {
    error.textContent = problem ?? "";
    for (const value of values) if (ticked.has(JSON.stringify(value[0]))) ticked.set(JSON.stringify(value[0]), value);
    const others = values.filter(([raw]) => !ticked.has(JSON.stringify(raw)));
    boxes.replaceChildren(...[...ticked.values(), ...others].map(box));
    told.textContent = problem ? "" : count(values.length, matching, distinct, search.value);
  }
  /** @param {Listed} value */
  function box(value) {
    const [raw, text, rows] = value;
    const key = JSON.stringify(raw);
    const input = h("input", { type: "checkbox", checked: ticked.has(key) });
    input.addEventListener("change", () => (input.checked ? ticked.set(key, value) : ticked.delete(key)));
    const shown = text || (raw === null ? "(vide)" : String(raw));
    return h("label", { class: "option" }, input, h("span", {}, shown), " ", h("span", { class: "rows" }, rows ? rowsOf(rows) : ""));
  }
  /** @param {boolean} kept */
  function choose(kept) {
    if (!ticked.size) error.textContent = "Cochez au moins une valeur.";
    else decide([...ticked.values()].map(([raw]) => raw), kept);
  }
  find();
  return h(
    "fieldset",
    {},
    h("legend", {}, "Choisir des valeurs"),
    labelled(search, "Chercher une valeur", "explorer-field"),
    boxes,
    told,
    error,
    h(
      "div",
      { class: "actions" },
      button("Garder les lignes cochées", () => choose(true)),
      button("Écarter les lignes cochées", () => choose(false)),
    ),
  );
}

/** A number of rows. @param {number} n */
export const rowsOf = (n) => `${n.toLocaleString("fr-FR")} ligne${n > 1 ? "s" : ""}`;

/**
 * @param {number} shown
 * @param {number} matching
 * @param {number} distinct
 * @param {string} search
 */
function count(shown, matching, distinct, search) {
  if (!matching) return search ? `Aucune valeur ne contient « ${search} ».` : "Aucune valeur.";
  const of = search ? ` qui contien${matching > 1 ? "nent" : "t"} « ${search} »` : "";
  const all = `${matching.toLocaleString("fr-FR")} valeur${matching > 1 ? "s" : ""}${of}`;
  if (shown < matching) return `Les ${shown} plus fréquentes, sur ${all}. Cherchez les autres.`;
  return search ? `${all}, sur ${distinct.toLocaleString("fr-FR")}.` : `${all}.`;
}

/** The values that a filter names. @param {Step | undefined} filter @returns {Listed[0][]} */
function tickedBy(filter) {
  if (!filter) return [];
  if (filter.test === "in" || filter.test === "notin") return /** @type {Listed[0][]} */ (filter.values);
  if (filter.test === "eq" || filter.test === "ne") return [/** @type {Listed[0]} */ (filter.value)];
  return filter.test === "missing" || filter.test === "present" ? [null] : [];
}
