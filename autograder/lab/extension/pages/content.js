// What the server writes of a page, put in place part by part: a part that has not changed keeps its focus, and what is typed in it.

/** @import {Asked} from "./types" */

const NAMES = ["data-path", "data-action", "data-about", "data-command", "aria-controls"];

export class Content {
  /** @param {HTMLElement} node @param {Asked} asked @param {() => void} [settle] what is done to the parts put in place */
  constructor(node, asked, settle = () => {}) {
    this.node = node;
    this.asked = asked;
    this.settle = settle;
    /** @type {Map<string, { html: string, node: Element }>} */
    this.parts = new Map();
    node.addEventListener("click", (event) => this.#clicked(event));
  }

  /** @param {string} html parts, each with an id; written by our own server, escaped */
  fill(html) {
    const [same, part] = [nameOf(this.#focused()), this.#focused()?.closest("section[id]")?.id];
    const { children } = new DOMParser().parseFromString(html, "text/html").body;
    const parts = Array.from(children, (fresh) => {
      const known = this.parts.get(fresh.id);
      return known?.html === fresh.outerHTML ? known : { html: fresh.outerHTML, node: fresh };
    });
    this.parts = new Map(parts.map((part) => [part.node.id, part]));
    place(this.node, parts.map((part) => part.node));
    this.settle();
    if (same && !this.#focused()) focusIn(this.node, same);
    if (part && !this.#focused()) focusIn(this.node, `#${CSS.escape(part)} [tabindex="-1"]`);
  }

  #focused() {
    return this.node.contains(document.activeElement) ? document.activeElement : null;
  }

  /** @param {Event} event */
  #clicked(event) {
    const used = event.target instanceof Element && event.target.closest("[data-path], [data-action], [data-command]");
    if (!(used instanceof HTMLElement)) return;
    event.preventDefault();
    const { path, action, about = "", command } = used.dataset;
    if (path) this.asked.open(path);
    else if (action) this.asked.act(action, used.getAttribute("aria-pressed") === "true" ? "" : about);
    else if (command) this.asked.command(command);
  }
}

/** Those that stay are not moved: they would lose the focus. @param {Element} node @param {Element[]} wanted */
function place(node, wanted) {
  for (const child of [...node.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((child, i) => node.children[i] !== child && node.insertBefore(child, node.children[i] ?? null));
}

/** Return a selector of what can be used in a page, or "". @param {Element | null} used */
const nameOf = (used) =>
  NAMES.filter((name) => used?.hasAttribute(name))
    .map((name) => `[${name}="${CSS.escape(String(used?.getAttribute(name)))}"]`)
    .join("");

/** Give the focus to what a selector finds; tell whether it has it. @param {Element} node @param {string} selector */
export function focusIn(node, selector) {
  const found = node.querySelector(selector);
  if (found instanceof HTMLElement) found.focus();
  return found !== null && found === document.activeElement;
}
