// The terms of the glossary: a word of the text becomes a button, whose definition shows under the pointer, with the focus, and by touch.

import { h, newId } from "./dom.js";

const AWAY = 300; // ms to bring the pointer from the word to its definition
const GAP = 4; // px between them, and to the edges of the window

/** @typedef {{ button: HTMLButtonElement, tip: HTMLElement }} Term */

/** Make buttons of the terms under a node, now and whenever a text is drawn again. @param {HTMLElement} node */
export function explain(node) {
  const shown = new Shown();
  const dress = () => node.querySelectorAll("span.campus-term[title]").forEach((word) => dressed(word, shown));
  new MutationObserver(dress).observe(node, { childList: true, subtree: true });
  dress();
}

/** @param {Element} word @param {Shown} shown */
function dressed(word, shown) {
  const id = newId();
  const tip = h("span", { id, role: "tooltip", popover: "manual", class: "campus-tip", lang: "fr" }, word.getAttribute("title") ?? "");
  const button = h("button", { type: "button", class: "campus-term", "aria-describedby": id }, word.textContent ?? "");
  const term = { button, tip };
  for (const part of [button, tip]) {
    part.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && shown.show(term));
    part.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && shown.leave(term));
  }
  button.addEventListener("focus", () => shown.show(term));
  button.addEventListener("blur", () => shown.hide(term));
  button.addEventListener("click", () => shown.show(term));
  button.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") event.stopPropagation(); // the notebook would edit or scroll the text
  });
  word.replaceWith(button, tip);
}

/** The one definition that is on the screen. */
class Shown {
  constructor() {
    /** @type {Term | null} */
    this.term = null;
    this.later = 0;
    /** @type {AbortController | undefined} */
    this.heard = undefined;
  }

  /** @param {Term} term */
  show(term) {
    clearTimeout(this.later);
    if (this.term === term) return;
    if (this.term) this.hide(this.term);
    this.term = term;
    term.tip.showPopover();
    this.#settle();
    this.#hear(term);
  }

  /** @param {Term} term */
  hide(term) {
    if (this.term !== term) return;
    clearTimeout(this.later);
    this.term = null;
    this.heard?.abort();
    if (term.tip.isConnected) term.tip.hidePopover();
  }

  /** The pointer goes away: the definition waits for it, and stays with the focus. @param {Term} term */
  leave(term) {
    clearTimeout(this.later);
    this.later = window.setTimeout(() => term.button !== document.activeElement && this.hide(term), AWAY);
  }

  /** Escape and a touch elsewhere close it; it follows its word when the page moves. @param {Term} term */
  #hear(term) {
    this.heard = new AbortController();
    const { signal } = this.heard;
    const { button, tip } = term;
    const elsewhere = (/** @type {Event} */ event) => {
      const at = /** @type {Node} */ (event.target);
      if (!button.contains(at) && !tip.contains(at)) this.hide(term);
    };
    const escape = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.hide(term);
    };
    document.addEventListener("pointerdown", elsewhere, { signal, capture: true });
    document.addEventListener("keydown", escape, { signal, capture: true });
    document.addEventListener("scroll", () => this.#settle(), { signal, capture: true, passive: true });
  }

  #settle() {
    if (!this.term) return;
    const { button, tip } = this.term;
    const word = button.getBoundingClientRect();
    const below = word.bottom + GAP;
    const fits = below + tip.offsetHeight <= innerHeight - GAP;
    tip.style.top = `${fits ? below : Math.max(GAP, word.top - GAP - tip.offsetHeight)}px`;
    tip.style.left = `${Math.max(GAP, Math.min(word.left, innerWidth - tip.offsetWidth - GAP))}px`;
  }
}
