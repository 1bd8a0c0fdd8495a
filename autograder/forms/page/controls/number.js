// A number: typed, found with the explorer, or set with a slider.

import { explorer } from "../../../activities/explorer/page/explorer.js";
import { sameSteps } from "../../../activities/explorer/page/plan.js";
import { french, h, measured, newId, numberIn } from "../dom.js";
import { drafts } from "./draft.js";
import { question } from "./picking.js";

/**
 * A field for a number, its unit beside.
 *
 * @param {Form} form
 * @param {Changed} changed
 * @param {(id: string) => HTMLLabelElement} label
 */
function numberField(form, changed, label) {
  const id = newId();
  const unit = form.unit && h("span", { class: "unit", id: newId() }, form.unit);
  const described = unit ? unit.id : false;
  const input = h("input", {
    id,
    type: "text",
    class: "entry number",
    inputmode: "decimal",
    autocomplete: "off",
    "data-unit": described,
    "aria-describedby": described,
    oninput: () => changed(true),
    onchange: () => changed(),
  });
  const field = h("div", { class: "field" }, label(id), h("span", { class: "with-unit" }, input, unit));
  return { input, node: field };
}

/** @type {MakeControl} */
export function number(form, changed, lent) {
  /** @type {{steps: Step[]} | null} */
  let state = null; // the steps of the explorer, when they are the answer
  const draft = drafts(lent);
  /** @type {Changed} */
  const typed = (typing) => {
    state = null;
    changed(typing);
  };
  const { input, node } = numberField(form, typed, (id) => h("label", { for: id, class: "question", html: form.label }));
  const own = form.explorer && explorer(form.explorer, lent.ask, { answer, shown });
  /**
   * @param {View} view
   * @param {Step[]} steps
   */
  function shown(view, steps) {
    if (state && sameSteps(steps, state.steps)) input.value = view.value ?? "";
    draft.keep(steps);
  }
  /**
   * @param {Step[]} steps
   * @param {string} value
   */
  function answer(steps, value) {
    state = { steps };
    input.value = value;
    changed();
  }
  const tool = own && h("details", {}, h("summary", {}, "Chercher avec l’explorateur, sans code"), own.node);
  tool?.addEventListener("toggle", (event) => event.target === tool && tool.open && own?.start());
  function resume() {
    const steps = draft.take();
    if (!tool || !steps.length || sameSteps(steps, state?.steps)) return;
    own?.load(steps);
    tool.open = true;
  }
  return {
    node: h("div", {}, node, tool ?? ""),
    read: () => state ?? (input.value.trim() ? input.value : null),
    write: (value) => {
      if (value?.steps && sameSteps(value.steps, state?.steps)) return; // shown already: what is built since stays
      state = value?.steps ? value : null;
      input.value = state || value == null ? "" : french(value);
      if (state) own?.load(state.steps);
      resume();
    },
  };
}

/** The question names the cursor; the field beside it tells its value, and takes an exact one. @type {MakeControl} */
export function slider(form, changed) {
  /** @type {number | string | null} */
  let value = null; // what was typed is a text; a slider left as it was found is no answer
  const range = h("input", { type: "range", min: form.min, max: form.max, step: form.step });
  range.addEventListener("input", () => take(Number(range.value), true));
  range.addEventListener("change", () => take(Number(range.value)));
  range.addEventListener("click", () => value === null && take(Number(range.value))); // pressed where it was found
  const exact = numberField(form, typed, (id) => h("label", { for: id }, "Valeur"));

  /** @type {Changed} */
  function typed(typing) {
    value = exact.input.value.trim() ? exact.input.value : null;
    const read = numberIn(exact.input.value);
    if (read !== null) range.value = String(read);
    show();
    changed(typing);
  }
  /**
   * @param {number} next
   * @param {boolean} [typing]
   */
  function take(next, typing) {
    value = next;
    exact.input.value = french(next);
    show();
    changed(typing);
  }
  function show() {
    const number = typeof value === "string" ? numberIn(value) : value; // a text may end with the unit
    const none = value === null ? "pas encore de réponse" : "à écrire en chiffres";
    range.setAttribute("aria-valuetext", number === null ? none : measured(number, form.unit));
    range.classList.toggle("untouched", value === null);
  }
  const ends = [form.min, form.max].map((end) => h("span", {}, french(end)));
  const cursor = h("div", {}, range, h("div", { class: "ends", "aria-hidden": "true" }, ...ends));
  const node = question(form, h("div", { class: "slider" }, cursor, exact.node));
  const [legend] = node.children;
  legend.id = newId();
  range.setAttribute("aria-labelledby", legend.id);
  return {
    node,
    read: () => value,
    write: (next) => {
      value = next;
      exact.input.value = next === null ? "" : french(next);
      range.value = String(next ?? (Number(form.min) + Number(form.max)) / 2);
      show();
    },
  };
}
