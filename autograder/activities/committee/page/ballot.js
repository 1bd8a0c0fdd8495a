// Votes before the decision.

import { NONE, button, h, labelled, list } from "../../../forms/page/dom.js";

/**
 * @param {Dossier} dossier
 * @param {Sitting} sitting
 * @returns {Part}
 */
export function ballot(dossier, sitting) {
  const who = list([NONE]);
  const choice = list([NONE, ...dossier.choices]);
  const ground = list([NONE, ...sitting.board().grounds]);
  const said = h("p", { role: "status" });
  const shown = h("div", { class: "votes" });
  const summary = h("summary");
  const node = h(
    "details",
    { class: "ballot" },
    summary,
    labelled(who, "Qui vote"),
    labelled(choice, "Son vote"),
    labelled(ground, "Sa raison"),
    button("Enregistrer ce vote", vote),
    said,
    shown,
  );
  /** @param {number} member */
  const nameOf = (member) => sitting.members[member] || `Membre ${member + 1}`;

  function vote() {
    if (!who.value || !choice.value) {
      said.textContent = "Choisissez qui vote, et son vote.";
      return;
    }
    const member = Number(who.value);
    const others = (sitting.votes[dossier.key] ?? []).filter((one) => one.member !== member);
    sitting.votes[dossier.key] = [...others, { member, choice: choice.value, ground: ground.value }];
    said.textContent = `Vote enregistré : ${nameOf(member)}.`;
    for (const select of [who, choice, ground]) select.value = "";
    sitting.changed();
    who.focus();
  }
  function update() {
    const { members } = sitting;
    node.hidden = members.length < 2;
    const state = sitting.ledger().votes?.[dossier.key] ?? { count: `0 sur ${members.length}`, voted: [], html: "" };
    summary.textContent = `Voter sur le dossier ${dossier.key} avant la discussion (votes : ${state.count})`;
    const chosen = who.value;
    const people = list([NONE, ...members.map((_, i) => person(i, state.voted.includes(i)))]);
    who.replaceChildren(...people.children);
    who.value = chosen;
    shown.innerHTML = state.html;
  }
  /**
   * @param {number} i
   * @param {boolean} voted
   * @returns {[string, string]}
   */
  const person = (i, voted) => [String(i), nameOf(i) + (voted ? " (a voté)" : "")];
  return { node, update };
}
