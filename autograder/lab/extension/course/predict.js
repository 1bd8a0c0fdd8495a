// A prediction: one click, then the result.

/** @import {Cell} from "./types" */
import { focusOn, h } from "./dom.js";
import { predicted, TEXTS } from "./texts.js";

export class Prediction {
  /**
   * @param {Cell} cell whose result is to be predicted
   * @param {(choice: string) => void} revealed
   */
  constructor(cell, revealed) {
    this.onRevealed = revealed;
    this.isRevealed = false;
    const name = `campus-prediction-${cell.id}`;
    this.choices = (cell.about.predict ?? []).map((value) => h("input", { type: "radio", name, value }));
    const labels = this.choices.map((input) => h("label", {}, input, input.value));
    const reveal = h("button", { type: "button", onclick: () => this.reveal() }, TEXTS.reveal);
    this.question = h("div", {}, h("fieldset", {}, h("legend", {}, TEXTS.predict), ...labels), reveal);
    this.said = h("p", { class: "campus-predicted" });
    cell.put(h("div", { class: "campus-prediction", lang: "fr" }, this.question, this.said), "above");
    this.#show(null);
  }

  /** Show the result, as the learner asks. */
  reveal() {
    const choice = this.choices.find((input) => input.checked)?.value ?? "";
    this.#show(choice);
    this.onRevealed(choice);
    focusOn(this.said); // the button that had the focus is gone
    this.said.scrollIntoView({ block: "center" }); // the result comes below
  }

  /** Show the result to who has seen it before. @param {string} choice */
  remember(choice) {
    this.#show(choice);
  }

  /** @param {string | null} choice */
  #show(choice) {
    this.isRevealed = choice !== null;
    this.question.hidden = this.isRevealed;
    this.said.hidden = !this.isRevealed;
    this.said.textContent = choice === null ? "" : predicted(choice);
  }
}
