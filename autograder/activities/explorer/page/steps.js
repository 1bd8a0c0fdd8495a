// The fields that describe one step more, or change one.

import { button, h, labelled, list, numberIn, picks } from "../../../forms/page/dom.js";

/** @type {[op: string, words: string][]} */
const OPERATIONS = [
  ["filter", "Garder des lignes"],
  ["sort", "Trier"],
  ["group", "Regrouper et calculer"],
  ["keep", "Garder des colonnes"],
  ["join", "Ajouter un autre tableau"],
  ["head", "Garder les premières lignes"],
  ["chart", "Dessiner en barres"],
];
export const WITHOUT_VALUE = ["missing", "present"]; // tests that compare with nothing

/**
 * A list, or an entry, with its label.
 *
 * @template {HTMLSelectElement | HTMLInputElement} Input
 * @param {string} label
 * @param {Input} input
 */
const field = (label, input) => ({ input, node: labelled(input, label, "explorer-field"), get: () => input.value });

/**
 * @param {string} label
 * @param {Iterable<[string, string]>} options
 * @param {() => void} [onchange]
 */
const select = (label, options, onchange = () => {}) => field(label, list(options, { onchange }));

/**
 * @param {string} label
 * @param {Record<string, string>} [properties]
 */
const entry = (label, properties = {}) => field(label, h("input", { type: "text", autocomplete: "off", ...properties }));

/** @param {Iterable<string>} names @returns {[string, string][]} */
const pairs = (names) => Array.from(names, (name) => [name, name]);

/** @param {Column[]} columns @returns {[string, string][]} */
const named = (columns) => columns.map(([name, , label]) => [name, label === name ? name : `${label} (${name})`]);

/**
 * The part where a step is described: `add` takes a new one, `change` one that replaces the step at a place.
 *
 * @param {Offer} offer
 * @param {{add: (step: Step) => void, change: (place: number, step: Step) => void}} acts
 */
export function stepFields(offer, acts) {
  /** @type {Column[]} */
  let shown = []; // of the table shown
  /** @type {Column[]} */
  let columns = []; // of the table that the step described changes
  /** @type {number | null} */
  let place = null; // of the step being changed
  /** @type {() => Step} */
  let read = () => ({ op: operation.get() });
  const others = Object.keys(offer.others);
  const operation = select("Que faire ?", OPERATIONS.filter(([op]) => op !== "join" || others.length), () => draw());
  const fields = h("div", { class: "explorer-fields" });
  const done = button("Ajouter cette étape", send);
  const leave = button("Ne rien modifier", stop);
  const form = h("div", { class: "explorer-add" }, operation.node, fields, done, leave);
  const node = h("details", {}, h("summary", { "data-focus": "add" }, "Ajouter une étape : regrouper, dessiner, joindre…"), form);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault(); // adds the step: the answer is not checked yet
    send();
  });

  const names = (numbers = false) => named(columns.filter(([, kind]) => kind === "number" || !numbers));
  /**
   * @param {string} label
   * @param {string} key
   * @param {{numbers?: boolean, onchange?: () => void}} [options]
   * @param {Step} [from]
   */
  const column = (label, key, { numbers = false, onchange } = {}, from) => set(select(label, names(numbers), onchange), from?.[key]);

  /** For each operation: its fields, and the step that they describe; `from` is a step to begin with. @type {Record<string, (from?: Step) => [{node: Node}[], () => Omit<Step, "op">]>} */
  const operations = {
    filter(from) {
      const value = set(entry("Valeur"), from?.value);
      const where = column("Colonne", "column", {}, from);
      const test = set(select("Condition", offer.tests, follow), from?.test);
      function follow() {
        value.node.hidden = WITHOUT_VALUE.includes(test.get());
      }
      follow();
      return [[where, test, value], () => ({ column: where.get(), test: test.get(), value: value.get() })];
    },
    sort(from) {
      const by = column("Colonne", "column", { onchange: () => order() }, from);
      const way = select("Dans l’ordre", []);
      function order() {
        const kind = columns.find(([name]) => name === by.get())?.[1] ?? "text";
        const [up, down] = offer.orders[kind];
        fill(way.input, [["down", down], ["up", up]]);
      }
      order();
      if (from) way.input.value = from.descending ? "down" : "up";
      return [[by, way], () => ({ column: by.get(), descending: way.get() === "down" })];
    },
    group(from) {
      const by = column("Par", "column", {}, from);
      const of = column("De la colonne", "of", { numbers: true }, from);
      const how = set(select("Calculer", offer.summaries, follow), from?.by);
      function follow() {
        of.node.hidden = how.get() === "count";
      }
      follow();
      return [[by, how, of], () => ({ column: by.get(), by: how.get(), of: of.get() })];
    },
    keep(from) {
      const { inputs, labels } = picks("checkbox", names(), () => {});
      const kept = Array.isArray(from?.columns) ? from.columns : [];
      for (const box of inputs) box.checked = kept.includes(box.value);
      const group = { node: h("fieldset", {}, h("legend", {}, "Colonnes à garder"), ...labels) };
      return [[group], () => ({ columns: inputs.filter((box) => box.checked).map((box) => box.value) })];
    },
    join(from) {
      const other = set(select("Tableau à ajouter", pairs(others)), from?.table);
      const key = column("Par la colonne commune", "key", {}, from);
      return [[other, key], () => ({ table: other.get(), key: key.get() })];
    },
    head(from) {
      const rows = set(entry("Nombre de lignes", { inputmode: "numeric", value: "10" }), from?.rows);
      return [[rows], () => ({ rows: numberIn(rows.get()) })];
    },
    chart(from) {
      const [label, of] = [column("Une barre par", "column", {}, from), column("Longueur", "of", { numbers: true }, from)];
      return [[label, of], () => ({ column: label.get(), of: of.get() })];
    },
  };

  /** @param {Step} [from] */
  function draw(from) {
    const op = operation.get();
    const [controls, values] = operations[op](from);
    read = () => ({ op, ...values() });
    fields.replaceChildren(...controls.map((control) => control.node));
  }
  function send() {
    if (place === null) acts.add(read());
    else acts.change(place, read());
  }
  function stop() {
    place = null;
    done.textContent = "Ajouter cette étape";
    leave.hidden = true;
    columns = shown;
    draw();
  }
  /** Offer the columns of the table now shown: a step was added, or changed. @param {Column[]} next */
  function follow(next) {
    shown = next;
    stop();
  }
  /**
   * Begin to change a step.
   *
   * @param {number} at
   * @param {Step} step
   * @param {Column[]} before the columns of the table before it
   */
  function edit(at, step, before) {
    place = at;
    columns = before;
    operation.input.value = step.op;
    draw(step);
    done.textContent = "Modifier cette étape";
    leave.hidden = false;
    node.open = true;
    operation.input.focus();
  }
  return { node, follow, edit };
}

/**
 * Offer other options in a list; the first one is chosen.
 *
 * @param {HTMLSelectElement} input
 * @param {[string, string][]} options
 */
export function fill(input, options) {
  input.replaceChildren(...list(options).children);
  input.selectedIndex = 0;
}

/**
 * Show a value in a field, when there is one.
 *
 * @template {{input: HTMLSelectElement | HTMLInputElement}} Field
 * @param {Field} own
 * @param {unknown} value
 */
function set(own, value) {
  if (value !== undefined) own.input.value = String(value);
  return own;
}
