// Titles that unfold what they head. What was opened or closed by hand is remembered, as long as the browser keeps it.

const KEPT = "campus-folds";
const BUTTON = ".campus-fold button[aria-controls]";

export class Folds {
  /** @param {HTMLElement} node @param {Storage} kept */
  constructor(node, kept) {
    this.node = node;
    this.kept = kept;
    this.chosen = read(kept);
    /** @type {WeakMap<Element, boolean>} what the server said of each */
    this.given = new WeakMap();
    node.addEventListener("click", (event) => {
      const button = event.target instanceof Element && event.target.closest(BUTTON);
      if (button) this.#toggle(button);
    });
  }

  /** @param {boolean} all whether those of tracks are open, whatever was chosen */
  apply(all) {
    for (const button of this.node.querySelectorAll(BUTTON)) {
      if (!this.given.has(button)) this.given.set(button, isOpen(button));
      const own = this.chosen[idOf(button)] ?? this.given.get(button) ?? false;
      this.#set(button, own || (all && button.closest("[data-track]") !== null));
    }
  }

  /** @param {Element} button */
  #toggle(button) {
    const open = !isOpen(button);
    this.chosen[idOf(button)] = open;
    this.kept.setItem(KEPT, JSON.stringify(this.chosen));
    this.#set(button, open);
  }

  /** @param {Element} button @param {boolean} open */
  #set(button, open) {
    button.setAttribute("aria-expanded", String(open));
    this.node.querySelector(`#${CSS.escape(idOf(button))}`)?.toggleAttribute("hidden", !open);
  }
}

/** @param {Element} button */
const isOpen = (button) => button.getAttribute("aria-expanded") === "true";

/** @param {Element} button */
const idOf = (button) => String(button.getAttribute("aria-controls"));

/** @param {Storage} kept @returns {Record<string, boolean>} */
function read(kept) {
  try {
    return { ...JSON.parse(kept.getItem(KEPT) ?? "{}") };
  } catch {
    return {};
  }
}
