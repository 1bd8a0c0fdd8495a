// A model to train and to draw from. What it gives is told by the kernel. With a goal the answer is the setting; without, a number.

import { number } from "../../../forms/page/controls/number.js";
import { question } from "../../../forms/page/controls/picking.js";
import { button, h, newId } from "../../../forms/page/dom.js";
import { panel } from "../../../forms/page/panel.js";
import style from "./control.css";
import { cursor } from "./cursor.js";

/** @type {MakeControl} */
function generator(form, changed, lent) {
  /** @type {GeneratorForm} */
  const { goal, unit } = form.generator;
  if (goal.length) return setting(form, changed, lent);
  const answer = number({ ...form, unit }, changed, lent);
  const { node } = machine(form, () => {}, lent);
  return { ...answer, node: h("div", { class: "generator" }, node, answer.node) };
}

/** @type {MakeControl} */
function setting(form, changed, lent) {
  const { node, read, write } = machine(form, changed, lent);
  const aims = form.generator.goal.map((/** @type {string} */ one) => h("li", {}, one));
  const goal = h("div", { class: "goal" }, h("p", {}, h("strong", {}, "Le but")), h("ul", {}, ...aims));
  return { node: h("div", { class: "generator" }, question(form, goal, node)), read, write };
}

/**
 * The cursors, the button and what they give. Nothing is trained before the first draw; each change then trains anew.
 *
 * @type {MakeControl}
 */
function machine(form, changed, { ask }) {
  /** @type {GeneratorForm} */
  const { orders, temperatures, count } = form.generator;
  const order = cursor("order", "Le modèle regarde", orders, moved);
  const temperature = cursor("temperature", "Température", temperatures, moved);
  const title = h("p", { class: "tool-title", id: newId() }, "Le modèle");
  const result = h("div", { class: "result", tabindex: 0, role: "group", "aria-label": "Ce que le modèle a tiré", hidden: true });
  const said = h("p", { class: "said hidden-text", role: "status" });
  const go = button(`Entraîner, puis tirer ${count}\u00a0noms`, () => {
    draw += 1;
    train();
    changed();
  });
  let draw = 0;

  const read = () => (draw ? { order: order.get(), temperature: temperature.get() } : null);

  /** @param {boolean} moving */
  function moved(moving) {
    if (!draw) return;
    if (!moving) {
      draw = 1;
      train();
    }
    changed(moving);
  }
  function train() {
    said.textContent = "Entraînement en cours.";
    ask("drawn", { value: read(), draw }, (/** @type {GeneratorDrawn} */ got) => {
      result.innerHTML = got.drawn;
      result.hidden = false;
      said.textContent = got.said;
      go.textContent = `Tirer ${count}\u00a0autres noms`;
    });
  }
  /** @param {Value} value */
  function write(value) {
    order.set(value?.order);
    temperature.set(value?.temperature);
    draw = value ? 1 : 0;
    result.hidden = !value;
    if (value) train();
    else go.textContent = `Entraîner, puis tirer ${count}\u00a0noms`;
  }
  const controls = h("div", { class: "cursors" }, title, order.node, temperature.node, h("p", {}, go));
  const node = h("div", { class: "tool", role: "group", "aria-labelledby": title.id }, h("div", { class: "sides" }, controls, result), said);
  return { node, read, write };
}

export default panel(generator, style);
