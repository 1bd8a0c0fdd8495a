// Who is around the table.

import { h, labelled, list } from "../../../forms/page/dom.js";

const MOST_MEMBERS = 8;
const TOLD =
  "Chacun vote avant la discussion ; les votes d’un dossier s’affichent quand tous ont voté. Ils ne sont pas notés.";

/**
 * @param {Sitting} sitting
 * @returns {Part & {unfold: () => void}}
 */
export function membersPart(sitting) {
  const names = h("div", { class: "names" });
  const others = Array.from({ length: MOST_MEMBERS - 1 }, (_, i) => /** @type {[string, string]} */ ([`${i + 2}`, `à ${i + 2}`]));
  const count = list([["0", "seul ou seule"], ...others], { onchange: () => resize(Number(count.value)) });
  const node = h(
    "details",
    { class: "group" },
    h("summary", {}, "Jouer à plusieurs (facultatif)"),
    h("p", {}, TOLD),
    labelled(count, "Je joue"),
    names,
  );

  /** @param {number} wanted */
  function resize(wanted) {
    sitting.members = Array.from({ length: wanted }, (_, i) => sitting.members[i] ?? "");
    sitting.update();
    sitting.changed();
  }
  /** @param {number} i */
  function nameField(i) {
    const oninput = () => {
      sitting.members[i] = input.value;
      sitting.update();
      sitting.changed(true);
    };
    const input = h("input", { class: "entry", type: "text", maxlength: 40, autocomplete: "off", oninput });
    return labelled(input, `Membre ${i + 1} : nom ou pseudonyme (facultatif)`);
  }
  function update() {
    const { members } = sitting;
    count.value = String(members.length);
    if (names.childElementCount !== members.length) names.replaceChildren(...members.map((_, i) => nameField(i)));
    names.querySelectorAll("input").forEach((input, i) => {
      if (input !== document.activeElement) input.value = members[i];
    });
  }
  return { node, update, unfold: () => (node.open = sitting.members.length > 1) };
}
