// An incident, one hour on the page at a time: what is seen, what is decided, then what follows. `board` holds the hour.

import { h, isDouble, newId, submitOf, twice } from "../../../forms/page/dom.js";
import { panel } from "../../../forms/page/panel.js";
import style from "./control.css";
import { deciding } from "./decision.js";

/** @type {MakeControl} */
function incident(form, changed, { model, whenSettled }) {
  /** @returns {IncidentBoard} */
  const board = () => model.get("board");
  const label = h("p", { class: "question", html: form.label });
  const node = h("div", { class: "incident" });
  /** @type {Map<string, ReturnType<typeof deciding>>} */
  let parts = new Map();
  let then = ""; // what is asked with the decisions: "close" or "restart"
  let drawn = ""; // what is on the page, to draw again only when it changes

  const lacking = h("p", { class: "lacking", role: "status" });
  const again = twice(
    {
      first: "Recommencer la partie",
      second: "Oui, recommencer à la première heure",
      warning: "Toutes les heures seront à rejouer. Une copie de cette partie sera gardée à côté de vos réponses.",
    },
    () => ask("restart"),
  );

  /** @param {string} what */
  function ask(what) {
    then = what;
    const last = what === "close" && board().number === board().count;
    if (last) node.closest("form")?.requestSubmit(); // the game is over: it is judged
    else changed();
  }
  /** Close the hour once nothing lacks. @param {Event} event */
  function close(event) {
    if (!isDouble(event)) whenSettled(closeOrTell);
  }
  function closeOrTell() {
    const { todo } = model.get("ledger");
    if (todo) lacking.textContent = `Avant de clore cette heure. ${todo}`;
    else ask("close");
  }

  /** Draw what has changed; tell whether something had. */
  function draw() {
    const shown = board();
    const text = JSON.stringify(shown);
    if (text === drawn) return false;
    const first = drawn === "";
    drawn = text;
    parts = new Map(shown.over ? [] : shown.decisions.map((one) => [one[0], deciding(one, shown.lines, () => edited())]));
    const heading = h("h4", { tabindex: -1, id: newId() }, shown.over ? "La partie est finie" : `Heure ${shown.number} sur ${shown.count} · ${shown.at}`);
    lacking.textContent = "";
    again.forget();
    node.setAttribute("aria-labelledby", heading.id);
    const head = h("div", { class: "head" }, label, heading);
    node.replaceChildren(head, ...since(shown), ...(shown.over ? [] : hour(shown)), ...foot(shown));
    write(model.get("value"));
    if (!first) heading.focus(); // what had the focus is gone
    return true;
  }
  /** @param {IncidentBoard} shown */
  function hour({ where, lines }) {
    const seen = lines.map(([, letter, source, text]) =>
      h("li", {}, h("span", { class: "letter" }, letter), h("strong", {}, `${source}. `), text),
    );
    return [
      h("p", { class: "where" }, where),
      h("ul", { class: "seen", "aria-label": "Ce que vous voyez (fictif)" }, ...seen),
      h("div", { class: "decisions" }, ...[...parts.values()].map((part) => part.node)),
    ];
  }
  /** What was decided can be read again, and all of it begun again. @param {IncidentBoard} shown */
  function foot({ log, over, number, count }) {
    const end = h("button", { type: "button", onclick: close }, number < count ? "Clore cette heure" : "Clore la partie");
    const past = h("details", {}, h("summary", {}, "Relire la main courante"), h("div", { html: log }));
    return [h("div", { class: "actions" }, over ? "" : end, log ? again.node : ""), lacking, again.said, log ? past : ""];
  }

  function edited() {
    lacking.textContent = "";
    changed();
  }
  /** The panel's own buttons: there is something to check once the game is over, and nothing to erase. */
  function ownButtons() {
    const check = submitOf(node);
    const clear = check?.nextElementSibling;
    if (!check || !(clear instanceof HTMLElement)) return;
    check.hidden = !board().over;
    check.textContent = "Revoir le verdict";
    clear.hidden = true;
  }
  function read() {
    const asked = then;
    then = "";
    return { decisions: Object.fromEntries([...parts].map(([name, part]) => [name, part.read()])), then: asked };
  }
  /** @param {Value} value */
  function write(value) {
    if (draw()) return;
    parts.forEach((part, name) => part.write(value?.decisions?.[name]));
    ownButtons();
  }

  model.on("change:board", draw);
  draw();
  return { node, read, write };
}

/** What follows from the hour before. @param {IncidentBoard} board */
function since({ since }) {
  if (!since.length) return [];
  return [h("div", { class: "since" }, h("p", {}, "Ce qui s’ensuit"), h("ul", {}, ...since.map((text) => h("li", {}, text))))];
}

export default panel(incident, style);
