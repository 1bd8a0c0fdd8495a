// The form that asks the sheets.

import { h, list } from "../../forms/page/dom.js";
import { field } from "./field.js";

/**
 * @param {DeskForm} form
 * @param {Desk} desk
 * @returns {DeskPart}
 */
export function searchPart(form, { ask, told, tell, fail }) {
  const question = h("input", { class: "entry", type: "text", autocomplete: "off", maxlength: 300 });
  const method = list(form.methods);
  const result = h("div", { class: "result", tabindex: -1 });
  /** @param {Event} event */
  function onsubmit(event) {
    event.preventDefault();
    if (!question.value.trim()) return tell("Écrivez d’abord une question.");
    ask("ask", { question: question.value, method: method.value })
      .then((html) => {
        result.innerHTML = html; // escaped by the kernel
        tell("La réponse est affichée sous le bouton.");
        result.focus();
      })
      .catch(fail);
  }
  const node = h("form", { onsubmit }, field("Votre question", question), field("Façon de chercher", method));
  node.append(h("button", { type: "submit" }, "Chercher dans les fiches"));
  const caption = h("p", { class: "caption" }, "Rien ne sort de cet ordinateur. Rien n’est noté.");
  return { name: "Demander aux fiches", nodes: [caption, node, told, result] };
}
