// One setting of a chart: a list, or buttons when its options are whole phrases.

import { h, labelled, list, picks } from "../../../forms/page/dom.js";

/**
 * @param {ChartSetting} setting
 * @param {() => void} changed
 */
export function setting({ name, label, start, options, long }, changed) {
  if (long) {
    const { inputs, labels } = picks("radio", options, changed);
    return {
      name,
      start,
      node: h("fieldset", { class: "phrases" }, h("legend", {}, label), ...labels),
      get: () => inputs.find((input) => input.checked)?.value ?? start,
      /** @param {string} option */
      set: (option) => inputs.forEach((input) => (input.checked = input.value === option)),
    };
  }
  const select = list(options, { onchange: changed });
  return {
    name,
    start,
    node: labelled(select, label, "setting"),
    get: () => select.value,
    /** @param {string} option */
    set: (option) => (select.value = option),
  };
}
