// The steps as sentences: each can be changed or removed, and its code is one click away.

import { button, h, newId } from "../../../forms/page/dom.js";

/**
 * @param {View} view
 * @param {{edit: (place: number, button: HTMLElement) => void, remove: (place: number) => void}} acts
 */
export const sentences = (view, { edit, remove }) =>
  view.texts.map((text, i) => {
    const code = h("code", { id: newId(), hidden: true }, view.lines[i + 1]);
    const see = named("Voir le code", text, () => {
      code.hidden = !code.hidden;
      see.setAttribute("aria-expanded", String(!code.hidden));
    });
    see.setAttribute("aria-expanded", "false");
    see.setAttribute("aria-controls", code.id);
    const change = named("Modifier", text, () => edit(i, change), `edit ${i}`);
    const away = named("Retirer", text, () => remove(i), `remove ${i}`);
    return h("li", {}, h("span", { class: "sentence" }, text), h("span", { class: "moves" }, change, away, see), code);
  });

/**
 * A button named after what it does, and to which step.
 *
 * @param {string} words
 * @param {string} text
 * @param {() => void} act
 * @param {string} [focus] where the focus comes back after a change
 */
function named(words, text, act, focus = "") {
  const node = button(words, act);
  node.append(h("span", { class: "hidden-text" }, ` : ${text}`));
  if (focus) node.dataset.focus = focus;
  return node;
}
