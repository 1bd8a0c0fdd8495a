// A table, built with the explorer.

import { explorer } from "../../../activities/explorer/page/explorer.js";
import { h } from "../dom.js";
import { question } from "./picking.js";

const NOTHING = "Vous n’avez pas encore répondu : construisez le tableau, puis répondez avec lui.";

/** @type {MakeControl} */
export function table(form, changed, lent) {
  /** @type {{steps: Step[]} | null} */
  let state = null;
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
    if (!state) return;
    const same = JSON.stringify(steps) === JSON.stringify(state.steps);
    told.textContent = same ? "Vous répondez avec le tableau montré." : "Le tableau montré n’est plus celui de votre réponse.";
  }
  return {
    node: question(form, told, own.node),
    read: () => state,
    write: (value) => {
      state = value;
      if (state) return own.load(state.steps);
      told.textContent = NOTHING;
      own.start();
    },
  };
}
