// A sitting of the committee, from its parts: envelope, members, dossiers compared, the one that is open, closing.

import { h, submitOf } from "../../../forms/page/dom.js";
import { panel } from "../../../forms/page/panel.js";
import { comparison } from "./board.js";
import { dossierCard } from "./card.js";
import { closingPart } from "./closing.js";
import style from "./control.css";
import { membersPart } from "./members.js";
import { purse } from "./purse.js";

/** @type {MakeControl} */
export function committee(form, changed, { model, whenSettled }) {
  const node = h("div", { class: "committee" });
  const label = h("p", { class: "question", tabindex: -1, html: form.label });
  /** @type {Map<string, Card>} */
  let cards = new Map();
  /** @type {Comparison | null} */
  let table = null;
  let opened = ""; // the dossier that is open
  /** @type {ReturnType<typeof membersPart> | null} */
  let group = null;
  /** @type {Part[]} */
  let parts = []; // the envelope, and the end
  let then = ""; // what is asked with the decisions: "close" or "restart"
  let drawn = ""; // what is on the page, to draw again only when it changes

  /** @type {Sitting} */
  const sitting = { board: () => model.get("board"), ledger: () => model.get("ledger"), members: [], votes: {}, update, changed, whenSettled };
  const isOpen = () => !sitting.board().waiting && !sitting.board().closed;

  /** Draw what has changed, whichever news of it comes first; tell whether something had. */
  function draw() {
    const board = sitting.board();
    const text = JSON.stringify(board);
    if (text === drawn) return false;
    drawn = text;
    const focused = node.contains(document.activeElement);
    group = isOpen() ? membersPart(sitting) : null;
    opened = "";
    cards = new Map(board.dossiers.filter(({ stopped }) => !stopped).map((dossier) => [dossier.key, cardOf(dossier)]));
    table = board.waiting ? null : comparison(board, cards, show);
    parts = board.waiting ? [] : [purse(sitting), closingPart(sitting, isOpen(), { close, restart })];
    node.replaceChildren(label, ...(parts.length ? laidOut(parts) : [h("p", { class: "waiting" }, board.waiting)]));
    write(model.get("value"));
    group?.unfold();
    if (focused) (/** @type {HTMLElement | null} */ (node.querySelector(".closed")) ?? label).focus(); // what had it is gone
    return true;
  }

  /** @param {Part[]} parts */
  function laidOut([money, end]) {
    return [money.node, group?.node ?? "", table?.node ?? "", ...[...cards.values()].map((card) => card.node), end.node];
  }

  /** @param {Dossier} dossier */
  const cardOf = (dossier) => dossierCard(dossier, sitting, { next, back: () => table?.focus(dossier.key) });

  /** Open a dossier, in place of the one that was. @param {string} key */
  function show(key) {
    cards.forEach((card) => (card.node.hidden = true));
    opened = key;
    table?.update(opened);
    cards.get(key)?.show();
  }

  /** Go on with the first dossier to decide after the one that is open; with closing, when there is none. */
  function next() {
    const keys = [...cards.keys()];
    const from = keys.indexOf(opened) + 1;
    const found = [...keys.slice(from), ...keys.slice(0, from)].find((key) => !cards.get(key)?.isWhole());
    if (found) show(found);
    else /** @type {HTMLElement | null} */ (node.querySelector(".closing button"))?.focus();
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
    table?.update(opened);
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
