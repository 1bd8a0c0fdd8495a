// A file to restore. The kernel writes the learner's file and computes its fingerprint: `ledger` tells it.

import { question } from "../../../forms/page/controls/picking.js";
import { button, h, labelled, list, NONE } from "../../../forms/page/dom.js";
import { panel } from "../../../forms/page/panel.js";
import { copiesTable, grid, pane } from "./copies.js";
import style from "./control.css";

/** @type {MakeControl} */
function restore(form, changed, { model }) {
  /** @type {RestoreForm} */
  const { file, copies, register, lines } = form.restore;
  /** @returns {RestoreLedger} */
  const ledger = () => model.get("ledger");
  /** @type {Record<string, string> | null} */
  let asked = null; // what is asked instead of answering
  /** @type {string | null} */
  let restored = null; // the copy that the file comes from

  const opened = pane();
  const state = h("p", { class: "state", role: "status" });
  const line = list([NONE, ...lines], { onchange: () => changed() });
  const compare = labelled(line, "Votre fichier est identique à", "compare");

  /** @param {Record<string, string>} action */
  function ask(action) {
    asked = action;
    changed();
  }
  function update() {
    const { fingerprint } = ledger();
    const copy = copies.find(({ key }) => key === restored);
    const from = copy ? `restauré depuis «\u00a0${copy.name}\u00a0» (${copy.where})` : "pas encore restauré";
    state.textContent = `Fichier «\u00a0${file}\u00a0»\u00a0: ${from}.${fingerprint ? ` Son empreinte\u00a0: ${fingerprint}…` : ""}`;
    compare.hidden = !fingerprint && !line.value;
  }
  function read() {
    const action = asked;
    asked = null;
    if (action) return action;
    return restored && { copy: restored, ...(line.value ? { line: line.value } : {}) };
  }
  /** @param {Value} value */
  function write(value) {
    restored = value?.copy ?? null;
    line.value = value?.line ?? "";
    update();
  }
  model.on("change:ledger", () => write(model.get("value"))); // what was asked is done: the answer that goes with it
  const node = h(
    "div",
    { class: "restore" },
    question(
      form,
      copiesTable(copies, opened.show, (key) => ask({ then: "restore", copy: key })),
      opened.node,
      h("div", { class: "sides" },
        h("div", { class: "file" },
          h("h4", {}, "Votre fichier"),
          state,
          button("Calculer l’empreinte de votre fichier", () => ask({ then: "verify" })),
          compare,
        ),
        grid("Le registre des empreintes (douze premiers signes)", ["Version validée", "Empreinte"], register.map(([name, print]) => [name, h("code", {}, print)])),
      ),
    ),
  );
  return { node, read, write };
}

export default panel(restore, style);
