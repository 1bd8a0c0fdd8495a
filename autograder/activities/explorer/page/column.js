// The dialog of a column, opened from its header: sort, keep or leave aside ticked values, compare.

import { button, h, keepEscape, labelled, list, newId } from "../../../forms/page/dom.js";
import { valueList } from "./listed.js";
import { WITHOUT_VALUE } from "./steps.js";

const MARGIN = 8; // px between the dialog and the edges of the window

/**
 * @typedef Target what is decided about
 * @property {Column} column
 * @property {Step[]} before the steps whose table has this column
 * @property {Step | undefined} filter the filter to change, if any
 * @property {DOMRect} near where the dialog opens
 */

/**
 * @param {Offer} offer
 * @param {Ask} ask
 * @param {(step: Step, isFilter: boolean) => void} decide is given the step chosen
 */
export function columnDialog(offer, ask, decide) {
  const node = h("dialog", { class: "explorer-column" });
  let beside = new DOMRect(); // what opened it
  keepEscape(node);
  new ResizeObserver(place).observe(node); // its values come once it is open

  /** @param {Target} target */
  function open({ column: [name, kind, label], before, filter, near }) {
    const choose = (/** @type {Step} */ step) => {
      node.close();
      decide(step, step.op === "filter");
    };
    const title = h("p", { class: "explorer-title", id: newId() }, label, label === name ? "" : h("code", {}, name));
    node.setAttribute("aria-labelledby", title.id);
    const filters = [
      valueList(ask, { before, name, filter }, (values, kept) => choose(listFilter(name, values, kept))),
      comparison(kind, filter, (test, value) => choose({ op: "filter", column: name, test, value })),
    ];
    if (kind === "number" || kind === "date") filters.reverse();
    node.replaceChildren(
      h("div", { class: "explorer-head" }, title, button("Fermer", () => node.close())),
      h("div", { class: "actions" }, ...sorts(kind, (descending) => choose({ op: "sort", column: name, descending }))),
      ...filters,
    );
    beside = near;
    node.showModal();
  }
  function place() {
    const { width, height } = node.getBoundingClientRect();
    node.style.left = `${Math.max(MARGIN, Math.min(beside.left, window.innerWidth - width - MARGIN))}px`;
    node.style.top = `${Math.max(MARGIN, Math.min(beside.bottom, window.innerHeight - height - MARGIN))}px`;
  }

  /**
   * @param {ColumnKind} kind
   * @param {(descending: boolean) => void} sort
   */
  const sorts = (kind, sort) => offer.orders[kind].map((words, i) => button(`Trier ${words}`, () => sort(i === 1)));

  /**
   * @param {ColumnKind} kind
   * @param {Step | undefined} filter
   * @param {(test: string, value: string) => void} compare
   */
  function comparison(kind, filter, compare) {
    const tests = kind === "date" ? offer.date_tests : offer.tests;
    const test = list(tests, { onchange: follow });
    const value = h("input", { type: "text", autocomplete: "off" });
    const entry = labelled(value, kind === "date" ? "Date (jour/mois/année)" : "Valeur", "explorer-field");
    const apply = () => compare(test.value, value.value);
    test.value = kind === "text" ? "contains" : "ge";
    if (filter && tests.some(([name]) => name === filter.test)) test.value = String(filter.test);
    if (filter?.value !== undefined) value.value = String(filter.value);
    value.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // the answer is not checked yet
      apply();
    });
    function follow() {
      entry.hidden = WITHOUT_VALUE.includes(test.value);
    }
    follow();
    const fields = [labelled(test, "Condition", "explorer-field"), entry, button("Garder ces lignes", apply)];
    return h("fieldset", {}, h("legend", {}, "Comparer"), h("div", { class: "explorer-fields" }, ...fields));
  }
  return { node, open };
}

/**
 * The filter that keeps, or leaves aside, rows of some values, as simply as can be said.
 *
 * @param {string} column
 * @param {Listed[0][]} values
 * @param {boolean} kept
 * @returns {Step}
 */
export function listFilter(column, values, kept) {
  const own = { op: "filter", column };
  if (values.length !== 1) return { ...own, test: kept ? "in" : "notin", values };
  if (values[0] === null) return { ...own, test: kept ? "missing" : "present" };
  return { ...own, test: kept ? "eq" : "ne", value: values[0] };
}
