// A sitting of the committee, from its parts: envelope, members, dossiers side by side, one decision each, closing.

import { h, submitOf } from "../../../forms/page/dom.js";
import { panel } from "../../../forms/page/panel.js";
import { comparison } from "./board.js";
import { dossierCard } from "./card.js";
import { closingPart } from "./closing.js";
import style from "./control.css";
import { membersPart } from "./members.js";
import { purse } from "./purse.js";

/** @type {MakeControl} */
export function committee(form, changed, { model }) {
  const node = h("div", { class: "committee" });
  const label = h("p", { class: "question", tabindex: -1, html: form.label });
  /** @type {Map<string, ReturnType<typeof dossierCard>>} */
  let cards = new Map();
  /** @type {ReturnType<typeof membersPart> | null} */
  let group = null;
  /** @type {Part[]} */
  let parts = []; // the envelope, and the end
  let then = ""; // what is asked with the decisions: "close" or "restart"
  let drawn = ""; // what is on the page, to draw again only when it changes

  /** @type {Sitting} */
  const sitting = { board: () => model.get("board"), ledger: () => model.get("ledger"), members: [], votes: {}, update, changed };
  const isOpen = () => !sitting.board().waiting && !sitting.board().closed;

  /** Draw what has changed, whichever news of it comes first; tell whether something had. */
  function draw() {
    const board = sitting.board();
    const text = JSON.stringify(board);
    if (text === drawn) return false;
    drawn = text;
    const focused = node.contains(document.activeElement);
    group = isOpen() ? membersPart(sitting) : null;
    cards = new Map(board.dossiers.map((dossier) => [dossier.key, dossierCard(dossier, sitting, isOpen())]));
    parts = board.waiting ? [] : [purse(sitting), closingPart(sitting, isOpen(), { close, restart })];
    node.replaceChildren(label, ...(parts.length ? laidOut(parts) : [h("p", { class: "waiting" }, board.waiting)]));
    write(model.get("value"));
    group?.unfold();
    if (focused) (/** @type {HTMLElement | null} */ (node.querySelector(".closed")) ?? label).focus(); // what had it is gone
    return true;
  }

  /** @param {Part[]} parts */
  function laidOut([money, end]) {
    const decisions = h("div", { class: "decisions" }, ...[...cards.values()].map((card) => card.node));
    return [money.node, group?.node ?? "", comparison(sitting.board()), decisions, end.node];
  }

  function close() {
    then = "close";
    node.closest("form")?.requestSubmit();
  }
  function restart() {
    then = "restart";
    changed();
  }

  /** The panel's own buttons: there is something to check once the sitting is over, and nothing to erase. */
  function ownButtons() {
    const check = submitOf(node);
    const clear = check?.nextElementSibling;
    if (!check || !(clear instanceof HTMLElement)) return;
    check.hidden = !sitting.board().closed;
    check.textContent = "Revoir le verdict";
    clear.hidden = true;
  }

  function update() {
    if (draw()) return;
    group?.update();
    cards.forEach((card) => card.update());
    parts.forEach((part) => part.update());
    ownButtons();
  }
  function read() {
    /** @type {Record<string, Decision>} */
    const decisions = {};
    cards.forEach((card, key) => {
      const decision = card.read();
      if (decision) decisions[key] = decision;
    });
    const asked = then;
    then = "";
    return { members: sitting.members, decisions, votes: sitting.votes, then: asked };
  }
  /** @param {Value} value */
  function write(value) {
    if (draw()) return;
    sitting.members = [...(value?.members ?? [])];
    sitting.votes = { ...(value?.votes ?? {}) };
    cards.forEach((card, key) => card.write(value?.decisions?.[key]));
    update();
  }

  model.on("change:board", draw);
  model.on("change:ledger", update);
  draw();
  return { node, read, write };
}

export default panel(committee, style);
