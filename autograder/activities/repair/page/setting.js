// One setting of a chart: a list, or buttons when its options are whole phrases.

import { h, labelled, list, newId, picks } from "../../../forms/page/dom.js";

/**
 * @param {ChartSetting} setting
 * @param {() => void} changed
 */
export const setting = (setting, changed) => (setting.long ? phrases(setting, changed) : choice(setting, changed));

/**
 * @param {ChartSetting} setting
 * @param {() => void} changed
 */
function phrases({ name, label, start, options }, changed) {
  const { inputs, labels } = picks("radio", options, changed);
  return {
    name,
    start,
    node: h("fieldset", { class: "phrases" }, h("legend", {}, label), ...labels),
    get: () => inputs.find((input) => input.checked)?.value ?? start,
    /** @param {string} option */
    set: (option) => inputs.forEach((input) => (input.checked = input.value === option)),
    weigh: () => "", // a text is always drawn
  };
}

/**
 * @param {ChartSetting} setting
 * @param {() => void} changed
 */
function choice({ name, label, start, options, idle }, changed) {
  const why = h("p", { class: "idle", id: newId(), hidden: true }, idle?.why ?? "");
  const select = list(options, { onchange: changed });
  const node = labelled(select, label, "setting");
  node.append(why);
  return {
    name,
    start,
    node,
    get: () => select.value,
    /** @param {string} option */
    set: (option) => (select.value = option),
    /** Be offered, or not where it changes nothing; return what is to be said of it. @param {(name: string) => string} chosen */
    weigh(chosen) {
      const isIdle = idle !== null && Object.entries(idle.when).every(([other, some]) => some.includes(chosen(other)));
      select.disabled = isIdle;
      why.hidden = !isIdle;
      if (isIdle) select.setAttribute("aria-describedby", why.id);
      else select.removeAttribute("aria-describedby"); // a hidden text would still be read
      return isIdle ? `${label}. ${idle.why}` : "";
    },
  };
}
