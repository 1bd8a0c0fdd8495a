
// --- The explorer (see explorer.py): a table explored by choices, each with the pandas line that does the same.

const OPERATIONS = [
  ["filter", "Garder des lignes"],
  ["sort", "Trier"],
  ["group", "Regrouper et calculer"],
  ["summary", "Calculer un seul nombre"],
  ["keep", "Garder des colonnes"],
  ["join", "Ajouter un autre tableau"],
  ["head", "Garder les premières lignes"],
  ["chart", "Dessiner en barres"],
];

/** Build an explorer: `ask(steps)` sends the steps, and `show(view)` is called with the kernel's answer. */
function explorer(offer, ask, answer = null) {
  let steps = [];
  let shown = null; // the last view
  let columns = [];
  const live = h("p", { class: "explorer-live", role: "status" });
  const error = h("p", { class: "error", role: "alert" });
  const fields = h("div", { class: "explorer-fields" });
  const done = h("ol", { class: "explorer-steps" });
  const result = h("p", { class: "explorer-result", "aria-live": "polite" });
  const picture = h("div", { class: "explorer-chart" });
  const table = h("div", { class: "explorer-table", tabindex: 0, role: "region", "aria-label": "Aperçu du tableau" });
  const code = h("pre", { tabindex: 0, "aria-label": "Le même travail, en code" });
  const operation = select("Que faire ?", OPERATIONS.filter(([op]) => op !== "join" || Object.keys(offer.others).length), showFields);
  const button = (text, onclick) => h("button", { type: "button", class: "plain", onclick }, text);
  const use = answer && button("Répondre avec ce résultat", () => answer({ steps }, shown.value));
  const node = h(
    "div",
    { class: "explorer" },
    live,
    h("div", { class: "explorer-add" }, operation.node, fields, button("Ajouter cette étape", add)),
    error,
    done,
    h("div", { class: "actions" }, button("Retirer la dernière étape", () => change(steps.slice(0, -1))), button("Tout recommencer", () => change([]))),
    result,
    use || "",
    picture,
    table,
    h("details", {}, h("summary", {}, "Le même travail, en code"), code, button("Copier le code", copy)),
  );

  function select(label, options, onchange = () => {}) {
    const id = newId();
    const input = h("select", { id, onchange }, ...options.map(([key, text]) => h("option", { value: key }, text)));
    return { input, node: h("span", { class: "explorer-field" }, h("label", { for: id }, label), input), get: () => input.value };
  }
  function entry(label, type = "text") {
    const id = newId();
    const input = h("input", { id, type: "text", autocomplete: "off", inputmode: type === "number" ? "numeric" : false });
    return { input, node: h("span", { class: "explorer-field" }, h("label", { for: id }, label), input), get: () => input.value };
  }
  const names = (numbers) => columns.filter(([, isNumber]) => isNumber || !numbers).map(([name]) => [name, name]);

  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault(); // adds the step: the answer is not checked yet
    add();
  });

  let read = () => null; // the step that the fields describe
  function showFields() {
    const op = operation.get();
    const column = (label, numbers = false) => select(label, names(numbers));
    const lists = {
      filter: () => {
        const [where, test, value] = [column("Colonne"), select("Condition", offer.tests), entry("Valeur")];
        const toggle = () => (value.node.hidden = ["missing", "present"].includes(test.get()));
        test.input.addEventListener("change", toggle);
        return [[where, test, value], () => ({ op, column: where.get(), test: test.get(), value: value.get() })];
      },
      sort: () => {
        const [by, way] = [column("Colonne"), select("Dans l’ordre", [["down", "du plus grand au plus petit"], ["up", "du plus petit au plus grand"]])];
        return [[by, way], () => ({ op, column: by.get(), descending: way.get() === "down" })];
      },
      group: () => {
        const [by, how, of] = [column("Par"), select("Calculer", offer.summaries), column("De la colonne", true)];
        how.input.addEventListener("change", () => (of.node.hidden = how.get() === "count"));
        return [[by, how, of], () => ({ op, column: by.get(), by: how.get(), of: of.get() })];
      },
      summary: () => {
        const [how, of] = [select("Calculer", offer.summaries), column("De la colonne", true)];
        how.input.addEventListener("change", () => (of.node.hidden = how.get() === "count"));
        return [[how, of], () => ({ op, by: how.get(), of: of.get() })];
      },
      keep: () => {
        const boxes = names(false).map(([name]) => h("input", { type: "checkbox", value: name }));
        const labels = boxes.map((box) => h("label", { class: "option" }, box, h("span", {}, box.value)));
        const group = { node: h("fieldset", {}, h("legend", {}, "Colonnes à garder"), ...labels) };
        return [[group], () => ({ op, columns: boxes.filter((box) => box.checked).map((box) => box.value) })];
      },
      join: () => {
        const [other, key] = [select("Tableau à ajouter", Object.keys(offer.others).map((name) => [name, name])), column("Par la colonne commune")];
        return [[other, key], () => ({ op, table: other.get(), key: key.get() })];
      },
      head: () => {
        const rows = entry("Nombre de lignes", "number");
        rows.input.defaultValue = "10";
        return [[rows], () => ({ op, rows: Number(rows.get()) })];
      },
      chart: () => {
        const [label, of] = [column("Une barre par"), column("Longueur", true)];
        return [[label, of], () => ({ op, column: label.get(), of: of.get() })];
      },
    };
    const [controls, reader] = lists[op]();
    read = reader;
    fields.replaceChildren(...controls.map((control) => control.node));
  }

  let latest = []; // the steps last asked for: opening the explorer must not forget those still on their way
  function change(next) {
    latest = next;
    if (use) use.disabled = true; // until its answer is shown: one answers with what one sees
    ask(next);
  }
  function add() {
    change([...steps, read()]);
  }
  async function copy() {
    try {
      await navigator.clipboard.writeText(code.textContent);
      live.textContent = "Code copié : collez-le dans une cellule (Ctrl + V).";
    } catch {
      window.getSelection().selectAllChildren(code);
      live.textContent = "Code sélectionné : copiez-le avec Ctrl + C.";
    }
  }
  function show(view, asked) {
    if (use) use.disabled = false;
    error.textContent = view.error;
    if (view.error) {
      latest = steps;
      return;
    }
    [steps, shown] = [asked, view];
    const same = JSON.stringify(columns) === JSON.stringify(view.columns);
    columns = view.columns;
    if (!same) showFields();
    else fields.querySelectorAll("input[type=text]").forEach((input) => (input.value = input.defaultValue));
    const count = (n) => `${n.toLocaleString("fr-FR")} ligne${n > 1 ? "s" : ""}`;
    const aside = view.missing ? ` (${count(view.missing)} sans valeur laissée${view.missing > 1 ? "s" : ""} de côté)` : "";
    live.textContent = steps.length ? `${count(view.before)} au départ, ${count(view.rows)} maintenant${aside}.` : `${count(view.before)}.`;
    done.replaceChildren(
      ...view.texts.map((text, i) =>
        h("li", {}, h("span", {}, text), h("code", {}, view.lines[i + 1]), remove(text, i)),
      ),
    );
    result.textContent = view.value === null ? "" : `Résultat : ${view.value}`;
    if (use) use.hidden = view.value === null;
    picture.replaceChildren(...(view.chart ? [bars(view)] : []));
    table.replaceChildren(preview(view));
    code.textContent = view.lines.join("\n");
  }
  function remove(text, place) {
    const node = button("Retirer", () => change(steps.filter((_, i) => i !== place)));
    node.append(h("span", { class: "hidden-text" }, ` : ${text}`));
    return node;
  }
  function bars(view) {
    const rows = view.chart.map(([label, value, length]) =>
      h(
        "li",
        {},
        h("span", {}, label),
        h("span", { class: "bar", style: `width: ${length * 100}%`, "aria-hidden": "true" }),
        h("span", {}, value),
      ),
    );
    return h("figure", {}, h("figcaption", {}, view.texts.at(-1)), h("ul", {}, ...rows));
  }
  function preview(view) {
    const more = view.rows > view.head.length ? ` (${view.head.length} premières lignes)` : "";
    const head = view.columns.map(([name]) => h("th", { scope: "col" }, name));
    const rows = view.head.map((row) => h("tr", {}, ...row.map((text) => h("td", {}, text))));
    return h(
      "table",
      {},
      h("caption", {}, `Aperçu${more}`),
      h("thead", {}, h("tr", {}, ...head)),
      h("tbody", {}, ...rows),
    );
  }
  return { node, show, start: () => change(latest), load: change };
}

/** The explorer on its own, as the value of a cell. */
function renderExplorer({ model, el }) {
  const waiting = new Map(); // request -> steps
  const ask = (steps) => {
    const request = newId();
    waiting.set(request, steps);
    model.send({ request, steps });
  };
  const own = explorer(model.get("form").explorer, ask);
  model.on("msg:custom", (reply) => {
    if (!waiting.has(reply.request)) return;
    own.show(reply.explore, waiting.get(reply.request));
    waiting.delete(reply.request);
  });
  const root = h("section", { class: "campus-form", lang: "fr", "aria-label": `Explorateur de ${model.get("form").explorer.start}` }, own.node);
  root.addEventListener("keydown", (event) => event.key !== "Escape" && event.key !== "Tab" && event.stopPropagation());
  el.append(root);
  own.start();
}
