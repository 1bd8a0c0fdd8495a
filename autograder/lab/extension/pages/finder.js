// Search and filters over the modules of the home page; how many are found is announced.

import { keepWhole } from "../../../forms/page/whole.js";
import { write } from "../course/dom.js";
import { hasAll, wordsOf } from "./words.js";

const FORM = ".campus-finder";

export class Finder {
  /** @param {HTMLElement} node @param {(all: boolean) => void} unfold called with whether something is searched */
  constructor(node, unfold) {
    this.node = node;
    this.unfold = unfold;
    this.showWhole = keepWhole(node);
    const hear = (/** @type {string} */ name, /** @type {(event: Event) => void} */ act) =>
      node.addEventListener(name, (event) => event.target instanceof Element && event.target.closest(FORM) && act(event));
    hear("input", () => this.apply());
    hear("submit", (event) => event.preventDefault());
    hear("reset", (event) => {
      event.preventDefault();
      this.#clear();
    });
  }

  /** Show what is searched, and that alone. */
  apply() {
    const form = this.node.querySelector(FORM);
    if (!(form instanceof HTMLFormElement)) return;
    const wanted = read(form);
    const modules = [...this.node.querySelectorAll("[data-track] li[data-code]")];
    const found = modules.filter((module) => isWanted(module, wanted));
    for (const module of modules) module.toggleAttribute("hidden", !found.includes(module));
    for (const track of this.node.querySelectorAll("[data-track]"))
      track.toggleAttribute("hidden", !found.some((module) => track.contains(module)));
    this.unfold(wanted.isActive);
    this.#tell(form, found.length, modules.length, wanted.isActive);
  }

  #clear() {
    const form = this.node.querySelector(FORM);
    for (const control of form?.querySelectorAll("input, select") ?? [])
      if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) control.value = "";
    this.apply();
    this.showWhole();
    form?.querySelector("input")?.focus(); // the button goes away
  }

  /** @param {Element} form @param {number} found @param {number} total @param {boolean} isActive */
  #tell(form, found, total, isActive) {
    const status = form.querySelector("[role=status]");
    const none = status?.getAttribute("data-empty") ?? "";
    const said = isActive ? `${found}\u00a0module${found > 1 ? "s" : ""} sur ${total}` : `${total}\u00a0modules`;
    if (status instanceof HTMLElement) write(status, found ? said : none);
    form.querySelector("[type=reset]")?.toggleAttribute("hidden", !isActive);
  }
}

/** @typedef {ReturnType<typeof read>} Wanted */

/** @param {HTMLFormElement} form */
function read(form) {
  const { text = "", ...filters } = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
  const words = wordsOf(text);
  return { words, filters, isActive: words.length > 0 || Object.values(filters).some(Boolean) };
}

/** @param {Element} module @param {Wanted} wanted */
function isWanted(module, { words, filters }) {
  const [details] = module.querySelectorAll("details");
  const texts = Array.from(module.querySelectorAll("[data-search]"), (part) => part.textContent ?? "");
  const shown = Array.from(module.querySelectorAll("[data-search]:not(details *)"), (part) => part.textContent ?? "");
  const found = hasAll(words, texts.join(" ")) && Object.entries(filters).every(([name, value]) => !value || fits(module, name, value));
  if (details && words.length) details.open = found && !hasAll(words, shown.join(" ")); // what was searched is there
  return found;
}

/** @param {Element} module @param {string} name @param {string} value */
function fits(module, name, value) {
  if (name === "track") return module.closest("[data-track]")?.getAttribute("data-track") === value;
  const own = module.getAttribute(`data-${name}`) ?? "";
  return name === "minutes" ? Number(own) <= Number(value) : own.split(" ").includes(value);
}
