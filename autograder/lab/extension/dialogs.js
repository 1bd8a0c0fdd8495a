// Questions before an action, and what is told after it.

import { h } from "../../forms/page/dom.js";
import { QUESTIONS, TEXTS } from "./texts.js";

/** @typedef {ReturnType<typeof dialogs>} Dialogs */

/** @param {Packages} lab */
export function dialogs({ apputils, widgets }) {
  const { Dialog, showDialog } = apputils;
  const buttons = (/** @type {string} */ accept) => [
    Dialog.cancelButton({ label: TEXTS.cancel }),
    Dialog.okButton({ label: accept }),
  ];

  /** What is asked of a learner whom no exchange knows; the field holds what they gave before. */
  class Signature extends widgets.Widget {
    /**
     * @param {string} learner
     * @param {string} problem
     */
    constructor(learner, problem) {
      super();
      this.addClass("campus-signature");
      this.node.lang = "fr";
      this.input = h("input", { id: "campus-learner", type: "text", autocomplete: "username", value: learner });
      this.input.setAttribute("aria-describedby", "campus-learner-hint campus-learner-problem");
      this.input.setAttribute("aria-invalid", String(Boolean(problem)));
      this.node.append(
        h("p", {}, QUESTIONS.rendre.body),
        h("label", { for: "campus-learner" }, TEXTS.learner),
        this.input,
        h("p", { id: "campus-learner-problem", role: "alert" }, problem),
        h("p", { id: "campus-learner-hint" }, TEXTS.learnerHint),
      );
    }
    getValue() {
      return this.input.value;
    }
  }
  return {
    /** Return the name of an action if it is asked about before it is done. @param {string} name */
    isAsked: (name) => (Object.hasOwn(QUESTIONS, name) ? /** @type {import("./texts.js").Question} */ (name) : null),
    /** @param {import("./texts.js").Question} name */
    async confirmed(name) {
      const { title, body, accept } = QUESTIONS[name];
      return (await showDialog({ title, body, buttons: buttons(accept), defaultButton: 0 })).button.accept;
    },
    /**
     * Return the name under which to hand in, or null when the learner gives up.
     *
     * @param {string} learner
     * @param {string} problem
     */
    async signed(learner, problem) {
      const { title, accept } = QUESTIONS.rendre;
      const body = new Signature(learner, problem);
      const options = { title, body, buttons: buttons(accept), defaultButton: 1, focusNodeSelector: "input" };
      const { button, value } = await showDialog(options);
      return button.accept ? value : null;
    },
    /**
     * @param {string} title
     * @param {string} body
     */
    tell: (title, body) => showDialog({ title, body, buttons: [Dialog.okButton({ label: TEXTS.close })] }),
    /**
     * Tell, and give a file to take away.
     *
     * @param {string} title
     * @param {string} text
     * @param {string} address of the file
     */
    give(title, text, address) {
      const node = h(
        "div",
        { class: "campus-given", lang: "fr" },
        h("p", {}, text),
        h("p", {}, h("a", { href: address, download: true }, TEXTS.download)),
      );
      const options = { title, body: new widgets.Widget({ node }), buttons: [Dialog.okButton({ label: TEXTS.close })] };
      return showDialog({ ...options, focusNodeSelector: "a" });
    },
  };
}
