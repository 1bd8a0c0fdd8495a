// The envelope and what is left to decide, kept in sight while one decides.

import { h } from "../../../forms/page/dom.js";

/**
 * @param {Sitting} sitting
 * @returns {Part}
 */
export function purse(sitting) {
  const money = h("p", { class: "money" });
  const todo = h("p", { class: "todo" });
  const node = h("div", { class: "purse", role: "status" }, money, todo);
  function update() {
    const ledger = sitting.ledger();
    money.textContent = ledger.money ?? "";
    money.classList.toggle("over", Boolean(ledger.over));
    todo.textContent = ledger.todo ?? "";
  }
  return { node, update };
}
