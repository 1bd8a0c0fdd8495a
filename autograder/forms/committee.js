
// The committee's control (see committee.py). It stands after panel.js, in the same script: one control more.
// `board` is what is drawn (it changes when a sitting opens or closes), `ledger` what follows from each decision.

const MOST_MEMBERS = 8;

CONTROLS.committee = function committee(form, changed, model) {
  const node = h("div", { class: "committee" });
  const label = h("p", { class: "question", tabindex: -1, html: form.label });
  let cards = new Map(); // dossier -> {read, write, update}
  let [members, votes, then] = [[], {}, ""];
  let group = null; // the part where the members are named
  let drawn = ""; // what is on the page, to draw again only when it changes

  const board = () => model.get("board");
  const open = () => !board().waiting && !board().closed;

  /** Draw what has changed, whichever news of it comes first; tell whether something had. */
  function draw() {
    const text = JSON.stringify(board());
    if (text === drawn) return false;
    drawn = text;
    const focused = node.contains(document.activeElement);
    cards = new Map();
    group = open() ? membersPart() : null;
    if (board().waiting) node.replaceChildren(label, h("p", { class: "waiting" }, board().waiting));
    else {
      const parts = board().dossiers.map((dossier) => card(dossier));
      node.replaceChildren(label, group?.node ?? "", ...parts, closing());
    }
    write(model.get("value"));
    if (group) group.node.open = members.length > 1;
    if (focused) (node.querySelector(".closed") ?? label).focus(); // what had the focus is gone
    return true;
  }

  // Who is around the table

  function membersPart() {
    const [id, names] = [newId(), h("div", { class: "names" })];
    const counts = ["seul ou seule", ...Array.from({ length: MOST_MEMBERS - 1 }, (_, i) => `à ${i + 2}`)];
    const options = counts.map((text, i) => h("option", { value: i ? i + 1 : 0 }, text));
    const count = h("select", { id, onchange: () => resize(Number(count.value)) }, ...options);
    function resize(wanted) {
      members = Array.from({ length: wanted }, (_, i) => members[i] ?? "");
      update();
      changed();
    }
    function show() {
      count.value = members.length;
      if (names.childElementCount !== members.length)
        names.replaceChildren(
          ...members.map((_, i) => {
            const name = newId();
            const rename = (event) => {
              members[i] = event.target.value;
              update();
              changed(true);
            };
            const input = h("input", { id: name, class: "entry", type: "text", maxlength: 40, autocomplete: "off", oninput: rename });
            return h("div", { class: "pair" }, h("label", { for: name }, `Membre ${i + 1} : nom ou pseudonyme (facultatif)`), input);
          }),
        );
      names.querySelectorAll("input").forEach((input, i) => {
        if (input !== document.activeElement) input.value = members[i];
      });
    }
    const told = "Chacun vote avant la discussion ; les votes d’un dossier s’affichent quand tous ont voté. Ils ne sont pas notés.";
    return {
      node: h(
        "details",
        { class: "group" },
        h("summary", {}, "Jouer à plusieurs (facultatif)"),
        h("p", {}, told),
        h("div", { class: "pair" }, h("label", { for: id }, "Je joue"), count),
        names,
      ),
      show,
    };
  }

  // One dossier

  function card(dossier) {
    const title = newId();
    const heading = h("h4", { id: title }, `Dossier ${dossier.key} – ${dossier.name} (fictif)`);
    if (dossier.stopped) return h("section", { "aria-labelledby": title }, heading, h("p", {}, dossier.stopped));
    const parts = [
      heading,
      h("p", {}, dossier.promise),
      h("p", { class: "rumour" }, `Entendu : ${dossier.rumour}`),
    ];
    const sides = h("div", { class: "sides" }, indicators(dossier));
    parts.push(sides);
    if (open()) {
      const [ballot, decision] = [voting(dossier), deciding(dossier)];
      cards.set(dossier.key, { ...decision, update: () => [ballot.update(), decision.update()] });
      sides.append(h("div", {}, ballot.node, decision.node));
    }
    return h("section", { "aria-labelledby": title }, ...parts);
  }

  function indicators(dossier) {
    const heads = ["Indicateur", "Semestre précédent", "Ce semestre", "Évolution"];
    const rows = dossier.rows.map(([name, ...cells]) =>
      h("tr", {}, h("th", { scope: "row" }, name), ...cells.map((text, i) => h("td", { "data-head": heads[i + 1] }, text || "–"))),
    );
    return h(
      "div",
      { class: "campus-table", tabindex: 0, role: "group", "aria-label": `Indicateurs du dossier ${dossier.key}` },
      h(
        "table",
        {},
        h("caption", {}, `Dossier ${dossier.key} : indicateurs à l’ouverture du semestre ${board().number}`),
        h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col" }, text)))),
        h("tbody", {}, ...rows),
      ),
    );
  }

  /** A labelled list; `choose` is told of a choice. */
  function list(label, options, choose) {
    const id = newId();
    const items = options.map(([key, text]) => h("option", { value: key }, text));
    const select = h("select", { id, onchange: () => choose(select.value) }, h("option", { value: "" }, "— choisir —"), ...items);
    return { select, node: h("div", { class: "pair" }, h("label", { for: id }, label), select) };
  }

  function deciding(dossier) {
    const [name, noteId] = [newId(), newId()];
    const radios = dossier.choices.map(([value]) => h("input", { type: "radio", name, value, onchange: () => tell() }));
    const labels = dossier.choices.map(([, text], i) => h("label", { class: "option" }, radios[i], h("span", {}, text)));
    const proof = list("Preuve demandée", board().proofs, () => changed());
    const ground = list("Ce qui décide", board().grounds, () => changed());
    const note = h("input", { id: noteId, class: "entry", type: "text", maxlength: 300, autocomplete: "off", oninput: () => changed(true) });
    const money = h("p", { class: "money" });
    const choice = () => radios.find((radio) => radio.checked)?.value ?? "";
    function tell() {
      update();
      changed();
    }
    function update() {
      proof.node.hidden = !board().short.includes(choice());
      money.textContent = model.get("ledger").money ?? "";
      money.classList.toggle("over", Boolean(model.get("ledger").over));
    }
    return {
      node: h(
        "fieldset",
        { class: "decision" },
        h("legend", {}, `Décision du comité sur le dossier ${dossier.key}`),
        ...labels,
        proof.node,
        ground.node,
        h("div", { class: "pair" }, h("label", { for: noteId }, "Note pour le débat (facultative, non notée)"), note),
        money,
      ),
      read: () => choice() && { choice: choice(), proof: proof.select.value, ground: ground.select.value, note: note.value },
      write: (value) => {
        radios.forEach((radio) => (radio.checked = radio.value === value?.choice));
        if (value?.proof || !choice()) proof.select.value = value?.proof ?? "";
        if (value || !choice()) ground.select.value = value?.ground ?? ground.select.value;
        if (note !== document.activeElement) note.value = value?.note ?? "";
      },
      update,
    };
  }

  // Votes before the decision

  function voting(dossier) {
    const who = list("Qui vote", [], () => {});
    const choice = list("Son vote", dossier.choices, () => {});
    const ground = list("Sa raison", board().grounds, () => {});
    const [said, shown] = [h("p", { role: "status" }), h("div", { class: "votes" })];
    const summary = h("summary", {});
    const node = h(
      "details",
      { class: "ballot" },
      summary,
      who.node,
      choice.node,
      ground.node,
      h("button", { type: "button", class: "plain", onclick: vote }, "Enregistrer ce vote"),
      said,
      shown,
    );
    function vote() {
      if (!who.select.value || !choice.select.value) {
        said.textContent = "Choisissez qui vote, et son vote.";
        return;
      }
      const member = Number(who.select.value);
      const others = (votes[dossier.key] ?? []).filter((one) => one.member !== member);
      votes[dossier.key] = [...others, { member, choice: choice.select.value, ground: ground.select.value }];
      said.textContent = `Vote enregistré : ${nameOf(member)}.`;
      [who, choice, ground].forEach((one) => (one.select.value = ""));
      changed();
      who.select.focus();
    }
    function update() {
      node.hidden = members.length < 2;
      const state = model.get("ledger").votes?.[dossier.key] ?? { count: `0 sur ${members.length}`, voted: [], html: "" };
      summary.textContent = `Voter sur le dossier ${dossier.key} avant la discussion (votes : ${state.count})`;
      const chosen = who.select.value;
      const people = members.map((_, i) => h("option", { value: i }, nameOf(i) + (state.voted.includes(i) ? " (a voté)" : "")));
      who.select.replaceChildren(h("option", { value: "" }, "— choisir —"), ...people);
      who.select.value = chosen;
      shown.innerHTML = state.html;
    }
    return { node, update };
  }
  const nameOf = (member) => members[member] || `Membre ${member + 1}`;

  // The end of the sitting

  function closing() {
    const { number } = board();
    const [money, todo] = [h("p", { class: "money", role: "status" }), h("p", { class: "todo" })];
    const report = h("div", { class: "report" });
    const close = h("button", { type: "button", onclick: end }, `Clôturer le semestre ${number}`); // Enter must not close
    const restart = h("button", { type: "button", class: "plain", onclick: again }, "Recommencer la partie");
    const sure = h("p", { role: "status" });
    let asked = false;
    function end() {
      then = "close";
      node.closest("form").requestSubmit();
    }
    function again() {
      if (!asked) {
        asked = true;
        restart.textContent = "Oui, recommencer au semestre 1";
        sure.textContent = "Tous les semestres seront à rejouer. Une copie de cette partie sera gardée à côté du carnet.";
        return;
      }
      then = "restart";
      changed();
    }
    const told = `Une fois clôturé, le semestre ${number} ne se modifie plus. La suite s’affiche dans le formulaire suivant.`;
    const last = `Une fois clôturé, le semestre ${number} ne se modifie plus. Le bilan de la partie s’affiche ici.`;
    const part = h(
      "div",
      { class: "closing" },
      money,
      todo,
      open() ? h("p", {}, form.whole ? last : told) : h("p", { class: "closed", tabindex: -1 }, h("strong", {}, `Semestre ${number} clôturé.`)),
      h("div", { class: "actions" }, open() ? close : "", restart),
      sure,
      report,
    );
    cards.set("", {
      update: () => {
        const ledger = model.get("ledger");
        money.textContent = ledger.money ?? "";
        money.classList.toggle("over", Boolean(ledger.over));
        todo.textContent = ledger.todo ?? "";
        report.innerHTML = ledger.report ?? "";
      },
    });
    return part;
  }

  /** The panel's own buttons: there is something to check once the sitting is over, and nothing to erase. */
  function ownButtons() {
    const actions = node.closest("form")?.querySelector(":scope > .actions");
    if (!actions) return;
    const [check, clear] = actions.querySelectorAll("button");
    check.hidden = !board().closed;
    check.textContent = "Revoir le verdict";
    clear.hidden = true;
  }

  function update() {
    if (draw()) return;
    group?.show();
    cards.forEach((one) => one.update());
    ownButtons();
  }
  function read() {
    const decisions = {};
    cards.forEach((one, key) => {
      const decision = key && one.read();
      if (decision) decisions[key] = decision;
    });
    const value = { members, decisions, votes, then };
    then = "";
    return value;
  }
  function write(value) {
    if (draw()) return;
    members = [...(value?.members ?? [])];
    votes = { ...(value?.votes ?? {}) };
    cards.forEach((one, key) => key && one.write(value?.decisions?.[key]));
    update();
  }

  model.on("change:board", draw);
  model.on("change:ledger", update);
  draw();
  return { node, read, write };
};
