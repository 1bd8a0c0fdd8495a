// One option, or several.

import { h, picks } from "../dom.js";

/**
 * The question of a form, around what answers it.
 *
 * @param {Form} form
 * @param {...(Node | string)} children
 */
export const question = (form, ...children) => h("fieldset", {}, h("legend", { html: form.label }), ...children);

/**
 * @param {Form} form
 * @param {"radio" | "checkbox"} type
 * @param {Changed} changed
 */
function options(form, type, changed) {
  const labels = form.options.map(([key, html]) => /** @type {[string, Node]} */ ([key, h("span", { html })]));
  return picks(type, labels, () => changed());
}

/** @type {MakeControl} */
export function choice(form, changed) {
  const { inputs, labels } = options(form, "radio", changed);
  return {
    node: question(form, ...labels),
    read: () => inputs.find((input) => input.checked)?.value ?? null,
    write: (value) => inputs.forEach((input) => (input.checked = input.value === value)),
  };
}

/** @type {MakeControl} */
export function choices(form, changed) {
  const { inputs, labels } = options(form, "checkbox", changed);
  return {
    node: question(form, ...labels),
    read: () => {
      const keys = inputs.filter((input) => input.checked).map((input) => input.value);
      return keys.length ? keys : null;
    },
    write: (value) => inputs.forEach((input) => (input.checked = (value ?? []).includes(input.value))),
  };
}
