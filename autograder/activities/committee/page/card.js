// One dossier: the votes, the decision. What it shows is in the comparison (board.js).

import { NONE, h, labelled, list, newId, picks } from "../../../forms/page/dom.js";
import { ballot } from "./ballot.js";

/**
 * @param {Dossier} dossier
 * @param {Sitting} sitting
 * @param {boolean} open whether there is something to decide
 */
export function dossierCard(dossier, sitting, open) {
  const heading = h("h4", { id: newId() }, `Dossier ${dossier.key} – ${dossier.name}`);
  const node = h("section", { "aria-labelledby": heading.id }, heading);
  const still = { node, read: () => null, write: () => {}, update: () => {} };
  if (dossier.stopped) {
    node.append(h("p", {}, dossier.stopped));
    return still;
  }
  if (!open) return still;
  const [votes, decision] = [ballot(dossier, sitting), deciding(dossier, sitting)];
  node.append(votes.node, decision.node);
  const update = () => {
    votes.update();
    decision.update();
  };
  return { node, read: decision.read, write: decision.write, update };
}

/**
 * @param {Dossier} dossier
 * @param {Sitting} sitting
 */
function deciding(dossier, sitting) {
  const { board, changed } = sitting;
  const { inputs, labels } = picks("radio", dossier.choices, () => {
    update();
    changed();
  });
  const proof = list([NONE, ...board().proofs], { onchange: () => changed() });
  const proofPart = labelled(proof, "Preuve demandée");
  const ground = list([NONE, ...board().grounds], { onchange: () => changed() });
  const note = h("input", { class: "entry", type: "text", maxlength: 300, autocomplete: "off", oninput: () => changed(true) });
  const aside = h("details", {}, h("summary", { id: newId() }, "Note pour le débat (facultative, non notée)"), note);
  note.setAttribute("aria-labelledby", aside.children[0].id);
  const choice = () => inputs.find((radio) => radio.checked)?.value ?? "";
  function update() {
    proofPart.hidden = !board().short.includes(choice());
  }
  return {
    node: h(
      "fieldset",
      { class: "decision" },
      h("legend", { class: "hidden-text" }, `Décision du comité sur le dossier ${dossier.key}`),
      ...labels,
      proofPart,
      labelled(ground, "Ce qui décide"),
      aside,
    ),
    /** @returns {Decision | null} */
    read: () => (choice() ? { choice: choice(), proof: proof.value, ground: ground.value, note: note.value } : null),
    /** @param {Decision | undefined} value */
    write: (value) => {
      inputs.forEach((radio) => (radio.checked = radio.value === value?.choice));
      if (value?.proof || !choice()) proof.value = value?.proof ?? "";
      if (value || !choice()) ground.value = value?.ground ?? ground.value;
      if (note !== document.activeElement) note.value = value?.note ?? "";
      if (note.value) aside.open = true;
    },
    update,
  };
}
