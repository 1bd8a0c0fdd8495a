// The table beside a rule, with what becomes of each row in words.

import { h } from "../../../forms/page/dom.js";

/** @param {RuleForm} form */
export function rows({ heads, column, rows: texts, numbers, caption }) {
  const states = texts.map(() => h("td", { class: "state" }));
  const lines = texts.map((row, i) =>
    h("tr", {}, ...row.map((text, place) => h("td", { class: numbers[place] ? "number" : false }, text)), states[i]),
  );
  const table = h(
    "table",
    {},
    h("caption", {}, caption),
    h("thead", {}, h("tr", {}, ...[...heads, column].map((head, place) => h("th", { scope: "col", class: numbers[place] ? "number" : false }, head)))),
    h("tbody", {}, ...lines),
  );
  return {
    node: h("div", { class: "campus-table", tabindex: 0, role: "region", "aria-label": "Le tableau, et ce que fait votre règle" }, table),
    /** @param {Tried["states"]} told */
    show(told) {
      lines.forEach((line, i) => {
        const [state, words] = told[i] ?? ["", ""];
        line.className = state;
        states[i].textContent = words;
      });
    },
  };
}
