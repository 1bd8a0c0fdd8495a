// The bar above the whole notebook: today's buttons, and the way back to the course.

/** @import {Actions} from "./types" */
import { sizeButton } from "../size.js";
import { h, write } from "./dom.js";
import { TEXTS } from "./texts.js";

export class WholeBar {
  /** @param {Actions} actions @param {() => void} back */
  constructor(actions, back) {
    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) => h("button", { type: "button", onclick }, text);
    this.status = h("span", { class: "campus-status", role: "status" });
    this.back = button(TEXTS.back, back);
    this.node = h(
      "div",
      { class: "campus-bar", role: "toolbar", lang: "fr", "aria-label": "Module" },
      this.back,
      button(TEXTS.home, actions.home),
      sizeButton(actions.larger),
      button(TEXTS.restart, actions.restart),
      button(TEXTS.handIn, actions.handIn),
      button(TEXTS.feedback, actions.feedback),
      this.status,
    );
  }

  /** @param {string} text */
  tell(text) {
    write(this.status, text);
  }
}
