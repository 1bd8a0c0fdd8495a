// A table, built with the explorer.

import { explorer } from "../../../activities/explorer/page/explorer.js";
import { sameSteps } from "../../../activities/explorer/page/plan.js";
import { h } from "../dom.js";
import { drafts } from "./draft.js";
import { question } from "./picking.js";

const NOTHING = "Vous n’avez pas encore répondu : construisez le tableau, puis répondez avec lui.";

/** @type {MakeControl} */
export function table(form, changed, lent) {
  /** @type {{steps: Step[]} | null} */
  let state = null;
  const draft = drafts(lent);
  const told = h("p", { role: "status" }, NOTHING);
  const own = explorer(/** @type {Offer} */ (form.explorer), lent.ask, { answer, shown, table: true });

  /** @param {Step[]} steps */
  function answer(steps) {
    state = { steps };
    told.textContent = "Vous répondez avec le tableau montré.";
    changed();
  }
  /**
   * @param {View} view
   * @param {Step[]} steps
   */
  function shown(view, steps) {
    draft.keep(steps);
    if (!state) return;
    told.textContent = sameSteps(steps, state.steps) ? "Vous répondez avec le tableau montré." : "Le tableau montré n’est plus celui de votre réponse.";
  }
  return {
    node: question(form, told, own.node),
    read: () => state,
    write: (value) => {
      const known = value && sameSteps(value.steps, state?.steps); // what is built since stays
      state = value;
      if (!state) told.textContent = NOTHING;
      const built = draft.take();
      if (built.length) own.load(built);
      else if (state && !known) own.load(state.steps);
      else own.start();
    },
  };
}
