// A file to generalise: what the cursors give is told by the kernel at each change.

import { question } from "../../../forms/page/controls/picking.js";
import { h } from "../../../forms/page/dom.js";
import { panel } from "../../../forms/page/panel.js";
import style from "./control.css";
import { cursor } from "./cursor.js";

/** @type {MakeControl} */
function generalise(form, changed, { ask }) {
  /** @type {GeneraliseForm} */
  const { cursors, goal, drawn } = form.generalise;
  const all = cursors.map((one) => cursor(one, taken));
  const finest = (/** @type {number} */ place) => cursors[place].steps[0][0];
  const result = h("div", { class: "result", tabindex: 0, role: "group", "aria-label": "Ce que devient le fichier", html: drawn });
  const said = h("p", { class: "said hidden-text", role: "status" });
  const rule = h("div", { class: "goal" }, h("p", {}, h("strong", {}, "La règle")), h("ul", {}, ...goal.map((one) => h("li", {}, one))));

  const read = () =>
    all.some((one, place) => one.get() !== finest(place)) ? Object.fromEntries(all.map((one) => [one.name, one.get()])) : null;

  /** @param {boolean} moving */
  function taken(moving) {
    follow();
    changed(moving);
  }
  function follow() {
    ask("tried", { value: read() }, (/** @type {Generalised} */ tried) => {
      const open = result.querySelector("details")?.open;
      result.innerHTML = tried.drawn;
      result.querySelector("details")?.toggleAttribute("open", open);
      said.textContent = tried.said;
    });
  }
  /** @param {Value} value */
  function write(value) {
    all.forEach((one, place) => one.set(value?.[one.name] ?? finest(place)));
    follow();
  }
  const controls = h("div", { class: "cursors" }, rule, ...all.map(({ node }) => node));
  return { node: h("div", { class: "generalise" }, question(form, h("div", { class: "sides" }, controls, result)), said), read, write };
}

export default panel(generalise, style);
