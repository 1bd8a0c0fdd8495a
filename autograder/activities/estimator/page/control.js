// An estimator of secrets. All of it is computed here: what is chosen, drawn or typed in it is neither sent nor kept. Only the number
// under it is an answer.

import { number } from "../../../forms/page/controls/number.js";
import { h, newId, picks } from "../../../forms/page/dom.js";
import { panel } from "../../../forms/page/panel.js";
import style from "./control.css";
import { drawn, given, typed } from "./sources.js";
import { scale } from "./scale.js";

/** @type {MakeControl} */
function estimator(form, changed, lent) {
  /** @type {EstimatorForm} */
  const own = form.estimator;
  const answer = number({ ...form, unit: own.counted }, changed, lent);
  const bars = scale(own.target);
  const said = h("div", { class: "said", role: "status" });
  /** @type {[name: string, source: Source][]} */
  const sources = [["un secret tiré au hasard", drawn(own, show)]];
  if (own.words.length)
    sources.push(["un mot de passe courant", given(own, show)], ["un texte que j’invente", typed(own, show)]);
  const { inputs, labels } = picks(
    "radio",
    sources.map(([name], i) => [String(i), name]),
    show,
  );
  inputs[0].checked = true;
  const choice = h("fieldset", { class: "sources" }, h("legend", {}, "J’estime"), ...labels);
  choice.hidden = sources.length === 1;

  function show() {
    const chosen = inputs.findIndex((input) => input.checked);
    sources.forEach(([, source], i) => (source.node.hidden = i !== chosen));
    const found = sources[chosen][1].estimate();
    said.replaceChildren(...(found ? [found.formula, found.worth] : ["Rien à estimer encore."]).map((text) => h("p", {}, text)));
    bars.show(found);
  }
  const title = h("p", { class: "tool-title", id: newId() }, "Estimateur");
  const tool = h(
    "div",
    { class: "tool", role: "group", "aria-labelledby": title.id },
    title,
    choice,
    ...sources.map(([, source]) => source.node),
    said,
    bars.node,
  );
  show();
  return { ...answer, node: h("div", { class: "estimator" }, tool, answer.node) };
}

export default panel(estimator, style);
