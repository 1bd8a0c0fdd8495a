// Several fields, each with its name: pairs to match, and the lines of a log.

import { NONE, h, labelled, list, plain } from "../dom.js";
import { question } from "./picking.js";

/**
 * A list of options, of which none is chosen at first.
 *
 * @param {Choice[]} options
 * @param {Record<string, any>} properties
 */
const chooser = (options, properties) =>
  list([NONE, ...options.map(([key, html]) => /** @type {Choice} */ ([key, plain(html)]))], properties);

/**
 * Read and write fields, by their keys; an empty field is not answered.
 *
 * @param {Map<string, HTMLInputElement | HTMLSelectElement>} fields
 * @returns {Omit<Control, "node">}
 */
function together(fields) {
  return {
    read: () => {
      const filled = [...fields].filter(([, field]) => field.value.trim()).map(([key, field]) => [key, field.value]);
      return filled.length ? Object.fromEntries(filled) : null;
    },
    write: (value) => fields.forEach((field, key) => (field.value = value?.[key] ?? "")),
  };
}

/** @type {MakeControl} */
export function match(form, changed) {
  const fields = new Map();
  const rows = form.items.map(([item, html]) => {
    const select = chooser(form.options, { onchange: () => changed() });
    fields.set(item, select);
    return labelled(select, { html });
  });
  return { node: question(form, ...rows), ...together(fields) };
}

/** A log: for each item a group, for each field a list, or a short text where it has no options. @type {MakeControl} */
export function log(form, changed) {
  const fields = new Map();
  /**
   * @param {string} item
   * @param {Form["fields"][number]} field
   */
  function field(item, [name, html, options]) {
    const key = `${item}.${name}`;
    const typed = { type: "text", class: "entry", autocomplete: "off", spellcheck: "false", oninput: () => changed(true) };
    const common = { name: key, onchange: () => changed() };
    const input = options.length ? chooser(options, common) : h("input", { ...common, ...typed });
    fields.set(key, input);
    return labelled(input, { html }, "");
  }
  const groups = form.items.map(([item, html]) =>
    h(
      "fieldset",
      { class: "entry-group" },
      h("legend", { html }),
      h("div", { class: "columns" }, ...form.fields.map((one) => field(item, one))),
    ),
  );
  return { node: question(form, ...groups), ...together(fields) };
}
