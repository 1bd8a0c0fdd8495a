// One cursor, whose steps have words; a single step is only told.

import { h, newId } from "../../../forms/page/dom.js";

/**
 * @param {string} name
 * @param {string} label
 * @param {GeneratorStep[]} steps
 * @param {(moving: boolean) => void} changed
 */
export function cursor(name, label, steps, changed) {
  const output = h("output", { "aria-live": "off" });
  const input = h("input", { id: newId(), type: "range", min: 0, max: steps.length - 1, step: 1, value: 0 });
  input.addEventListener("input", () => {
    show();
    changed(true);
  });
  input.addEventListener("change", () => changed(false));
  output.setAttribute("for", input.id);
  const alone = steps.length === 1;
  const node = h("div", { class: "cursor", "data-cursor": name });
  const title = alone ? h("p", {}, label, "\u00a0: ", output) : h("p", {}, h("label", { for: input.id }, label), "\u00a0: ", output);
  function show() {
    const [value, words] = steps[Number(input.value)];
    node.dataset.step = String(value);
    output.textContent = words;
    input.setAttribute("aria-valuetext", words);
  }
  node.append(title, ...(alone ? [] : [input]));
  show();
  return {
    node,
    get: () => steps[Number(input.value)][0],
    /** @param {number | undefined} value */
    set(value) {
      input.value = String(Math.max(0, steps.findIndex(([one]) => one === value)));
      show();
    },
  };
}
