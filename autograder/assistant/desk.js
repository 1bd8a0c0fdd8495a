
// The assistant's forms (see desk.py for the messages). This script stands after panel.js, whose helpers it uses.

function assistantForm({ model, el }) {
  const waiting = new Map(); // request -> {done, piece}
  const told = h("p", { class: "told", role: "status" });

  /** Ask the kernel; resolve with its reply, reject with its French error. */
  function ask(action, values = {}, piece = () => {}) {
    const request = newId();
    told.textContent = "Un instant…";
    return new Promise((done, failed) => {
      waiting.set(request, { done, failed, piece });
      model.send({ request, action, ...values });
    });
  }
  model.on("msg:custom", (message) => {
    const one = waiting.get(message.request);
    if (!one) return;
    if (message.piece !== undefined) return one.piece(message.piece);
    waiting.delete(message.request);
    if (message.error) one.failed(new Error(message.error));
    else one.done(message.reply);
  });
  const fail = (error) => (told.textContent = error.message);

  const form = model.get("form");
  const root = h("section", { class: "campus-form assistant", lang: "fr" });
  root.addEventListener("keydown", (event) => event.key !== "Escape" && event.key !== "Tab" && event.stopPropagation());
  root.append(...(form.widget === "ask" ? searchPart(root, form, ask, told, fail) : sendingPart(root, form, ask, told, fail)));
  el.append(root);
}

/** A label above its control. */
function field(label, control, help = "") {
  const id = newId();
  control.id = id;
  const note = help ? h("p", { class: "help", id: `${id}-help` }, help) : "";
  if (help) control.setAttribute("aria-describedby", `${id}-help`);
  return h("div", { class: "field" }, h("label", { for: id }, label), control, note);
}

function searchPart(root, form, ask, told, fail) {
  root.setAttribute("aria-label", "Demander aux fiches");
  const question = h("input", { class: "entry", type: "text", autocomplete: "off", maxlength: 300 });
  const method = h("select", {}, ...form.methods.map(([key, label]) => h("option", { value: key }, label)));
  const result = h("div", { class: "result", tabindex: -1 });
  const go = (event) => {
    event.preventDefault();
    if (!question.value.trim()) return fail(new Error("Écrivez d’abord une question."));
    ask("ask", { question: question.value, method: method.value })
      .then((html) => {
        result.innerHTML = html; // escaped by the kernel
        told.textContent = "La réponse est affichée sous le bouton.";
        result.focus();
      })
      .catch(fail);
  };
  const node = h("form", { onsubmit: go }, field("Votre question", question), field("Façon de chercher", method));
  node.append(h("button", { type: "submit" }, "Chercher dans les fiches"));
  return [h("p", { class: "caption" }, "Rien ne sort de cet ordinateur. Rien n’est noté."), node, told, result];
}

function sendingPart(root, form, ask, told, fail) {
  root.setAttribute("aria-label", "Préparer et envoyer un texte à un modèle");
  const text = h("textarea", { class: "entry", rows: 5 });
  const url = h("input", { class: "entry", type: "url", autocomplete: "off", value: form.url });
  const key = h("input", { class: "entry", type: "password", autocomplete: "off" });
  const name = h("input", { class: "entry", type: "text", autocomplete: "off", value: form.model });
  const list = h("select", { onchange: () => list.value && ((name.value = list.value), changed()) });
  const choice = field("Modèles proposés par ce service", list);
  choice.hidden = true;

  const shown = h("div", { class: "preview", tabindex: -1 });
  const agree = h("input", { type: "checkbox", id: newId(), onchange: () => (go.disabled = !agree.checked) });
  const go = h("button", { type: "button", disabled: true, onclick: sendIt }, "Envoyer");
  const last = h("div", { class: "agreement" }, h("p", {}, agree, " ", h("label", { for: agree.id }, "J’ai relu ce qui part, et j’ai le droit de l’envoyer à ce service.")), go);
  const answer = h("div", { class: "answer", tabindex: -1 });
  let agreed = "";
  changed();

  const values = () => ({ url: url.value, key: key.value, model: name.value, text: text.value });

  /** What was shown is no longer what would be sent: it must be shown, and agreed to, again. */
  function changed() {
    agreed = "";
    shown.replaceChildren();
    agree.checked = false;
    go.disabled = last.hidden = true;
  }
  for (const control of [text, url, key, name]) control.addEventListener("input", changed);

  function maskIt() {
    ask("mask", values())
      .then((masked) => {
        told.textContent = masked === text.value ? "Rien n’a été reconnu : relisez vous-même." : "Ce qui a été reconnu est masqué. Relisez : le reste est à vous.";
        text.value = masked;
        changed();
        text.focus();
      })
      .catch(fail);
  }
  function listThem() {
    ask("models", values())
      .then((names) => {
        list.replaceChildren(h("option", { value: "" }, "Choisir…"), ...names.map((one) => h("option", { value: one }, one)));
        choice.hidden = false;
        told.textContent = `${names.length} modèle(s) proposé(s) par ce service.`;
        list.focus();
      })
      .catch(fail);
  }
  function show() {
    ask("preview", values())
      .then((reply) => {
        const rows = reply.rows.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]);
        shown.replaceChildren(h("p", { class: "question" }, "Voici tout ce qui partirait"), h("dl", {}, ...rows));
        agreed = reply.fingerprint;
        agree.checked = false;
        go.disabled = true;
        last.hidden = false;
        told.textContent = "Rien n’est parti. Relisez ce qui partirait.";
        shown.focus();
      })
      .catch(fail);
  }
  function sendIt() {
    if (!agree.checked || !agreed) return;
    const sent = { agreed };
    changed(); // one agreement, one sending
    const said = h("p", { class: "said" });
    answer.replaceChildren(h("p", { class: "question" }, "Réponse du modèle, à vérifier"), said);
    ask("send", sent, (piece) => said.append(piece))
      .then(() => {
        told.textContent = "Réponse terminée. Elle n’est pas une source : vérifiez-la.";
        answer.focus();
      })
      .catch(fail);
  }
  const button = (label, onclick) => h("button", { type: "button", onclick }, label);
  const kept = form.key ? "Une clé est déjà réglée sur cet ordinateur pour son adresse : laissez vide pour l’utiliser." : "Elle reste dans la mémoire de cette session : ni le carnet ni un fichier ne la gardent.";
  return [
    h("p", { class: "caption" }, "Rien ne part sans que vous l’ayez vu et accepté. Rien n’est noté."),
    field("Texte à envoyer", text, "Inventez un texte, ou prenez une page publique."),
    h("p", {}, button("Masquer ce qui a une forme", maskIt)),
    field("Adresse du service", url, "Celle que donne votre administration ; elle finit par /v1."),
    field("Clé", key, kept),
    h("p", {}, button("Lire la liste des modèles", listThem), " ", h("span", { class: "help" }, "N’envoie que la clé.")),
    choice,
    field("Modèle", name),
    h("p", {}, button("Montrer ce qui va être envoyé", show)),
    told,
    shown,
    last,
    answer,
  ];
}

export default { render: assistantForm };
