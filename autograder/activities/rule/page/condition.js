// One condition of a rule: a column, a comparison, a value.

import { button, french, h, labelled, list, NONE } from "../../../forms/page/dom.js";

/** Tests whose value is picked among those of the column. */
const PICKED = ["eq", "ne"];

/**
 * @param {Criterion[]} criteria
 * @param {Changed} changed
 * @param {() => void} remove
 */
export function condition(criteria, changed, remove) {
  /** @type {HTMLSelectElement | null} */
  let test = null;
  /** @type {HTMLSelectElement | HTMLInputElement | null} */
  let value = null;
  const column = list([NONE, ...criteria.map(({ key, name }) => /** @type {[string, string]} */ ([key, name]))], { onchange: pick });
  const [tests, values] = [h("div"), h("div")];
  const legend = h("legend");
  const away = button("Retirer", remove);
  const node = h("fieldset", { class: "condition" }, legend, labelled(column, "Colonne", "part"), tests, values, away);

  const criterion = () => criteria.find(({ key }) => key === column.value);
  function pick() {
    drawTests();
    changed();
  }
  function drawTests() {
    const found = criterion();
    test = found ? list(found.tests, { onchange: compare }) : null;
    tests.replaceChildren(...(test ? [labelled(test, "Comparaison", "part")] : []));
    drawValue();
  }
  function compare() {
    const before = value?.value ?? "";
    drawValue();
    if (value) value.value = before;
    changed();
  }
  function drawValue() {
    const known = criterion()?.values;
    if (!test) value = null;
    else if (known && PICKED.includes(test.value))
      value = list([NONE, ...known.map((one) => /** @type {[string, string]} */ ([one, one]))], { onchange: () => changed() });
    else {
      const type = known ? {} : { inputmode: "decimal" };
      value = h("input", { type: "text", class: "entry", autocomplete: "off", oninput: () => changed(true), onchange: () => changed(), ...type });
    }
    values.replaceChildren(...(value ? [labelled(value, "Valeur", "part")] : []));
  }
  return {
    node,
    focus: () => column.focus(),
    /** Say which one this is. @param {number} rank @param {boolean} alone */
    number(rank, alone) {
      legend.textContent = `Condition ${rank}`;
      away.replaceChildren("Retirer", h("span", { class: "hidden-text" }, ` la condition ${rank}`));
      away.hidden = alone && !column.value;
    },
    /** Return the condition; null while it is not whole. @returns {Condition | null} */
    read: () => (test && value?.value.trim() ? [column.value, test.value, value.value] : null),
    /** @param {Condition | null} given */
    write(given) {
      if (column.value !== (given?.[0] ?? "")) {
        column.value = given?.[0] ?? "";
        drawTests();
      }
      if (!given || !test) return;
      if (test.value !== given[1]) {
        test.value = given[1];
        drawValue();
      }
      if (value) value.value = String(french(given[2]));
    },
  };
}
