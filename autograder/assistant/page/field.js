// What the assistant's forms are made of.

import { h, labelled, newId } from "../../forms/page/dom.js";

/**
 * A label above its control, a help below.
 *
 * @param {string} label
 * @param {HTMLElement} control
 * @param {string} [help]
 */
export function field(label, control, help = "") {
  const node = labelled(control, label, "field");
  if (help) {
    const note = h("p", { class: "help", id: newId() }, help);
    control.setAttribute("aria-describedby", note.id);
    node.append(note);
  }
  return node;
}
