// The page's side of a form (see panel.py for the messages). Texts named *html come escaped from the kernel.

const TYPING_DELAY = 400; // ms without a key before a typed answer is saved
const KERNEL_DELAY = 3000; // ms without a reply before the kernel is said to be away

const PAUSED =
  "Formulaire en pause : Python ne répond pas. S’il est en train de calculer, attendez qu’il ait fini. " +
  "Sinon, exécutez cette cellule (Maj + Entrée). Votre dernière réponse enregistrée n’est pas perdue.";
const UNSENT = " Ce que vous venez de saisir ici n’est pas encore enregistré.";

// --- Small helpers

let count = 0;
const newId = () => `campus-${Date.now().toString(36)}-${++count}`;

/** Create an element: h("p", {class: "x"}, "text", node). Properties starting with "on" are listeners. */
function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "html") node.innerHTML = value;
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;
const french = (value) => // a number, or what was typed, as it stands
  typeof value === "number" ? value.toLocaleString("fr-FR", { useGrouping: false, maximumFractionDigits: 15 }) : value;
const clock = (iso) => {
  const at = new Date(iso);
  return `${at.getHours()} h ${String(at.getMinutes()).padStart(2, "0")}`;
};

// --- Controls: each returns {node, read, write}. `read` gives null when there is no answer; `write(null)` empties.
// They call `changed()` on a choice, `changed(true)` while typing.

function question(form, ...children) {
  return h("fieldset", {}, h("legend", { html: form.label }), ...children);
}

function picks(form, changed, type) {
  const name = newId();
  const inputs = form.options.map(([key]) => h("input", { type, name, value: key, onchange: () => changed() }));
  const labels = form.options.map(([, html], i) => h("label", { class: "option" }, inputs[i], h("span", { html })));
  return {
    node: question(form, ...labels),
    read: () => inputs.find((input) => input.checked)?.value ?? null,
    write: (value) => inputs.forEach((input) => (input.checked = input.value === value)),
    inputs,
  };
}

function choice(form, changed) {
  return picks(form, changed, "radio");
}

function choices(form, changed) {
  const { node, inputs } = picks(form, changed, "checkbox");
  return {
    node,
    read: () => {
      const keys = inputs.filter((input) => input.checked).map((input) => input.value);
      return keys.length ? keys : null;
    },
    write: (value) => inputs.forEach((input) => (input.checked = (value ?? []).includes(input.value))),
  };
}

function match(form, changed) {
  const selects = new Map();
  const rows = form.items.map(([item, html]) => {
    const id = newId();
    const options = form.options.map(([key, text]) => h("option", { value: key }, plain(text)));
    const select = h("select", { id, onchange: () => changed() }, h("option", { value: "" }, "— choisir —"), ...options);
    selects.set(item, select);
    return h("div", { class: "pair" }, h("label", { for: id, html }), select);
  });
  return {
    node: question(form, ...rows),
    read: () => {
      const pairs = [...selects].filter(([, select]) => select.value).map(([item, select]) => [item, select.value]);
      return pairs.length ? Object.fromEntries(pairs) : null;
    },
    write: (value) => selects.forEach((select, item) => (select.value = value?.[item] ?? "")),
  };
}

/** A log: for each item a group, for each field a list, or a short text where it has no options. */
function log(form, changed) {
  const inputs = new Map();
  const field = (item, [name, html, options]) => {
    const id = newId();
    const key = `${item}.${name}`;
    const input = options.length
      ? h("select", { id, name: key, onchange: () => changed() }, h("option", { value: "" }, "— choisir —"), ...options.map(([option, text]) => h("option", { value: option }, plain(text))))
      : h("input", { id, name: key, type: "text", class: "entry", autocomplete: "off", spellcheck: "false", oninput: () => changed(true), onchange: () => changed() });
    inputs.set(key, input);
    return h("div", {}, h("label", { for: id, html }), input);
  };
  const groups = form.items.map(([item, html]) =>
    h("fieldset", { class: "entry-group" }, h("legend", { html }), h("div", { class: "columns" }, ...form.fields.map((one) => field(item, one)))),
  );
  return {
    node: question(form, ...groups),
    read: () => {
      const filled = [...inputs].filter(([, input]) => input.value.trim()).map(([key, input]) => [key, input.value]);
      return filled.length ? Object.fromEntries(filled) : null;
    },
    write: (value) => inputs.forEach((input, key) => (input.value = value?.[key] ?? "")),
  };
}

/** A button that keeps a starting position as it is: an untouched order or slider is not an answer. */
function keeper(onclick) {
  return h("button", { type: "button", class: "plain keep", onclick });
}

function order(form, changed) {
  let answered = false;
  const live = h("p", { class: "hidden-text", "aria-live": "polite" });
  const list = h("ol", { class: "order" });
  const first = form.options.map(([key]) => key);
  const rows = new Map(
    form.options.map(([key, html]) => {
      const move = (step, word) =>
        h(
          "button",
          { type: "button", class: "plain", onclick: (event) => shift(key, step, event.currentTarget) },
          h("span", { "aria-hidden": "true" }, step < 0 ? "↑ " : "↓ "),
          word,
          h("span", { class: "hidden-text" }, ` : ${plain(html)}`),
        );
      const buttons = h("span", { class: "moves" }, move(-1, "Monter"), move(1, "Descendre"));
      return [key, h("li", { "data-key": key }, h("div", {}, h("span", { class: "text", html }), buttons))];
    }),
  );
  const keep = keeper(() => confirm());
  keep.textContent = "Garder cet ordre";
  const keys = () => [...list.children].map((row) => row.dataset.key);

  function confirm() {
    answered = true;
    show();
    live.textContent = "Ordre gardé.";
    list.querySelector("button").focus();
    changed();
  }
  function shift(key, step, button) {
    const places = keys();
    const from = places.indexOf(key);
    const to = from + step;
    if (to < 0 || to >= places.length) {
      live.textContent = `Déjà en ${step < 0 ? "première" : "dernière"} position.`;
      return;
    }
    const row = rows.get(key);
    if (step < 0) list.children[to].before(row);
    else list.children[to].after(row);
    button.focus();
    live.textContent = `${plain(row.querySelector(".text").innerHTML)} : position ${to + 1} sur ${places.length}.`;
    answered = true;
    show();
    changed();
  }
  function show() {
    keep.hidden = answered;
    [...list.children].forEach((row, i) => {
      const [up, down] = row.querySelectorAll("button"); // aria-disabled keeps the focus, where disabled would lose it
      up.setAttribute("aria-disabled", i === 0);
      down.setAttribute("aria-disabled", i === list.children.length - 1);
    });
  }
  return {
    node: question(form, list, keep, live),
    read: () => (answered ? keys() : null),
    write: (value) => {
      answered = Boolean(value);
      list.replaceChildren(...(value ?? first).map((key) => rows.get(key)));
      show();
    },
  };
}

function numberField(form, changed, label, id = newId()) {
  const unit = form.unit && h("span", { class: "unit", id: newId() }, form.unit);
  const input = h("input", {
    id,
    type: "text",
    class: "entry number",
    inputmode: "decimal",
    autocomplete: "off",
    "data-unit": unit ? unit.id : false,
    "aria-describedby": unit ? unit.id : false,
    oninput: () => changed(true),
    onchange: () => changed(),
  });
  return { input, node: h("div", { class: "field" }, label(id), h("span", { class: "with-unit" }, input, unit || "")) };
}

function number(form, changed) {
  let state = null; // the steps of the explorer, when they are the answer
  const typed = (typing) => {
    state = null;
    changed(typing);
  };
  const { input, node } = numberField(form, typed, (id) => h("label", { for: id, class: "question", html: form.label }));
  const own = form.explorer && explorer(form.explorer, (steps) => form.explore(steps, own), (steps, value) => {
    state = steps;
    input.value = value;
    changed();
  });
  const tool = own && h("details", { ontoggle: (event) => event.target === tool && tool.open && own.start() }, h("summary", {}, "Chercher avec l’explorateur, sans code"), own.node);
  return {
    node: h("div", {}, node, tool || ""),
    read: () => state ?? (input.value.trim() ? input.value : null),
    write: (value) => {
      state = value?.steps ? value : null;
      if (state) {
        input.value = "";
        own?.load(state.steps);
      } else input.value = value == null ? "" : french(value);
    },
    shown: (view) => state && (input.value = view.value ?? ""),
  };
}

function slider(form, changed) {
  let value = null; // a number, or what was typed
  const [id, output] = [newId(), h("output", { "aria-live": "off" })];
  const range = h("input", { id, type: "range", min: form.min, max: form.max, step: form.step });
  range.addEventListener("input", () => take(Number(range.value), true));
  range.addEventListener("change", () => take(Number(range.value)));
  output.setAttribute("for", id);
  const typed = (typing) => {
    value = exact.input.value.trim() ? exact.input.value : null;
    const read = Number(exact.input.value.replace(/\s/g, "").replace(",", "."));
    if (value !== null && !Number.isNaN(read)) range.value = read;
    show();
    changed(typing);
  };
  const exact = numberField(form, typed, (input) => h("label", { for: input }, "Ou valeur exacte"));
  const keep = keeper(() => {
    take(Number(range.value));
    range.focus();
  });

  function take(next, typing) {
    value = next;
    exact.input.value = french(next);
    show();
    changed(typing);
  }
  function show() {
    const text = value === null ? "pas encore de réponse" : `${french(value)} ${form.unit}`.trim();
    output.textContent = text;
    range.setAttribute("aria-valuetext", text);
    range.classList.toggle("untouched", value === null);
    keep.textContent = `Répondre ${french(Number(range.value))} ${form.unit}`.trim();
    keep.hidden = value !== null;
  }
  return {
    node: question(
      form,
      h("div", { class: "field" }, h("label", { for: id }, "Curseur"), output),
      range,
      h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, french(form.min)), h("span", {}, french(form.max))),
      keep,
      exact.node,
    ),
    read: () => value,
    write: (next) => {
      value = next;
      exact.input.value = next === null ? "" : french(next);
      range.value = next ?? (Number(form.min) + Number(form.max)) / 2;
      show();
    },
  };
}

function text(form, changed) {
  const [id, words] = [newId(), h("p", { id: newId(), class: "words" })];
  const input = h(form.long ? "textarea" : "input", {
    id,
    class: "entry",
    rows: form.long ? 6 : false,
    type: form.long ? false : "text",
    "aria-describedby": form.long ? words.id : false,
    oninput: () => {
      show();
      changed(true);
    },
    onchange: () => changed(),
  });
  function show() {
    const total = input.value.split(/\s+/).filter(Boolean).length;
    words.textContent = `${total} mot${total > 1 ? "s" : ""}` + (form.min_words ? ` (${form.min_words} au moins)` : "");
  }
  return {
    node: h("div", { class: "field" }, h("label", { for: id, class: "question", html: form.label }), input, form.long ? words : ""),
    read: () => (input.value.trim() ? input.value : null),
    write: (value) => {
      input.value = value ?? "";
      show();
    },
  };
}

const CONTROLS = { choice, choices, order, match, log, number, slider, text };

// --- The panel

function render({ model, el }) {
  const exploring = new Map(); // request of the explorer -> [explorer, steps]
  const explore = (steps, own) => exploring.set(send("explore", { steps }), [own, steps]);
  const form = { ...model.get("form"), explore };
  const title = newId();
  const error = h("p", { class: "error", id: newId(), role: "alert" });
  const banner = h("p", { class: "banner paused", hidden: true });
  const notice = h("p", { class: "banner", role: "alert" });
  const saved = h("p", { class: "saved", role: "status" });
  const verdict = h("div", { class: "verdict", "aria-live": "polite" });
  const outdated = h("p", { class: "outdated" }, "Vous avez modifié votre réponse depuis cette vérification.");
  const control = CONTROLS[form.widget](form, changed, model);
  const hints = form.hints.map((html, i) =>
    h("details", { ontoggle: () => hintOpened(i + 1) }, h("summary", {}, `Indice ${i + 1}`), h("div", { html })),
  );
  const hintCount = h("p", { class: "hint-count" });
  const tries = h("ol", { class: "tries" });
  const past = h("details", { hidden: true }, h("summary", {}), tries);
  const clear = h("button", { type: "button", class: "plain", onclick: clearOrRestore }, "Effacer ma réponse");
  const root = h(
    "form",
    { class: "campus-form", lang: "fr", "aria-labelledby": title, novalidate: true, onsubmit: check, onkeydown: keepKeys },
    h("p", { class: "caption", id: title }, `Formulaire : ${form.title} (${form.points})`),
    banner,
    notice,
    control.node,
    error,
    h("div", { class: "actions" }, h("button", { type: "submit" }, "Vérifier ma réponse"), clear, saved),
    verdict,
    outdated,
    ...hints,
    hints.length ? hintCount : "",
    past,
  );

  let typing = null; // timer of a typed answer that is not sent yet
  let unsent = false; // the kernel has not acknowledged the latest answer
  let cleared = null; // the answer that was just erased, to restore it
  let opened = 0; // the furthest hint opened, ever
  let shownVerdict = ""; // writing the same one again would have it read aloud again
  const waiting = new Map(); // request -> timer

  // Exchanges with the kernel

  function send(action, more = {}) {
    clearTimeout(typing);
    typing = null;
    const request = newId();
    waiting.set(request, setTimeout(pause, KERNEL_DELAY));
    try {
      const answers = action === "save" || action === "check";
      model.send({ request, action, ...more, ...(answers ? { value: control.read() } : {}) });
    } catch {
      pause(); // the connection with the kernel is closed
    }
    return request;
  }
  function pause() {
    // A reopened notebook pauses all its forms at once: only what is about to be lost interrupts a screen reader.
    banner.setAttribute("role", unsent ? "alert" : "note");
    banner.textContent = PAUSED + (unsent ? UNSENT : "");
    banner.hidden = false;
    saved.textContent = "";
  }
  function receive(reply) {
    if (!waiting.has(reply.request)) return; // meant for another view
    for (const [request, timer] of waiting) {
      // The kernel answers in order: an earlier request without a reply is lost.
      clearTimeout(timer);
      waiting.delete(request);
      if (request === reply.request) break;
    }
    if ("tries" in reply) showPast(reply);
    if (reply.explore) showExplored(reply);
    if (waiting.size) return; // an answer sent since then is what counts
    banner.hidden = true;
    banner.textContent = "";
    if (typing !== null) return;
    if (reply.error) showError(reply.error);
    else if (reply.action !== "hint" && reply.action !== "explore") {
      unsent = false;
      showError("");
      if (reply.saved_at) saved.textContent = `Enregistré à ${clock(reply.saved_at)}`;
      else follow();
    }
  }
  function follow() {
    if (!unsent) control.write(model.get("value") ?? null);
  }

  // What the learner does

  function changed(isTyping = false) {
    unsent = true;
    cleared = null;
    clear.textContent = "Effacer ma réponse";
    saved.textContent = "";
    clearTimeout(typing);
    if (isTyping) typing = setTimeout(() => send("save"), TYPING_DELAY);
    else send("save");
  }
  function check(event) {
    event.preventDefault();
    unsent = true;
    send("check");
  }
  function hintOpened(level) {
    if (!hints[level - 1].open || level <= opened) return;
    showHints(level);
    send("hint", { level });
  }
  function clearOrRestore() {
    const [before, restored] = [control.read(), cleared];
    control.write(restored);
    changed();
    if (restored === null && before !== null) {
      cleared = before;
      clear.textContent = "Annuler l’effacement";
    }
  }
  function flush() {
    if (typing !== null) send("save");
  }
  // JupyterLab takes plain keys as commands (a: new cell, dd: delete) when the focus is on a button or a radio.
  // Shortcuts with Ctrl, Cmd or Alt, Shift + Enter, Escape and Tab stay its own; the answer goes first.
  function keepKeys(event) {
    const command = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter");
    if (command) flush();
    else if (event.key !== "Escape" && event.key !== "Tab") event.stopPropagation();
  }

  // What the panel shows

  function showError(message) {
    error.textContent = message;
    for (const input of root.querySelectorAll(".entry")) {
      const described = [input.getAttribute("data-unit"), message && error.id].filter(Boolean).join(" ");
      if (input.matches(".number")) input.setAttribute("aria-describedby", described);
      input.setAttribute("aria-invalid", Boolean(message));
    }
  }
  function showExplored(reply) {
    const [own, steps] = exploring.get(reply.request);
    exploring.delete(reply.request);
    own.show(reply.explore, steps);
    control.shown(reply.explore);
  }
  function showHints(level) {
    opened = Math.max(opened, level);
    hints.forEach((hint, i) => (hint.hidden = i > opened)); // the second is offered after the first
    const count = `Indices ouverts : ${opened} sur ${hints.length}.`;
    hintCount.textContent = opened ? `${count} Ils ne coûtent aucun point.` : "";
  }
  function showPast(reply) {
    showHints(reply.opened);
    past.hidden = !reply.tries;
    past.querySelector("summary").textContent = `Mes essais (${reply.tries})`;
    tries.innerHTML = reply.history;
  }
  function showState() {
    if (shownVerdict !== model.get("verdict")) {
      verdict.innerHTML = shownVerdict = model.get("verdict");
    }
    outdated.hidden = !model.get("outdated");
    notice.textContent = model.get("notice");
    notice.hidden = !model.get("notice");
  }

  model.on("msg:custom", receive);
  model.on("change:value", follow);
  model.on("change:verdict change:outdated change:notice", showState);
  model.on("comm_live_update", () => send("hello"));
  control.write(model.get("value") ?? null);
  showHints(0);
  showState();
  el.append(root);
  send("hello");

  return () => {
    flush();
    waiting.forEach((timer) => clearTimeout(timer));
  };
}

export default { render: (context) => (context.model.get("form").widget === "explore" ? renderExplorer : render)(context) };
