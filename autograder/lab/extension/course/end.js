// The end of a module: points, what to see again, what comes next.

/** @import {Actions, Progress, Step, StepState} from "./types" */
import { focusOn, h } from "./dom.js";
import { stateOf } from "./steps.js";
import { count, french, score, STATES, TEXTS } from "./texts.js";

export class End {
  /**
   * @param {number} passMark
   * @param {Actions} actions
   * @param {(step: number) => void} open
   */
  constructor(passMark, actions, open) {
    this.passMark = passMark;
    this.actions = actions;
    this.open = open;
    this.heading = h("h1", { tabindex: "-1" });
    this.content = h("div", {});
    this.node = h("section", { class: "campus-end", lang: "fr", "aria-label": TEXTS.end }, this.heading, this.content);
    this.node.hidden = true;
  }

  focus() {
    focusOn(this.heading);
  }

  /** @param {Step[]} steps @param {Progress} progress */
  show(steps, progress) {
    const optional = steps.filter((step) => step.optional).flatMap((step) => step.exercises);
    const unanswered = Object.entries(progress.exercises).filter(([key, one]) => !one.state && !optional.includes(key)).length;
    const lacking = Math.max(0, this.passMark * progress.max - progress.points);
    const passed = !unanswered && !lacking;
    const lost = Object.values(progress.exercises).reduce((total, one) => total + one.lost, 0);
    const all = steps.map((step, i) => ({ i, step, state: stateOf(step, progress) }));
    const again = all.filter(({ state }) => state === "todo" || state === "again");
    const further = all.filter(({ state }) => state === "optional");
    const hasCard = steps.some((step) => step.cells.some((cell) => cell.about.role === "takeaway"));
    this.heading.textContent = passed ? "Module terminé" : TEXTS.end;
    this.content.replaceChildren(
      h("p", { class: "campus-total" }, `Vous avez ${score(progress.points, progress.max)}.`),
      h("p", {}, standing(this.passMark * progress.max, lacking, unanswered, lost)),
      ...fewer(lost),
      ...free(steps, progress),
      ...this.#list("À faire ou à revoir", again),
      ...this.#list("Pour aller plus loin, si vous voulez", further),
      h("h2", {}, "Et maintenant ?"),
      progress.next || !progress.max ? "" : h("p", {}, "C’était le dernier module proposé : tous les autres sont terminés."),
      h("div", { class: "campus-choices" }, ...this.#choices(progress, passed, hasCard)),
    );
  }

  /** @param {string} title @param {{ i: number, step: Step, state: StepState }[]} steps */
  #list(title, steps) {
    if (!steps.length) return [];
    return [h("h2", {}, title), h("ul", {}, ...steps.map(({ i, step, state }) => this.#entry(i, step, STATES[state])))];
  }

  /** @param {number} i @param {Step} step @param {string} state */
  #entry(i, step, state) {
    return h("li", {}, h("button", { type: "button", class: "campus-link", onclick: () => this.open(i) }, step.title), ` (${state})`);
  }

  /** @param {Progress} progress @param {boolean} passed @param {boolean} hasCard */
  #choices({ next }, passed, hasCard) {
    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick, names = "") =>
      h("button", { type: "button", class: names, onclick }, text);
    return [
      next ? button(`Module suivant : ${[next.title, next.why && `(${next.why})`].filter(Boolean).join(" ")}`, () => this.actions.open(next.path), passed ? "campus-primary" : "") : "",
      hasCard ? button(TEXTS.takeaway, this.actions.takeaway) : "",
      button(TEXTS.handIn, this.actions.handIn),
      button("Revenir à l’accueil", this.actions.home),
    ];
  }
}

/** @param {number} enough @param {number} lacking @param {number} unanswered @param {number} lost */
function standing(enough, lacking, unanswered, lost) {
  const needed = `Il en faut ${french(enough)} pour terminer ce module`;
  const left = unanswered ? ` Il reste ${count(unanswered, "question")} sans réponse.` : "";
  if (lacking) return `${needed} : encore ${count(lacking, "point")}.${left}`;
  return left || lost ? `${needed} : vous les avez.${left}` : `${needed} : c’est fait. Bravo !`;
}

/** What is said when last answers are worth less than those of before: changed, erased, or a game begun again. @param {number} lost */
function fewer(lost) {
  if (!lost) return [];
  const texts = [
    "Ce total garde votre meilleur essai. La note, elle, compte votre dernière réponse, et rien si vous l’avez effacée ou recommencée.",
    `Elle donne aujourd’hui ${count(lost, "point")} de moins : revoyez ce qui suit.`,
  ];
  return [h("p", {}, texts.join(" "))];
}

/** What is said of an answer that a person reads: its points are not counted with those given at once. */
/** @param {Step[]} steps @param {Progress} progress */
function free(steps, progress) {
  const written = steps.flatMap((step) => step.cells).filter((cell) => cell.about.role === "answer" && cell.points);
  if (!written.length) return [];
  const saved = written.every((cell) => progress.answered.includes(String(cell.about.exercise)));
  const points = written.reduce((total, cell) => total + cell.points, 0);
  const first = saved ? "Votre réponse rédigée est enregistrée." : "Il reste une réponse à rédiger.";
  return [h("p", {}, `${first} Elle vaut ${count(points, "point")} de plus, que donne un formateur.`)];
}
