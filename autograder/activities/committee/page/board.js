// The dossiers side by side: one column each, one line per indicator.

import { h, newId } from "../../../forms/page/dom.js";

/**
 * @param {CommitteeBoard} board
 * @returns {HTMLElement}
 */
export function comparison(board) {
  const still = board.dossiers.filter((dossier) => !dossier.stopped);
  if (!still.length) return h("div");
  const caption = h(
    "caption",
    { id: newId() },
    `Les dossiers, tous fictifs, à l’ouverture du semestre ${board.number}`,
    h("span", { class: "legend" }, "En petit : le semestre précédent, et l’évolution."),
  );
  const corner = h("th", { scope: "col" }, "Indicateur");
  const heads = still.map((dossier) => h("th", { scope: "col" }, `${dossier.key} – ${dossier.name}`));
  const body = [
    line("Ce qu’il fait", still.map((dossier) => [dossier.promise])),
    line("Ce qu’on en dit", still.map((dossier) => [dossier.rumour]), "rumour"),
    ...board.indicators.map((name, row) => line(name, still.map((dossier) => dossier.rows[row]))),
  ];
  const table = h("table", {}, caption, h("thead", {}, h("tr", {}, corner, ...heads)), h("tbody", {}, ...body));
  return h("div", { class: "campus-table compared", tabindex: 0, role: "group", "aria-labelledby": caption.id }, table);
}

/**
 * @param {string} name
 * @param {string[][]} cells what is read now, then the half-year before and the evolution
 * @param {string} [kind]
 */
function line(name, cells, kind = "") {
  const written = cells.map(([now, ...then]) => {
    const past = then.filter(Boolean);
    return h("td", { class: kind }, now, past.length ? h("span", { class: "then" }, past.join(" ; ")) : "");
  });
  return h("tr", {}, h("th", { scope: "row" }, name), ...written);
}
