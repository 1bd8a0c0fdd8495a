// The inbox (inbox.py): `board` holds the messages of the draw. Nothing here opens an address: a link only says where it leads.

import { bringInSight, button, h, NOTHING, picks, submitOf, twice } from "../../../forms/page/dom.js";
import { panel } from "../../../forms/page/panel.js";
import style from "./control.css";
import { mailView } from "./mail.js";

const EARLIER = "Votre tri précédent compte tant que vous n’avez rien trié ici.";

/** @type {MakeControl} */
export function inbox(form, changed, { model }) {
  /** @returns {InboxBoard} */
  const board = () => model.get("board");
  const progress = h("p", { class: "progress", role: "status" });
  const list = h("ol", { class: "mails" });
  const pane = h("section", { class: "mail" });
  const again = twice(
    {
      first: "Trier une autre boîte",
      second: "Oui, une autre boîte",
      warning: "Les douze messages changeront. Votre tri actuel compte jusqu’à ce que vous en commenciez un autre.",
    },
    () => {
      then = "redraw";
      changed();
    },
  );
  let then = ""; // what is asked instead of sorting
  let still = ""; // what counts while nothing of another inbox is sorted
  /** @type {Record<string, string>} */
  let sorts = {}; // message -> sort
  /** @type {Map<string, {item: HTMLElement, button: HTMLButtonElement, state: HTMLElement}>} */
  let rows = new Map();
  /** @type {string | null} */
  let opened = null; // the message in the pane
  /** @type {number | null} */
  let drawn = null; // the seed on the page

  const short = (/** @type {string} */ sort) => board().sorts.find(([key]) => key === sort)?.[2];

  /** Draw the list when the seed changes. */
  function draw() {
    if (drawn === board().seed) return;
    const first = drawn === null;
    drawn = board().seed;
    [sorts, opened] = [{}, null];
    rows = new Map(board().messages.map((mail, i) => [mail.id, row(mail, i)]));
    list.replaceChildren(...[...rows.values()].map(({ item }) => item));
    again.forget();
    closed();
    update();
    if (!first) buttons()[0].focus(); // another inbox was asked for
  }

  // The list: arrows go from one message to the next, Enter opens

  const buttons = () => [...rows.values()].map((row) => row.button);
  /**
   * @param {Mail} mail
   * @param {number} i
   */
  function row(mail, i) {
    const state = h("span", { class: "state" });
    const opener = button("", () => show(mail));
    opener.tabIndex = i ? -1 : 0;
    opener.addEventListener("keydown", move);
    opener.append(
      h("span", { class: "line" }, h("span", { class: "who" }, mail.name), h("span", { class: "at" }, mail.at)),
      h("span", { class: "line" }, h("span", { class: "subject" }, mail.subject), state),
    );
    return { item: h("li", {}, opener), button: opener, state };
  }
  /** @param {KeyboardEvent} event */
  function move(event) {
    const all = buttons();
    const from = all.findIndex((one) => one === event.currentTarget);
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (all[to]) reach(all[to]).focus();
  }
  /** Make a message of the list the one that Tab reaches. @param {HTMLButtonElement} button */
  function reach(button) {
    buttons().forEach((one) => (one.tabIndex = one === button ? 0 : -1));
    return button;
  }
  /** @param {string} id */
  const buttonOf = (id) => /** @type {{button: HTMLButtonElement}} */ (rows.get(id)).button;

  // The message read

  function closed() {
    pane.replaceChildren(h("p", {}, "Choisissez un message dans la liste pour le lire."));
    pane.removeAttribute("aria-labelledby");
  }
  /** @param {Mail} mail */
  function show(mail) {
    opened = mail.id;
    const { heading, parts } = mailView(mail);
    pane.setAttribute("aria-labelledby", heading.id);
    pane.replaceChildren(...parts, sorting(mail));
    update();
    reach(buttonOf(mail.id));
    bringInSight(pane, heading);
  }

  // What is done with it

  /** @param {Mail} mail */
  function sorting(mail) {
    const options = board().sorts.map(([value, text]) => /** @type {[string, Node]} */ ([value, choice(text)]));
    const { inputs, labels } = picks("radio", options, (event) => sort(mail, /** @type {HTMLInputElement} */ (event.target).value));
    inputs.forEach((radio) => {
      radio.checked = radio.value === sorts[mail.id];
      radio.addEventListener("keydown", enter);
    });
    return h(
      "div",
      { class: "deciding" },
      h("fieldset", {}, h("legend", {}, "Que faites-vous de ce message\u00a0?"), h("div", { class: "choices" }, ...labels)),
      h(
        "div",
        { class: "actions" },
        h("button", { type: "button", onclick: next }, "Message suivant à trier"),
        button("Retour à la liste", () => buttonOf(mail.id).focus()),
      ),
    );
  }
  /**
   * @param {Mail} mail
   * @param {string} value
   */
  function sort(mail, value) {
    sorts = { ...sorts, [mail.id]: value };
    update();
    changed();
  }
  /** @param {KeyboardEvent} event */
  function enter(event) {
    if (event.key !== "Enter") return;
    event.preventDefault(); // Enter goes on; it does not check the whole inbox
    next();
  }
  function next() {
    const all = board().messages;
    const from = all.findIndex((mail) => mail.id === opened);
    const after = [...all.slice(from + 1), ...all.slice(0, from + 1)];
    const found = after.find((mail) => !sorts[mail.id]);
    if (found) show(found);
    else submitOf(node)?.focus();
  }

  function update() {
    const total = board().messages.length;
    progress.textContent = `Messages triés\u00a0: ${Object.keys(sorts).length} sur ${total}.`;
    rows.forEach(({ button, state }, id) => {
      button.setAttribute("aria-current", String(id === opened));
      state.textContent = sorts[id] ? `✓ ${short(sorts[id])}` : "à trier";
      state.classList.toggle("done", Boolean(sorts[id]));
    });
  }
  function read() {
    const asked = then;
    then = "";
    if (asked) still = model.get("value") !== null || still === EARLIER ? EARLIER : NOTHING;
    else if (Object.keys(sorts).length) still = "";
    return asked ? { then: asked } : { seed: board().seed, sorts };
  }
  /** @param {Value} value */
  function write(value) {
    draw();
    if (value && value.seed !== drawn) return; // of another draw: its board is on its way
    sorts = { ...(value?.sorts ?? {}) };
    /** @type {NodeListOf<HTMLInputElement>} */
    const radios = pane.querySelectorAll('input[type="radio"]');
    radios.forEach((radio) => (radio.checked = opened !== null && radio.value === sorts[opened]));
    update();
  }

  const help = "Dans la liste : flèches pour passer d’un message à l’autre, Entrée pour l’ouvrir.";
  const node = h(
    "div",
    { class: "inbox" },
    h("p", { class: "question", html: form.label }),
    progress,
    h("p", { class: "help" }, help),
    h("div", { class: "aids" }, ...board().aids.map(aside)),
    h("div", { class: "sides" }, list, pane),
    h("div", { class: "actions" }, again.node),
    again.said,
  );
  model.on("change:board", () => write(model.get("value")));
  draw();
  return { node, read, write, stillCounts: () => still };
}

/** A way to sort: where room lacks, only what it is called is shown. @param {string} text */
function choice(text) {
  const [name, then = ""] = text.split(/(?=\s:)/);
  return h("span", {}, h("strong", {}, name), h("span", { class: "then" }, then));
}

/** What stands beside the messages: closed until it is asked for. @param {Aid} aid */
function aside({ title, heads, rows }) {
  const lines = rows.map(([key, text]) => h("tr", {}, h("th", { scope: "row" }, key), h("td", {}, text)));
  const head = h("tr", {}, ...heads.map((name) => h("th", { scope: "col" }, name)));
  const table = h("table", {}, h("caption", {}, `${title} (fictif)`), h("thead", {}, head), h("tbody", {}, ...lines));
  const part = h("div", { class: "campus-table", tabindex: 0, role: "group", "aria-label": title }, table);
  return h("details", {}, h("summary", {}, title), part);
}

export default panel(inbox, style);
