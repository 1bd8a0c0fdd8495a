// The form that prepares a text, shows all that would leave, and sends it once agreed to.

import { h, list, newId } from "../../forms/page/dom.js";
import { field } from "./field.js";

const KEY_KNOWN =
  "Une clé est déjà réglée sur cet ordinateur pour son adresse : laissez vide pour l’utiliser.";
const KEY_KEPT = "Elle reste dans la mémoire de cette session : ni le carnet ni un fichier ne la gardent.";

/**
 * @param {DeskForm} form
 * @param {Desk} desk
 * @returns {DeskPart}
 */
export function sendingPart(form, { ask, told, tell, fail }) {
  const text = h("textarea", { class: "entry", rows: 5 });
  const url = h("input", { class: "entry", type: "url", autocomplete: "off", value: form.url });
  const key = h("input", { class: "entry", type: "password", autocomplete: "off" });
  const name = h("input", { class: "entry", type: "text", autocomplete: "off", value: form.model });
  const models = h("select", { onchange: choose });
  const choice = field("Modèles proposés par ce service", models);
  choice.hidden = true;

  const shown = h("div", { class: "preview", tabindex: -1 });
  const agree = h("input", { type: "checkbox", id: newId(), onchange: () => (go.disabled = !agree.checked) });
  const go = h("button", { type: "button", disabled: true, onclick: sendIt }, "Envoyer");
  const agreement = "J’ai relu ce qui part, et j’ai le droit de l’envoyer à ce service.";
  const last = h("div", { class: "agreement" }, h("p", {}, agree, " ", h("label", { for: agree.id }, agreement)), go);
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

  function choose() {
    if (!models.value) return;
    name.value = models.value;
    changed();
  }
  function maskIt() {
    ask("mask", values())
      .then((masked) => {
        const none = masked === text.value;
        tell(none ? "Rien n’a été reconnu : relisez vous-même." : "Ce qui a été reconnu est masqué. Relisez : le reste est à vous.");
        text.value = masked;
        changed();
        text.focus();
      })
      .catch(fail);
  }
  function listThem() {
    ask("models", values())
      .then((/** @type {string[]} */ names) => {
        const options = names.map((one) => /** @type {[string, string]} */ ([one, one]));
        models.replaceChildren(...list([["", "Choisir…"], ...options]).children);
        choice.hidden = false;
        tell(`${names.length} modèle(s) proposé(s) par ce service.`);
        models.focus();
      })
      .catch(fail);
  }
  function show() {
    ask("preview", values())
      .then((/** @type {{rows: [string, string][], fingerprint: string}} */ { rows, fingerprint }) => {
        const terms = rows.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]);
        shown.replaceChildren(h("p", { class: "question" }, "Voici tout ce qui partirait"), h("dl", {}, ...terms));
        agreed = fingerprint;
        agree.checked = false;
        go.disabled = true;
        last.hidden = false;
        tell("Rien n’est parti. Relisez ce qui partirait.");
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
        tell("Réponse terminée. Elle n’est pas une source : vérifiez-la.");
        answer.focus();
      })
      .catch(fail);
  }
  /** @param {string} label @param {() => void} onclick */
  const button = (label, onclick) => h("button", { type: "button", onclick }, label);
  const nodes = [
    h("p", { class: "caption" }, "Rien ne part sans que vous l’ayez vu et accepté. Rien n’est noté."),
    field("Texte à envoyer", text, "Inventez un texte, ou prenez une page publique."),
    h("p", {}, button("Masquer ce qui a une forme", maskIt)),
    field("Adresse du service", url, "Celle que donne votre administration ; elle finit par /v1."),
    field("Clé", key, form.key ? KEY_KNOWN : KEY_KEPT),
    h("p", {}, button("Lire la liste des modèles", listThem), " ", h("span", { class: "help" }, "N’envoie que la clé.")),
    choice,
    field("Modèle", name),
    h("p", {}, button("Montrer ce qui va être envoyé", show)),
    told,
    shown,
    last,
    answer,
  ];
  return { name: "Préparer et envoyer un texte à un modèle", nodes };
}
