// One decision: what may be done, and the lines that show why.

import { h, picks } from "../../../forms/page/dom.js";

/**
 * @param {ToDecide} decision
 * @param {SeenLine[]} lines
 * @param {() => void} changed
 */
export function deciding([, label, options], lines, changed) {
  const choices = picks("radio", options, changed);
  const proofs = picks("checkbox", lines.map(([id, letter]) => [id, letter]), changed);
  lines.forEach(([, letter, source], i) => proofs.inputs[i].setAttribute("aria-label", `Ligne ${letter} : ${source}`));
  const shows = h("fieldset", { class: "proofs" }, h("legend", {}, "Les lignes qui le montrent"), ...proofs.labels);
  return {
    node: h("fieldset", { class: "decision" }, h("legend", {}, label), ...choices.labels, shows),
    /** @returns {IncidentDecision} */
    read: () => ({
      choice: choices.inputs.find((input) => input.checked)?.value ?? "",
      proofs: proofs.inputs.filter((input) => input.checked).map((input) => input.value),
    }),
    /** @param {IncidentDecision | undefined} value */
    write(value) {
      choices.inputs.forEach((input) => (input.checked = input.value === value?.choice));
      proofs.inputs.forEach((input) => (input.checked = Boolean(value?.proofs.includes(input.value))));
    },
  };
}
