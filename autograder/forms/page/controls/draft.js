// What is built with an explorer, and answers nothing yet: the kernel keeps it for a page that is loaded again.

import { sameSteps } from "../../../activities/explorer/page/plan.js";

/** @param {Lent} lent */
export function drafts({ model, ask }) {
  /** @type {Step[]} */
  let kept = model.get("draft") ?? [];
  let before = kept;
  return {
    /** Return what was built before the page was loaded, once. */
    take() {
      const found = before;
      before = [];
      return found;
    },
    /** @param {Step[]} steps */
    keep(steps) {
      if (sameSteps(steps, kept)) return;
      kept = steps;
      ask("draft", { value: steps }, () => {});
    },
  };
}
