// The parts of the page of a question.

/**
 * Find a part of the page.
 *
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 */
export function part(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`#${id}`);
  return found;
}

/** @param {string} text @param {() => void} onclick */
export function button(text, onclick) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", onclick);
  return made;
}

/** @param {HTMLElement} node */
export const numberOf = (node) => Number(node.dataset.criterion);

/** Whether a key pressed there is for the answer: a digit typed in a field is text. @param {EventTarget | null} target */
export const isInDesk = (target) =>
  target instanceof Element && target.closest(".desk") !== null && !target.matches("input, textarea");
