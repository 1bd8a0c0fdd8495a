
// The inbox's control (see inbox.py). It stands after panel.js, in the same script: one control more.
// `board` holds the messages of the draw. Nothing here opens an address: a link only says where it leads.

CONTROLS.inbox = function inbox(form, changed, model) {
  const node = h("div", { class: "inbox" });
  const label = h("p", { class: "question", html: form.label });
  const progress = h("p", { class: "progress", role: "status" });
  const list = h("ol", { class: "mails" });
  const pane = h("section", { class: "mail" });
  const again = h("button", { type: "button", class: "plain", onclick: redraw }, "Trier une autre boîte");
  const sure = h("p", { role: "status" });
  let sorts = {}; // message -> sort
  let rows = new Map(); // message -> {button, state}
  let opened = null; // the message in the pane
  let drawn = null; // the seed on the page
  let asked = false; // whether another inbox was asked for once

  const board = () => model.get("board");
  const short = (sort) => board().sorts.find(([key]) => key === sort)?.[2];

  /** Draw the list when the seed changes; tell whether it did. */
  function draw() {
    if (drawn === board().seed) return false;
    const first = drawn === null;
    drawn = board().seed;
    [sorts, opened, asked] = [{}, null, false];
    rows = new Map(board().messages.map((mail, i) => [mail.id, row(mail, i)]));
    list.replaceChildren(...[...rows.values()].map(({ item }) => item));
    again.textContent = "Trier une autre boîte";
    sure.textContent = "";
    closed();
    update();
    if (!first) buttons()[0].focus(); // another inbox was asked for
    return true;
  }

  // The list: arrows go from one message to the next, Enter opens

  const buttons = () => [...rows.values()].map(({ button }) => button);
  function row(mail, i) {
    const state = h("span", { class: "state" });
    const open = () => show(mail);
    const button = h(
      "button",
      { type: "button", class: "plain", onclick: open, onkeydown: move, tabindex: i ? -1 : 0 },
      h("span", { class: "line" }, h("span", { class: "who" }, mail.name), h("span", { class: "at" }, mail.at)),
      h("span", { class: "line" }, h("span", { class: "subject" }, mail.subject), state),
    );
    return { item: h("li", {}, button), button, state };
  }
  function move(event) {
    const all = buttons();
    const from = all.indexOf(event.currentTarget);
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (all[to]) reach(all[to]).focus();
  }
  /** Make a message of the list the one that Tab reaches. */
  function reach(button) {
    buttons().forEach((one) => one.setAttribute("tabindex", one === button ? 0 : -1));
    return button;
  }

  // The message read

  function closed() {
    pane.replaceChildren(h("p", {}, "Choisissez un message dans la liste pour le lire."));
    pane.removeAttribute("aria-labelledby");
  }
  function show(mail) {
    opened = mail.id;
    const title = newId();
    const heading = h("h4", { id: title, tabindex: -1 }, mail.subject);
    const facts = [
      ["De (nom affiché)", mail.name],
      ["Adresse de l’expéditeur", mail.address],
      ...(mail.reply_to ? [["La réponse irait à", mail.reply_to]] : []),
      ["Reçu à", mail.at],
    ];
    const bar = h("p", { class: "bar", role: "status" }, "Placez-vous sur un lien pour voir sa cible.");
    const links = mail.body.filter((part) => part.target);
    const files = mail.attachments.map((name) => h("li", {}, name));
    pane.setAttribute("aria-labelledby", title);
    pane.replaceChildren(
      heading,
      h("dl", {}, ...facts.map(([name, value]) => h("div", {}, h("dt", {}, `${name} :`), h("dd", {}, value)))),
      h("div", { class: "body" }, ...mail.body.map((part) => (part.target ? link(part, bar) : h("p", {}, part)))),
      links.length ? bar : "",
      links.length ? targets(links) : "",
      files.length ? h("div", { class: "files" }, h("p", {}, "Pièces jointes (elles ne s’ouvrent pas ici) :"), h("ul", {}, ...files)) : "",
      sorting(mail),
    );
    update();
    reach(rows.get(mail.id).button);
    heading.focus();
  }
  function link({ text, target }, bar) {
    const tell = (then = "") => (bar.textContent = `Cible du lien : ${target}${then}`);
    const button = h(
      "button",
      {
        type: "button",
        class: "link",
        title: target,
        onfocus: () => tell(),
        onmouseenter: () => tell(),
        onclick: () => tell(" Les liens ne s’ouvrent pas dans cet exercice."),
      },
      text,
      h("span", { class: "hidden-text" }, ` (lien ; cible : ${target})`),
    );
    return h("p", {}, button);
  }
  function targets(links) {
    const items = links.map(({ text, target }) => h("li", {}, `« ${text} » mène à : `, h("code", {}, target)));
    return h("div", { class: "targets" }, h("p", {}, "Cibles des liens :"), h("ul", {}, ...items));
  }

  // What is done with it

  function sorting(mail) {
    const name = newId();
    const radios = board().sorts.map(([value]) => h("input", { type: "radio", name, value, onchange: () => sort(mail, value), onkeydown: enter }));
    const labels = board().sorts.map(([, text], i) => h("label", { class: "option" }, radios[i], h("span", {}, text)));
    radios.forEach((radio) => (radio.checked = radio.value === sorts[mail.id]));
    return h(
      "div",
      {},
      h("fieldset", {}, h("legend", {}, "Que faites-vous de ce message ?"), ...labels),
      h(
        "div",
        { class: "actions" },
        h("button", { type: "button", onclick: next }, "Message suivant à trier"),
        h("button", { type: "button", class: "plain", onclick: () => rows.get(mail.id).button.focus() }, "Retour à la liste"),
      ),
    );
  }
  function sort(mail, value) {
    sorts = { ...sorts, [mail.id]: value };
    update();
    changed();
  }
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
    else node.closest("form").querySelector('button[type="submit"]').focus();
  }
  function redraw() {
    if (!asked) {
      asked = true;
      again.textContent = "Oui, une autre boîte";
      sure.textContent = "Les douze messages changeront. Votre tri actuel compte jusqu’à ce que vous en commenciez un autre.";
      return;
    }
    again.then = "redraw";
    changed();
  }

  function contacts() {
    const rows = board().contacts.map(([who, domain]) => h("tr", {}, h("th", { scope: "row" }, who), h("td", {}, domain)));
    const people = h("tr", {}, h("th", { scope: "row" }, "Messageries grand public (usagers, associations)"), h("td", {}, board().mailboxes));
    const heads = h("tr", {}, h("th", { scope: "col" }, "Service"), h("th", { scope: "col" }, "Son domaine"));
    const caption = h("caption", {}, "Carnet d’adresses de Val-de-Brume (fictif)");
    const table = h("table", {}, caption, h("thead", {}, heads), h("tbody", {}, ...rows, people));
    const part = h("div", { class: "campus-table", tabindex: 0, role: "group", "aria-label": "Carnet d’adresses" }, table);
    return h("details", {}, h("summary", {}, "Carnet d’adresses : les domaines connus"), part);
  }

  function update() {
    const total = board().messages.length;
    const done = Object.keys(sorts).length;
    progress.textContent = `Messages triés : ${done} sur ${total}.`;
    rows.forEach(({ button, state }, id) => {
      button.setAttribute("aria-current", id === opened);
      state.textContent = sorts[id] ? `✓ ${short(sorts[id])}` : "à trier";
      state.classList.toggle("done", Boolean(sorts[id]));
    });
  }
  function read() {
    const { then } = again;
    delete again.then;
    return then ? { then } : { seed: board().seed, sorts };
  }
  function write(value) {
    draw();
    if (value && value.seed !== drawn) return; // of another draw: its board is on its way
    sorts = { ...(value?.sorts ?? {}) };
    pane.querySelectorAll('input[type="radio"]').forEach((radio) => (radio.checked = radio.value === sorts[opened]));
    update();
  }

  model.on("change:board", () => write(model.get("value")));
  const help = "Dans la liste : flèches pour passer d’un message à l’autre, Entrée pour l’ouvrir.";
  node.append(label, progress, h("p", { class: "help" }, help), contacts(), h("div", { class: "sides" }, list, pane), h("div", { class: "actions" }, again), sure);
  draw();
  return { node, read, write };
};
