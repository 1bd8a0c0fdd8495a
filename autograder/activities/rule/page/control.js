// A rule on a table: what it catches is told by the kernel at each change.

import { h } from "../../../forms/page/dom.js";
import { panel } from "../../../forms/page/panel.js";
import style from "./control.css";
import { rows } from "./rows.js";
import { conditions, threshold } from "./writing.js";

/** @type {MakeControl} */
function rule(form, changed, lent) {
  /** @type {RuleForm} */
  const own = form.rule;
  const writing = own.threshold ? threshold(form, own.threshold, taken, lent) : conditions(form, taken);
  const table = rows(own);
  const counts = h("div", { class: "counts", role: "status" });
  const goal = h("p", { class: "goal" }, h("strong", {}, "But\u00a0:"), ` ${own.goal.join("\u00a0; ")}.`);

  /** @type {Changed} */
  function taken(typing) {
    follow();
    changed(typing);
  }
  function follow() {
    const value = writing.read();
    if (value === null) tell({ counts: [], states: [], reached: null });
    else lent.ask("tried", { value }, tell);
  }
  /** @param {Tried} tried */
  function tell({ counts: said, states, reached }) {
    table.show(states);
    const aim = reached === null ? "" : reached ? "Le but est atteint." : "Le but n’est pas encore atteint.";
    const texts = [...(reached === null ? ["Aucune règle encore."] : said), aim, writing.unfinished()];
    counts.replaceChildren(...texts.filter(Boolean).map((text) => h("p", {}, text)));
  }
  return {
    node: h("div", { class: "rule" }, h("div", { class: "board" }, h("div", {}, writing.node, goal, counts), table.node)),
    read: writing.read,
    write(value) {
      writing.write(value);
      follow();
    },
  };
}

export default panel(rule, style);
