// What the course view does with elements of the page.

export { h, newId } from "../../../forms/page/dom.js";

/** Write a text only when it changes: a live region written again is read aloud again. @param {HTMLElement} node @param {string} text */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Give the focus to what has none of its own. @param {HTMLElement} node */
export function focusOn(node) {
  if (!node.hasAttribute("tabindex")) node.tabIndex = -1;
  node.focus({ preventScroll: true });
}
