// The dossiers side by side, a line each: what each claims in a word or two, what is decided of it, and the button that opens it.

import { button, h, newId } from "../../../forms/page/dom.js";

/**
 * @param {CommitteeBoard} board
 * @param {Map<string, Card>} cards
 * @param {(key: string) => void} open
 * @returns {Comparison}
 */
export function comparison(board, cards, open) {
  const told = board.closed ? "Ouvrez-en un pour relire ses preuves." : "Ouvrez-en un par son nom\u00a0: ses preuves et votre décision s’affichent ensemble.";
  const title = `Les dossiers, tous fictifs, à l’ouverture du semestre ${board.number}`;
  const caption = h("caption", { id: newId() }, title, h("span", { class: "legend" }, told));
  const heads = ["Dossier", ...board.compared, board.closed ? "Décision" : "Votre décision"];
  const lines = board.dossiers.map((dossier) => (dossier.stopped ? stopped(dossier, heads.length - 1) : line(dossier, open)));
  const table = h(
    "table",
    {},
    caption,
    h("thead", {}, h("tr", {}, ...heads.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...lines.map(({ node }) => node)),
  );
  const part = h("div", { class: "campus-table compared", tabindex: 0, role: "group", "aria-labelledby": caption.id }, table);
  const buttons = new Map(lines.flatMap(({ key, opener }) => (opener ? [[key, opener]] : [])));

  /** Tell what is decided, and which dossier is open. @param {string} opened */
  function update(opened) {
    for (const { key, opener, said } of lines) {
      opener?.setAttribute("aria-current", String(key === opened));
      if (said) said.textContent = cards.get(key)?.said() ?? "";
    }
  }
  return { node: part, update, focus: (key) => buttons.get(key)?.focus() };
}

/**
 * @param {Dossier} dossier
 * @param {(key: string) => void} open
 */
function line(dossier, open) {
  const opener = button(named(dossier), () => open(dossier.key));
  const said = h("td", { class: "said" });
  const cells = dossier.brief.map((text) => h("td", {}, text));
  return { key: dossier.key, opener, said, node: h("tr", {}, h("th", { scope: "row" }, opener), ...cells, said) };
}

/**
 * @param {Dossier} dossier
 * @param {number} width how many columns follow its name
 */
function stopped(dossier, width) {
  const node = h("tr", {}, h("th", { scope: "row" }, named(dossier)), h("td", { colspan: width }, dossier.stopped ?? ""));
  return { key: dossier.key, opener: null, said: null, node };
}

/** @param {Dossier} dossier */
export const named = ({ key, name }) => `${key} – ${name}`;
