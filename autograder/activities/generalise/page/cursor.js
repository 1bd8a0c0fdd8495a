// One cursor: a range whose steps have words, or two buttons when there are but two.

import { h, newId, picks } from "../../../forms/page/dom.js";

/**
 * @param {Cursor} cursor
 * @param {(moving: boolean) => void} changed
 */
export const cursor = (cursor, changed) => (cursor.steps.length > 2 ? range(cursor, changed) : pair(cursor, changed));

/**
 * @param {Cursor} cursor
 * @param {(moving: boolean) => void} changed
 */
function range({ name, label, steps }, changed) {
  const output = h("output", { "aria-live": "off" });
  const input = h("input", { id: newId(), type: "range", min: 0, max: steps.length - 1, step: 1 });
  input.addEventListener("input", () => {
    show();
    changed(true);
  });
  input.addEventListener("change", () => changed(false));
  output.setAttribute("for", input.id);
  const ends = h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, "précis"), h("span", {}, "général"));
  const title = h("p", {}, h("label", { for: input.id }, label), "\u00a0: ", output);
  const node = h("div", { class: "cursor", "data-cursor": name }, title, input, ends);
  function show() {
    const [step, words] = steps[Number(input.value)];
    node.dataset.step = step;
    output.textContent = words;
    input.setAttribute("aria-valuetext", words);
  }
  return {
    name,
    node,
    get: () => steps[Number(input.value)][0],
    /** @param {string} step */
    set(step) {
      input.value = String(Math.max(0, steps.findIndex(([key]) => key === step)));
      show();
    },
  };
}

/**
 * @param {Cursor} cursor
 * @param {(moving: boolean) => void} changed
 */
function pair({ name, label, steps }, changed) {
  const { inputs, labels } = picks("radio", steps, () => changed(false));
  return {
    name,
    node: h("fieldset", { class: "cursor", "data-cursor": name }, h("legend", {}, label), ...labels),
    get: () => inputs.find((input) => input.checked)?.value ?? steps[0][0],
    /** @param {string} step */
    set: (step) => inputs.forEach((input) => (input.checked = input.value === step)),
  };
}
