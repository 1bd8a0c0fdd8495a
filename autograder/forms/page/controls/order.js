// Options to put in order, by buttons.

import { button, h, plain } from "../dom.js";
import { question } from "./picking.js";

/** @type {MakeControl} */
export function order(form, changed) {
  let answered = false; // an order left as it was found is no answer until it is verified
  const live = h("p", { class: "hidden-text", "aria-live": "polite" });
  const list = h("ol", { class: "order" });
  const first = form.options.map(([key]) => key);
  const rows = new Map(form.options.map(([key, html]) => [key, row(key, html)]));

  /**
   * @param {string} key
   * @param {string} html
   */
  function row(key, html) {
    /**
     * @param {number} step
     * @param {string} word
     */
    const move = (step, word) => {
      const arrow = h("span", { "aria-hidden": "true" }, step < 0 ? "↑ " : "↓ ");
      const node = button("", () => shift(key, step, node));
      node.append(arrow, word, h("span", { class: "hidden-text" }, ` : ${plain(html)}`));
      return node;
    };
    const [up, down] = [move(-1, "Monter"), move(1, "Descendre")];
    const item = h("li", { "data-key": key }, h("div", {}, h("span", { class: "text", html }), h("span", { class: "moves" }, up, down)));
    return { item, up, down, text: plain(html) };
  }
  const shown = () => Array.from(list.querySelectorAll("li"), (item) => item.dataset.key);

  /**
   * @param {string} key
   * @param {number} step
   * @param {HTMLButtonElement} pressed
   */
  function shift(key, step, pressed) {
    const moved = rows.get(key);
    const to = shown().indexOf(key) + step;
    if (!moved || to < 0 || to >= rows.size) {
      live.textContent = `Déjà en ${step < 0 ? "première" : "dernière"} position.`;
      return;
    }
    if (step < 0) list.children[to].before(moved.item);
    else list.children[to].after(moved.item);
    pressed.focus();
    live.textContent = `${moved.text} : position ${to + 1} sur ${rows.size}.`;
    answered = true;
    show();
    changed();
  }
  function show() {
    rows.forEach(({ item, up, down }) => {
      up.setAttribute("aria-disabled", String(item === list.firstChild)); // keeps the focus, where disabled would lose it
      down.setAttribute("aria-disabled", String(item === list.lastChild));
    });
  }
  return {
    node: question(form, list, live),
    confirm: () => {
      answered = true;
    },
    read: () => (answered ? shown() : null),
    write: (value) => {
      answered = Boolean(value);
      list.replaceChildren(...(value ?? first).map((/** @type {string} */ key) => rows.get(key)?.item ?? ""));
      show();
    },
  };
}
