// The two bars of the course view. Above: where one is, points, steps, menu. Below: previous, by code, continue.

/** @import {Actions, News, StepState} from "./types" */
import { sizeButton } from "../size.js";
import { h, write } from "./dom.js";
import { place, score, STATES, TEXTS } from "./texts.js";

/**
 * What the bars show.
 * @typedef {object} Shown
 * @property {{ title: string, state: StepState }[]} steps
 * @property {number} current past the last step: the end of the module
 * @property {number} points
 * @property {number} max 0: not known
 * @property {string} byCode what the button says; "": there is nothing to show
 * @property {boolean} coding whether it is pressed
 * @property {boolean} last whether the end of the module comes next
 * @property {boolean} on whether the course view is there, rather than the whole notebook
 */

/**
 * What the bars ask for.
 * @typedef {object} Asked
 * @property {(step: number) => void} open
 * @property {() => void} previous
 * @property {() => void} next
 * @property {() => void} code
 * @property {() => void} whole
 * @property {(action: NonNullable<News["action"]>) => void} mend
 */

let bars = 0;

/** @param {string} text @param {() => unknown} onclick @param {string} [names] */
const button = (text, onclick, names = "") => h("button", { type: "button", class: names, onclick }, text);

/** A button, and what it unfolds over the page: the browser closes it with Escape or a click elsewhere. */
class Sheet {
  /** @param {string} label @param {string} names @param {HTMLElement} content */
  constructor(label, names, content) {
    const id = `campus-sheet-${++bars}`;
    this.node = h("div", { id, popover: "auto", class: `campus-sheet ${names}`, lang: "fr" }, content);
    this.opener = h("button", { type: "button", popovertarget: id, class: names, "aria-expanded": "false" }, label);
    this.node.addEventListener("toggle", () => {
      const open = this.isOpen;
      this.opener.setAttribute("aria-expanded", String(open));
      if (open) this.#settle();
    });
  }
  get isOpen() {
    return this.node.matches(":popover-open");
  }
  close() {
    if (this.isOpen) this.node.hidePopover();
  }
  #settle() {
    const { bottom, left } = this.opener.getBoundingClientRect();
    this.node.style.top = `${bottom + 2}px`;
    this.node.style.left = `${Math.max(4, Math.min(left, innerWidth - this.node.offsetWidth - 4))}px`;
    this.node.style.maxHeight = `${innerHeight - bottom - 12}px`;
    const first = this.node.querySelector("[aria-current], button");
    if (first instanceof HTMLElement) first.focus();
  }
}

export class Bar {
  /** @param {string} title @param {Actions} actions @param {Asked} asked */
  constructor(title, actions, asked) {
    this.asked = asked;
    this.list = h("ol", {});
    this.listed = ""; // what the list says
    this.sheet = new Sheet("", "campus-where", this.list);
    const menu = h("ul", {});
    this.menu = new Sheet(TEXTS.menu, "campus-menu", menu);
    const add = (/** @type {(act: () => void) => HTMLElement} */ make, /** @type {() => unknown} */ act) =>
      menu.append(
        h("li", {}, make(() => {
          this.menu.close();
          act();
        })),
      );
    const entry = (/** @type {string} */ text, /** @type {() => unknown} */ act) => add((closing) => button(text, closing), act);
    entry(TEXTS.home, actions.home);
    entry(TEXTS.whole, asked.whole);
    entry(TEXTS.help, actions.help);
    entry(TEXTS.glossary, actions.glossary);
    add(sizeButton, actions.larger);
    entry(TEXTS.print, actions.print);
    entry(TEXTS.feedback, actions.feedback);
    entry(TEXTS.handIn, actions.handIn);
    entry(TEXTS.restart, actions.restart);

    this.points = h("p", { class: "campus-points" });
    this.track = h("div", { class: "campus-track", "aria-hidden": "true" });
    this.news = h("p", { role: "status" });
    this.mend = button("", () => this.action && asked.mend(this.action));
    this.mend.hidden = true;
    /** @type {News["action"]} */
    this.action = undefined;
    this.top = h(
      "div",
      { class: "campus-course-bar", role: "region", "aria-label": TEXTS.course, lang: "fr" },
      h(
        "div",
        { class: "campus-line" },
        button(TEXTS.home, actions.home, "campus-wide"),
        this.sheet.opener,
        h("p", { class: "campus-title campus-wide", title }, title),
        this.points,
        button(TEXTS.whole, asked.whole, "campus-wide"),
        button(TEXTS.help, actions.help, "campus-wide"),
        this.menu.opener,
      ),
      this.track,
      h("div", { class: "campus-news" }, this.news, this.mend),
      this.sheet.node,
      this.menu.node,
    );

    this.previous = button(TEXTS.previous, asked.previous);
    this.code = button(TEXTS.byCode, asked.code, "campus-toggle");
    this.next = button(TEXTS.next, asked.next, "campus-primary");
    this.bottom = h(
      "div",
      { class: "campus-moves", role: "navigation", "aria-label": TEXTS.moves, lang: "fr" },
      this.previous,
      this.code,
      this.next,
    );
  }

  /** @param {Shown} shown */
  show(shown) {
    const { steps, current } = shown;
    this.top.hidden = this.bottom.hidden = !shown.on;
    write(this.sheet.opener, current < steps.length ? place(current, steps.length) : TEXTS.end);
    write(this.points, shown.max ? score(shown.points, shown.max) : "");
    this.#list(shown);
    this.track.replaceChildren(
      ...steps.map(({ state }, i) => h("span", { "data-state": state, class: i === current ? "campus-here" : "" })),
    );
    this.previous.disabled = current === 0;
    this.next.hidden = current === steps.length;
    write(this.next, shown.last ? TEXTS.finish : TEXTS.next);
    this.code.hidden = !shown.byCode;
    write(this.code, shown.byCode);
    this.code.setAttribute("aria-pressed", String(shown.coding));
  }

  /** @param {News} news */
  tell({ text, action }) {
    write(this.news, text);
    this.action = action;
    this.mend.hidden = !action;
    if (action) write(this.mend, TEXTS[action]);
  }

  /** @param {Shown} shown */
  #list({ steps, current }) {
    const texts = steps.map(({ title, state }) => [title, STATES[state]]).concat([[TEXTS.end, ""]]);
    const mark = JSON.stringify([texts, current]);
    if (this.listed === mark || this.sheet.isOpen) return; // never under the reader's eyes
    this.listed = mark;
    const go = (/** @type {number} */ i) => () => {
      this.sheet.close();
      this.asked.open(i);
    };
    this.list.replaceChildren(
      ...texts.map(([title, state], i) => {
        const words = [h("span", {}, title), state ? h("span", { class: "campus-state" }, state) : ""];
        const entry = h("button", { type: "button", "aria-current": i === current && "step", onclick: go(i) }, ...words);
        return h("li", { "data-state": steps[i]?.state }, entry);
      }),
    );
  }
}
