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

  /** What handing in asks: a name where no exchange knows the learner, and whether the verdicts met go with it. */
  class HandIn extends widgets.Widget {
    /**
     * @param {{ asked: boolean, learner: string, tries: string[] }} told
     * @param {string} problem
     */
    constructor({ asked, learner, tries }, problem) {
      super();
      this.addClass("campus-signature");
      this.node.lang = "fr";
      this.name = asked ? h("input", { id: "campus-learner", type: "text", autocomplete: "username", value: learner }) : null;
      this.tries = tries.length ? h("input", { id: "campus-tries", type: "checkbox", checked: true }) : null;
      this.node.append(h("p", {}, QUESTIONS.rendre.body), ...this.#signature(problem), ...this.#enclosed(tries));
    }
    /** @param {string} problem */
    #signature(problem) {
      if (!this.name) return [];
      this.name.setAttribute("aria-describedby", "campus-learner-hint campus-learner-problem");
      this.name.setAttribute("aria-invalid", String(Boolean(problem)));
      return [
        h("label", { for: "campus-learner" }, TEXTS.learner),
        this.name,
        h("p", { id: "campus-learner-problem", role: "alert" }, problem),
        h("p", { id: "campus-learner-hint" }, TEXTS.learnerHint),
      ];
    }
    /** @param {string[]} tries */
    #enclosed(tries) {
      if (!this.tries) return [];
      this.tries.setAttribute("aria-describedby", "campus-tries-hint");
      return [
        h("label", { class: "campus-tries" }, this.tries, TEXTS.tries),
        h("p", { id: "campus-tries-hint" }, TEXTS.triesHint),
        h("details", {}, h("summary", {}, TEXTS.triesShown), h("ul", {}, ...tries.map((line) => h("li", {}, line)))),
      ];
    }
    getValue() {
      return { learner: this.name?.value ?? "", tries: this.tries?.checked ? "oui" : "" };
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
     * Return what was chosen, or null when the learner gives up.
     *
     * @param {{ asked: boolean, learner: string, tries: string[] }} told
     * @param {string} problem
     */
    async handIn(told, problem) {
      const { title, accept } = QUESTIONS.rendre;
      const options = { title, body: new HandIn(told, problem), buttons: buttons(accept), defaultButton: told.asked ? 1 : 0 };
      const { button, value } = await showDialog(told.asked ? { ...options, focusNodeSelector: "input" } : options);
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
