// What every script of the page builds with. Texts named *html come escaped from the kernel.

// Ids are drawn for each copy of this script: several may be at work in one page. `randomUUID` is missing outside https.
const prefix = Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join("");
let count = 0;

/** Return an id that nothing else has in the page. */
export const newId = () => `campus-${prefix}-${++count}`;

/**
 * Create an element: h("p", {class: "x"}, "text", node). Properties starting with "on" are listeners.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "html") node.innerHTML = value;
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

/** Add a style to the page, once. @param {string} text */
export function addStyle(text) {
  const known = [...document.head.querySelectorAll("style[data-campus]")].some((style) => style.textContent === text);
  if (!known) document.head.append(h("style", { "data-campus": true }, text));
}

/** Return an HTML text without its tags. @param {string} html */
export const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";

/** Write a number as French readers do; what was typed stands as it is. @param {number | string} value */
export const french = (value) =>
  typeof value === "number"
    ? value.toLocaleString("fr-FR", { useGrouping: false, maximumFractionDigits: 15 })
    : value;

const SAME = ["mois", "fois", "pays", "temps", "cas", "avis", "poids"]; // words that end with an s in the singular too

/** @param {string} unit */
const singular = (unit) => unit.replace(/[\p{L}]{3,}s(?!\p{L})/gu, (word) => (SAME.includes(word) ? word : word.slice(0, -1)));

/** Write a number and its unit, in the singular below two: « 1 ville ». @param {number} number @param {string} unit */
export const measured = (number, unit) => (unit ? `${french(number)}\u00a0${Math.abs(number) < 2 ? singular(unit) : unit}` : String(french(number)));

/** Return the number by which a text begins, written in French or in English, or null: what follows may be its unit. @param {string} text */
export function numberIn(text) {
  const bare = text.replace(/\s/g, "").replace(/^[−–]/, "-").replace(",", ".");
  const found = /^[+-]?\d+(\.\d*)?/.exec(bare);
  return found && Number(found[0]);
}

/** Return the time of day of an ISO date. @param {string} iso */
export function clock(iso) {
  const at = new Date(iso);
  return `${at.getHours()}\u00a0h\u00a0${String(at.getMinutes()).padStart(2, "0")}`;
}

const BESIDE = 32; // characters of an option that fit in a list beside its label: longer, the list comes below

/**
 * Label a control.
 *
 * @param {HTMLElement} control
 * @param {string | {html: string}} label a text, or HTML from the kernel
 * @param {string} [look] the class of both together
 */
export function labelled(control, label, look = "pair") {
  control.id ||= newId();
  const named = typeof label === "string" ? h("label", { for: control.id }, label) : h("label", { for: control.id, ...label });
  const long = control instanceof HTMLSelectElement && Array.from(control.options).some(({ text }) => text.length > BESIDE);
  return h("div", { class: [look, long && "long"].filter(Boolean).join(" ") || false }, named, control);
}

/**
 * A list of texts.
 *
 * @param {Iterable<[key: string, text: string]>} options
 * @param {Record<string, any>} [properties]
 */
export const list = (options, properties = {}) =>
  h("select", properties, ...Array.from(options, ([value, text]) => h("option", { value }, text)));

/** The first line of a list where nothing is chosen. @type {[string, string]} */
export const NONE = ["", "— choisir —"];

/** What is said beside another draw, when nothing of the one before was answered. */
export const NOTHING = "Rien n’est encore enregistré.";

/**
 * A quiet button.
 *
 * @param {string} text
 * @param {(event: Event) => void} onclick
 */
export const button = (text, onclick) => h("button", { type: "button", class: "plain", onclick }, text);

/** Return the button that checks the form around a node. @param {HTMLElement} node @returns {HTMLButtonElement | null} */
export const submitOf = (node) => node.closest("form")?.querySelector('button[type="submit"]') ?? null;

/**
 * Options of which one, or several, are picked: each an input in its label.
 *
 * @param {"radio" | "checkbox"} type
 * @param {Iterable<[key: string, label: string | Node]>} options
 * @param {(event: Event) => void} onchange
 */
export function picks(type, options, onchange) {
  const name = newId();
  const inputs = /** @type {HTMLInputElement[]} */ ([]);
  const labels = Array.from(options, ([value, label]) => {
    const input = h("input", { type, name, value, onchange });
    inputs.push(input);
    return h("label", { class: "option" }, input, typeof label === "string" ? h("span", {}, label) : label);
  });
  return { inputs, labels };
}

/**
 * Show a part that has just opened, from its heading on, as much of it as the screen holds; its heading takes the focus.
 *
 * @param {HTMLElement} part
 * @param {HTMLElement} heading
 */
export function bringInSight(part, heading) {
  heading.focus({ preventScroll: true });
  showAll(part, heading);
}

/** Scroll until parts are in sight; where the screen is too small for all, the last one is. @param {...Element} parts */
export function showAll(...parts) {
  for (const part of parts) part.scrollIntoView({ block: "nearest" });
}

/** Tell the second click of a double one: it answers nothing that was just asked. @param {Event} event */
export const isDouble = (event) => /** @type {UIEvent} */ (event).detail > 1;

/**
 * A button that asks twice.
 *
 * @param {{first: string, second: string, warning: string}} texts
 * @param {() => void} act
 */
export function twice({ first, second, warning }, act) {
  const said = h("p", { role: "status" });
  const node = button(first, (event) => {
    if (isDouble(event)) return;
    if (said.textContent) return act();
    node.textContent = second;
    said.textContent = warning;
  });
  const forget = () => {
    node.textContent = first;
    said.textContent = "";
  };
  return { node, said, forget };
}

/**
 * Keep keys from JupyterLab, which takes plain ones as commands (a: new cell, dd: delete) when the focus is on a button or a radio.
 * Escape and Tab stay its own. With `before`, so do Shift + Enter and shortcuts with Ctrl, Cmd or Alt; `before` is called first.
 *
 * @param {HTMLElement} root
 * @param {() => void} [before]
 */
export function keepKeys(root, before) {
  root.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter");
    if (command && before) before();
    else if (event.key !== "Escape" && event.key !== "Tab") event.stopPropagation();
  });
}

/** Have Escape close a dialog, and nothing else: JupyterLab has its own use of this key. @param {HTMLDialogElement} dialog */
export function keepEscape(dialog) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    event.preventDefault();
    dialog.close();
  });
}
