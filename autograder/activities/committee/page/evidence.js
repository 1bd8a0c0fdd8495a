// What the committee reads of one dossier: every indicator, six months ago and now.

import { h, newId } from "../../../forms/page/dom.js";

const HEADS = ["Indicateur", "Il y a six mois", "Ce semestre", "Évolution"];

/** @param {Dossier} dossier */
export function evidence(dossier) {
  const caption = h("caption", { id: newId(), class: "hidden-text" }, `Les preuves du dossier ${dossier.key}`);
  const lines = dossier.rows.map(([name, before, now, since]) => {
    const cells = before
      ? [h("td", { class: "then" }, before), h("td", {}, now), h("td", { class: "then" }, since)]
      : [h("td", { colspan: 3 }, now)];
    return h("tr", {}, h("th", { scope: "row" }, name), ...cells);
  });
  const heads = h("tr", {}, ...HEADS.map((name) => h("th", { scope: "col" }, name)));
  const table = h("table", {}, caption, h("thead", {}, heads), h("tbody", {}, ...lines));
  return h("div", { class: "campus-table evidence", tabindex: 0, role: "group", "aria-labelledby": caption.id }, table);
}
