// One message, opened.

import { button, h, newId } from "../../../forms/page/dom.js";

/**
 * @param {Mail} mail
 * @returns {{heading: HTMLElement, parts: (Node | string)[]}}
 */
export function mailView(mail) {
  const heading = h("h4", { id: newId(), tabindex: -1 }, mail.subject);
  const facts = [
    ["De (nom affiché)", mail.name],
    ["Adresse de l’expéditeur", mail.address],
    ...(mail.reply_to ? [["La réponse irait à", mail.reply_to]] : []),
    ["Reçu à", mail.at],
  ];
  const bar = h("p", { class: "bar", role: "status" }, "Placez-vous sur un lien pour voir sa cible.");
  const links = mail.body.filter((part) => typeof part !== "string");
  const parts = [
    heading,
    h("dl", {}, ...facts.map(([name, value]) => h("div", {}, h("dt", {}, `${name}\u00a0:`), h("dd", {}, value)))),
    h("div", { class: "body" }, ...mail.body.map((part) => h("p", {}, typeof part === "string" ? part : link(part, bar)))),
    ...(links.length ? [bar, targets(links)] : []),
    mail.attachments.length ? files(mail.attachments) : "",
  ];
  return { heading, parts };
}

/**
 * A link that leads nowhere; its target is told in the bar.
 *
 * @param {MailLink} link
 * @param {HTMLElement} bar
 */
function link({ text, target }, bar) {
  const tell = (then = "") => (bar.textContent = `Cible du lien\u00a0: ${target}${then}`);
  const node = button(text, () => tell(" Les liens ne s’ouvrent pas dans cet exercice."));
  node.className = "link";
  node.title = target;
  node.addEventListener("focus", () => tell());
  node.addEventListener("mouseenter", () => tell());
  node.append(h("span", { class: "hidden-text" }, ` (lien\u00a0; cible\u00a0: ${target})`));
  return node;
}

/** @param {MailLink[]} links */
function targets(links) {
  const items = links.map(({ text, target }) => h("li", {}, `«\u00a0${text}\u00a0» mène à\u00a0: `, h("code", {}, target)));
  return h("div", { class: "targets" }, h("p", {}, "Cibles des liens\u00a0:"), h("ul", {}, ...items));
}

/** @param {string[]} names */
function files(names) {
  const items = names.map((name) => h("li", {}, name));
  return h("div", { class: "files" }, h("p", {}, "Pièces jointes (elles ne s’ouvrent pas ici)\u00a0:"), h("ul", {}, ...items));
}
