// The decision on one dossier: a choice, the proof that a short grant asks for, what decides, a note.

import { NONE, h, labelled, list, picks } from "../../../forms/page/dom.js";

/**
 * @param {Dossier} dossier
 * @param {Sitting} sitting
 */
export function deciding(dossier, sitting) {
  const { board, changed } = sitting;
  const told = () => {
    sitting.update();
    changed();
  };
  const { inputs, labels } = picks("radio", dossier.choices, told);
  const proof = list([NONE, ...board().proofs], { onchange: told });
  const proofPart = labelled(proof, "Preuve demandée");
  const ground = list([NONE, ...board().grounds], { onchange: told });
  const note = h("input", { class: "entry", type: "text", maxlength: 300, autocomplete: "off", oninput: () => changed(true) });
  const choice = () => inputs.find((radio) => radio.checked)?.value ?? "";
  const asksProof = () => board().short.includes(choice());
  const isWhole = () => Boolean(choice() && ground.value && (proof.value || !asksProof()));
  return {
    node: h(
      "fieldset",
      { class: "decision" },
      h("legend", {}, `Décision sur le dossier ${dossier.key}`),
      ...labels,
      proofPart,
      labelled(ground, "Ce qui décide"),
    ),
    note: labelled(note, `Note sur le dossier ${dossier.key} (facultative, non notée)`),
    update: () => {
      proofPart.hidden = !asksProof();
    },
    isWhole,
    said: () => (choice() ? board().said[choice()] + (isWhole() ? "" : ", à compléter") : "à décider"),
    /** @returns {Decision | null} */
    read: () => (choice() ? { choice: choice(), proof: proof.value, ground: ground.value, note: note.value } : null),
    /** @param {Decision | undefined} value */
    write: (value) => {
      inputs.forEach((radio) => (radio.checked = radio.value === value?.choice));
      if (value?.proof || !choice()) proof.value = value?.proof ?? "";
      if (value || !choice()) ground.value = value?.ground ?? ground.value;
      if (note !== document.activeElement) note.value = value?.note ?? "";
    },
  };
}
