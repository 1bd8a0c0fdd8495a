// A file drawn for this learner: `board` holds its text; the questions are the same for all.

import { french, h, labelled, list, newId, NONE, NOTHING, plain, twice } from "../../../forms/page/dom.js";
import { question } from "../../../forms/page/controls/picking.js";
import { panel } from "../../../forms/page/panel.js";
import style from "./control.css";

const EARLIER = "Vos réponses au dossier précédent comptent tant que vous n’avez pas répondu ici.";

/** @type {MakeControl} */
function casefile(form, changed, { model }) {
  /** @type {CasefileForm} */
  const { asks } = form.casefile;
  /** @returns {CasefileBoard} */
  const board = () => model.get("board");
  const text = h("div", { class: "text", role: "group", "aria-label": "Votre dossier", tabindex: -1 });
  const fields = asks.map((one) => field(one, changed));
  /** @type {string | null} */
  let drawn = null; // the file on the page
  let redraws = false; // another one is asked for
  let awaited = false; // it is on its way
  let still = ""; // what counts while nothing of another file is answered

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
      still = model.get("value") !== null || still === EARLIER ? EARLIER : NOTHING;
      return { then: "redraw" };
    }
    const filled = fields.map(({ name, input }) => [name, input.value.trim()]).filter(([, answer]) => answer);
    if (filled.length) still = "";
    return filled.length ? { drawn: board().drawn, ...Object.fromEntries(filled) } : null;
  }
  /** @param {Value} value */
  function write(value) {
    draw();
    if (value && value.drawn !== drawn) return; // of another draw: its board is on its way
    fields.forEach(({ name, input }) => (input.value = french(value?.[name] ?? "")));
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
  return { node, read, write, stillCounts: () => still };
}

/**
 * One question: a number with what it counts, or a list.
 *
 * @param {CasefileAsk} ask
 * @param {Changed} changed
 */
function field({ name, html, unit, options }, changed) {
  const input = options.length ? chooser(options, changed) : number(changed);
  const node = labelled(input, { html }, options.length ? "pair" : "counted");
  if (unit) {
    const beside = h("span", { class: "unit", id: newId() }, unit);
    input.setAttribute("aria-describedby", beside.id);
    node.append(beside);
  }
  return { name, input, node };
}

/**
 * @param {Choice[]} options
 * @param {Changed} changed
 */
const chooser = (options, changed) =>
  list([NONE, ...options.map(([key, html]) => /** @type {[string, string]} */ ([key, plain(html)]))], { onchange: () => changed() });

/** @param {Changed} changed */
const number = (changed) =>
  h("input", { type: "text", class: "entry number", inputmode: "decimal", autocomplete: "off", oninput: () => changed(true), onchange: () => changed() });

export default panel(casefile, style);
