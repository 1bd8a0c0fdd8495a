// The two ways to write a rule: conditions, or one threshold.

import { question } from "../../../forms/page/controls/picking.js";
import { slider } from "../../../forms/page/controls/number.js";
import { button, h, picks } from "../../../forms/page/dom.js";
import { condition } from "./condition.js";

/**
 * A rule made of conditions.
 *
 * @param {Form} form
 * @param {Changed} changed
 * @returns {Writing}
 */
export function conditions(form, changed) {
  /** @type {RuleForm} */
  const { criteria, joins, most } = form.rule;
  /** @type {ReturnType<typeof condition>[]} */
  let all = [];
  const { inputs, labels } = picks("radio", joins, () => changed());
  const join = h("fieldset", { class: "join" }, h("legend", {}, "La règle retient une ligne si elle remplit"), ...labels);
  const listed = h("div", { class: "conditions" });
  const add = button("Ajouter une condition", () => {
    if (all.length === most) return;
    const one = append();
    show();
    one.focus();
  });

  function append() {
    const one = condition(criteria, taken, () => remove(one));
    all.push(one);
    return one;
  }
  /** @type {Changed} */
  function taken(typing) {
    number();
    changed(typing);
  }
  /** @param {ReturnType<typeof condition>} one */
  function remove(one) {
    all = all.filter((other) => other !== one);
    if (!all.length) append();
    show();
    all[all.length - 1].focus();
    changed();
  }
  function number() {
    all.forEach((one, i) => one.number(i + 1, all.length === 1));
  }
  function show() {
    listed.replaceChildren(...all.map(({ node }) => node)); // takes the focus away: only when one comes or goes
    number();
    join.hidden = all.length < 2;
    add.setAttribute("aria-disabled", String(all.length === most));
    add.textContent = all.length === most ? `${most} conditions au plus` : "Ajouter une condition";
  }
  return {
    node: question(form, join, listed, h("p", {}, add)),
    read() {
      const whole = all.map((one) => one.read()).filter((one) => one !== null);
      return whole.length ? { join: inputs.find((input) => input.checked)?.value, conditions: whole } : null;
    },
    write(value) {
      /** @type {(Condition | null)[]} */
      const given = value?.conditions ?? [null];
      const before = all.length;
      all = all.slice(0, given.length);
      while (all.length < given.length) append();
      all.forEach((one, i) => one.write(given[i]));
      inputs.forEach((input) => (input.checked = input.value === (value?.join ?? joins[0][0])));
      if (all.length === before) number();
      else show();
    },
    unfinished() {
      const ranks = all.map((one, i) => (one.read() ? 0 : i + 1)).filter(Boolean);
      return ranks.map((rank) => `La condition ${rank} est incomplète\u00a0: elle ne compte pas encore.`).join(" ");
    },
  };
}

/**
 * A rule made of one number.
 *
 * @param {Form} form
 * @param {Threshold} asked
 * @param {Changed} changed
 * @param {Lent} lent
 * @returns {Writing}
 */
export function threshold(form, { words, ...bounds }, changed, lent) {
  const control = slider({ ...form, ...bounds }, changed, lent);
  const said = h("p", { class: "test" }, `La règle retient une ligne si ${words} le nombre choisi.`);
  return { ...control, node: h("div", {}, control.node, said), unfinished: () => "" };
}
