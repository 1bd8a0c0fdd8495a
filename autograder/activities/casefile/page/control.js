// A file drawn for this learner: `board` holds its text; the questions are the same for all.

import { h, labelled, list, newId, NONE, picks, plain, french, twice } from "../../../forms/page/dom.js";
import { question } from "../../../forms/page/controls/picking.js";
import { panel } from "../../../forms/page/panel.js";
import style from "./control.css";

const SHORT = 32; // characters of an option that fit in a list

/** @type {MakeControl} */
function casefile(form, changed, { model }) {
  /** @type {CasefileForm} */
  const { asks } = form.casefile;
  /** @returns {CasefileBoard} */
  const board = () => model.get("board");
  const text = h("div", { class: "text", role: "group", "aria-label": "Votre dossier", tabindex: -1 });
  const fields = asks.map((one) => ({ name: one.name, ...field(one, changed) }));
  /** @type {string | null} */
  let drawn = null; // the file on the page
  let redraws = false; // another one is asked for
  let awaited = false; // it is on its way

  const again = twice(
    {
      first: "Tirer un autre dossier",
      second: "Oui, un autre dossier",
      warning: "Le dossier changera. Vos réponses actuelles comptent jusqu’à ce que vous répondiez sur l’autre.",
    },
    () => {
      redraws = awaited = true;
      changed();
    },
  );

  /** Draw the text when the file changes. */
  function draw() {
    if (drawn === board().drawn) return;
    drawn = board().drawn;
    text.innerHTML = board().html;
    again.forget();
    if (awaited) text.focus(); // and not when another exercise draws
    awaited = false;
  }
  function read() {
    if (redraws) {
      redraws = false;
      return { then: "redraw" };
    }
    const filled = fields.map(({ name, get }) => [name, get()]).filter(([, answer]) => answer);
    return filled.length ? { drawn: board().drawn, ...Object.fromEntries(filled) } : null;
  }
  /** @param {Value} value */
  function write(value) {
    draw();
    if (value && value.drawn !== drawn) return; // of another draw: its board is on its way
    fields.forEach(({ name, set }) => set(value?.[name] ?? ""));
  }
  model.on("change:board", () => write(model.get("value")));
  draw();
  const node = h(
    "div",
    { class: "casefile" },
    question(form, text, ...fields.map(({ node }) => node)),
    h("div", { class: "actions" }, again.node),
    again.said,
  );
  return { node, read, write };
}

/**
 * One question: a number, a list, or options that are too long for a list.
 *
 * @param {CasefileAsk} ask
 * @param {Changed} changed
 * @returns {{node: HTMLElement, get: () => string, set: (value: string | number) => void}}
 */
function field({ html, unit, options }, changed) {
  if (options.some(([, one]) => plain(one).length > SHORT)) return radios(html, options, changed);
  const input = options.length
    ? list([NONE, ...options.map(([key, one]) => /** @type {[string, string]} */ ([key, plain(one)]))], { onchange: () => changed() })
    : h("input", { type: "text", class: "entry number", inputmode: "decimal", autocomplete: "off", oninput: () => changed(true), onchange: () => changed() });
  const node = labelled(input, { html }, "ask");
  if (unit) {
    const beside = h("span", { class: "unit", id: newId() }, unit);
    input.setAttribute("aria-describedby", beside.id);
    node.append(beside);
  }
  return { node, get: () => input.value.trim(), set: (value) => (input.value = french(value)) };
}

/**
 * @param {string} html
 * @param {Choice[]} options
 * @param {Changed} changed
 */
function radios(html, options, changed) {
  const { inputs, labels } = picks("radio", options.map(([key, one]) => [key, h("span", { html: one })]), () => changed());
  return {
    node: h("fieldset", { class: "ask" }, h("legend", { html }), ...labels),
    get: () => inputs.find((input) => input.checked)?.value ?? "",
    set: (/** @type {string | number} */ value) => inputs.forEach((input) => (input.checked = input.value === value)),
  };
}

export default panel(casefile, style);
