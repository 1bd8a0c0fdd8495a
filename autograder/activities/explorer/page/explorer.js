// A table explored as a sheet (explorer.py): its headers sort and filter, its foot calculates; all of it is written as steps.

import { addStyle, button, h } from "../../../forms/page/dom.js";
import { wholeCode } from "./code.js";
import { columnDialog } from "./column.js";
import style from "./control.css";
import { foot } from "./foot.js";
import { added, filterOn, replaced, without } from "./plan.js";
import { wholeScreen } from "./screen.js";
import { sentences } from "./sentences.js";
import { sheet } from "./sheet.js";
import { stepFields } from "./steps.js";
import { bars, empty } from "./views.js";

const HOW = "Ouvrez le titre d’une colonne pour trier, ou pour garder des lignes.";
const NO_STEP = "Vos étapes s’écriront ici, une par une.";

/**
 * Build an explorer.
 *
 * @param {Offer} offer
 * @param {Ask} ask asks the kernel what steps give, or the values of a column
 * @param {{answer?: (steps: Step[], value: string) => void, shown?: (view: View, steps: Step[]) => void, table?: boolean}} [answers]
 *   `answer` takes the number found as an answer, or the table with `table`; `shown` is told of what is shown
 */
export function explorer(offer, ask, { answer, shown, table: whole = false } = {}) {
  addStyle(style);
  /** @type {Step[]} */
  let steps = [];
  let latest = steps; // the steps last asked for: opening the explorer must not forget those still on their way
  let value = ""; // the last result
  let place = -1; // of the filter that the dialog changes, -1 for a new one
  const use = answer ? button(`Répondre avec ce ${whole ? "tableau" : "résultat"}`, () => (screen.close(), answer(steps, value))) : null;
  const error = h("p", { class: "error", role: "alert" });
  const fields = stepFields(offer, {
    add: (step) => change(added(steps, step)),
    change: (at, step) => change(replaced(steps, at, step)),
  });
  const done = h("ol", { class: "explorer-steps", "aria-label": "Étapes" });
  const none = h("p", { class: "explorer-told" }, NO_STEP);
  const restart = button("Tout recommencer", () => change([]));
  const end = foot(offer, (step) => change(step ? added(steps, step) : steps.slice(0, -1)), { use, numbers: !whole });
  const picture = h("div", { class: "explorer-chart" });
  const nothing = h("div", {});
  const table = h("div", { class: "explorer-table", tabindex: 0, role: "region", "aria-label": "Tableau", "data-focus": "table" });
  const dialog = columnDialog(offer, ask, decide);
  const code = wholeCode();
  const screen = wholeScreen(
    h("div", { class: "explorer-side" }, none, done, fields.node),
    h("div", { class: "explorer-main" }, error, nothing, table, end.node, picture),
  );
  screen.tools.prepend(h("p", { class: "explorer-told" }, HOW), restart);
  const node = h("div", { class: "explorer" }, screen.node, code.node, dialog.node);

  /** @param {Step[]} next */
  function change(next) {
    latest = next;
    if (use) use.disabled = true; // until its answer is shown: one answers with what one sees
    ask("explore", { steps: next }, (/** @type {View} */ view) => show(view, next));
  }
  /**
   * @param {Step} step
   * @param {boolean} isFilter
   */
  function decide(step, isFilter) {
    change(isFilter && place >= 0 ? replaced(steps, place, step) : added(steps, step));
  }
  /**
   * @param {Column} column
   * @param {HTMLElement} header
   */
  function openColumn(column, header) {
    place = filterOn(steps, column[0]);
    const before = place < 0 ? steps : steps.slice(0, place);
    dialog.open({ column, before, filter: steps[place], near: header.getBoundingClientRect() });
  }
  /**
   * @param {number} at
   * @param {HTMLElement} from
   */
  function edit(at, from) {
    const [step, before] = [steps[at], steps.slice(0, at)];
    if (step.op === "summary") return end.focus();
    ask("explore", { steps: before }, (/** @type {View} */ { columns }) => {
      const column = columns.find(([name]) => name === step.column);
      if (step.op !== "filter" || !column) return fields.edit(at, step, columns);
      place = at;
      dialog.open({ column, before, filter: step, near: from.getBoundingClientRect() });
    });
  }
  /**
   * @param {View} view
   * @param {Step[]} asked
   */
  function show(view, asked) {
    if (use) use.disabled = false;
    error.textContent = view.error;
    const { emptied } = view;
    nothing.replaceChildren(
      ...(emptied ? [empty(emptied, (step) => change(replaced(asked, emptied.step, step)))] : []),
    );
    if (view.error) {
      latest = steps;
      return;
    }
    steps = asked;
    value = view.value ?? "";
    const focused = focusIn(node);
    fields.follow(view.columns);
    done.replaceChildren(...sentences(view, { edit, remove: (at) => change(without(steps, at)) }));
    restart.hidden = !steps.length;
    none.hidden = steps.length > 0;
    end.show(view, steps);
    if (use) use.hidden = !whole && view.value === null;
    picture.replaceChildren(...(view.chart ? [bars(view.chart, view.texts.at(-1) ?? "")] : []));
    table.replaceChildren(sheet(view, steps, openColumn));
    code.show(view.lines);
    focused();
    shown?.(view, steps);
  }
  return {
    node,
    start: () => change(latest),
    load: change,
    /** Say something that is no result. @param {string} text */
    tell: (text) => (error.textContent = text),
  };
}

/** Note where the focus is; what is returned puts it back there once all is drawn anew, or on the table. @param {HTMLElement} node */
function focusIn(node) {
  const active = node.ownerDocument.activeElement;
  const inside = active instanceof HTMLElement && node.contains(active);
  const key = inside ? active.dataset.focus : undefined;
  return () => {
    if (!inside || (active.isConnected && active.checkVisibility())) return;
    const again = key && node.querySelector(`[data-focus="${CSS.escape(key)}"]`);
    const target = again || node.querySelector('[data-focus="table"]');
    if (target instanceof HTMLElement) target.focus();
  };
}
