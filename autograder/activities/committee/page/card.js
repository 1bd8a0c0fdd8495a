// One dossier, open: its evidence and, beside it, the votes and the decision.

import { bringInSight, button, h, newId } from "../../../forms/page/dom.js";
import { ballot } from "./ballot.js";
import { named } from "./board.js";
import { deciding } from "./decision.js";
import { evidence } from "./evidence.js";

/**
 * @param {Dossier} dossier
 * @param {Sitting} sitting
 * @param {{next: () => void, back: () => void}} moves to the next dossier to decide, back to the table
 * @returns {Card}
 */
export function dossierCard(dossier, sitting, { next, back }) {
  const board = sitting.board();
  const heading = h("h4", { id: newId(), tabindex: -1 }, `Dossier ${named(dossier)}`);
  const told = h("p", {}, `${dossier.promise} `, h("span", { class: "rumour" }, `Ce qu’on en dit\u00a0: ${dossier.rumour}`));
  const decision = deciding(dossier, sitting);
  const votes = board.closed ? null : ballot(dossier, sitting);
  const moves = h(
    "div",
    { class: "actions" },
    board.closed ? "" : h("button", { type: "button", onclick: next }, "Dossier suivant à décider"),
    button("Retour au tableau", back),
  );
  const side = board.closed ? "" : h("div", { class: "side" }, votes?.node ?? "", decision.node);
  const sides = h("div", { class: "sides" }, evidence(dossier), side);
  const below = h("div", { class: "below" }, board.closed ? "" : decision.note, moves);
  const node = h("section", { "aria-labelledby": heading.id, hidden: true }, heading, told, sides, below);
  return {
    ...decision,
    node,
    show: () => {
      node.hidden = false;
      bringInSight(node, heading);
    },
    update: () => {
      votes?.update();
      decision.update();
    },
  };
}
