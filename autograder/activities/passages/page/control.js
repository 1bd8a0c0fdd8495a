// A document whose passages are clicked, or given a label: native radios, checkboxes and lists, inside the text.

import { question } from "../../../forms/page/controls/picking.js";
import { h, list, newId, plain } from "../../../forms/page/dom.js";
import { panel } from "../../../forms/page/panel.js";
import style from "./control.css";

const UNLABELLED = /** @type {[string, string]} */ (["", "— rien —"]);

/**
 * Passages that are clicked: each is the label of a radio, or of a checkbox, and runs over lines as the text does.
 *
 * @param {boolean} several
 * @param {() => void} picked
 * @returns {Marking}
 */
function clicked(several, picked) {
  const name = newId();
  const inputs = /** @type {HTMLInputElement[]} */ ([]);
  return {
    mark(key, words) {
      const input = h("input", { type: several ? "checkbox" : "radio", name, value: key, onchange: picked });
      inputs.push(input);
      return [h("label", { class: "passage" }, input, "\u00a0", words)]; // the input stays with the first word
    },
    read() {
      const keys = inputs.filter((input) => input.checked).map((input) => input.value);
      return keys.length ? (several ? keys : keys[0]) : null;
    },
    write: (value) => inputs.forEach((input) => (input.checked = [value ?? []].flat().includes(input.value))),
  };
}

/**
 * Passages that are given a label, in a list after each: it ends the line of its passage, where it cannot seem to be of the next one.
 *
 * @param {Choice[]} labels
 * @param {() => void} picked
 * @returns {Marking}
 */
function labelled(labels, picked) {
  const texts = labels.map(([key, html]) => /** @type {[string, string]} */ ([key, plain(html)]));
  /** @type {Map<string, {select: HTMLSelectElement, label: HTMLLabelElement}>} */
  const passages = new Map();
  const show = () => passages.forEach(({ select, label }) => label.classList.toggle("chosen", select.value !== ""));
  return {
    mark(key, words) {
      const id = newId();
      const onchange = () => {
        show();
        picked();
      };
      const select = list([UNLABELLED, ...texts], { id, name: key, onchange });
      const label = h("label", { class: "passage", for: id }, words);
      passages.set(key, { select, label });
      return [h("span", { class: "line" }, label, " ", select)];
    },
    read() {
      const given = [...passages].filter(([, { select }]) => select.value).map(([key, { select }]) => [key, select.value]);
      return given.length ? Object.fromEntries(given) : null;
    },
    write(value) {
      passages.forEach(({ select }, key) => (select.value = value?.[key] ?? ""));
      show();
    },
  };
}

const CLOSING = /^\s*[.,;:!?…)»]+/;

/** Draw in the line of a passage the words that begin it, and the mark that ends it. @param {HTMLElement} line */
function fill(line) {
  const [passage] = line.children;
  for (let before = line.previousSibling; before && !(before instanceof HTMLElement && before.matches("br, .line")); before = line.previousSibling)
    line.prepend(before);
  const after = line.nextSibling;
  const [mark] = (after instanceof Text && CLOSING.exec(after.data)) || [""];
  if (after instanceof Text) after.deleteData(0, mark.length);
  passage.after(mark);
}

/** @type {MakeControl} */
function passages(form, changed) {
  /** @type {DocumentForm} */
  const { pick, document, labels } = form.passages;
  const marking = pick === "label" ? labelled(labels, picked) : clicked(pick === "several", picked);
  const text = h("div", { class: "document", html: document });
  const marked = [...text.querySelectorAll("[data-passage]")];
  for (const words of marked) words.replaceWith(...marking.mark(/** @type {HTMLElement} */ (words).dataset.passage ?? "", words.cloneNode(true)));
  text.querySelectorAll(".line").forEach((line) => fill(/** @type {HTMLElement} */ (line)));
  const count = h("p", { class: "count", role: "status" });

  function picked() {
    tell();
    changed();
  }
  function tell() {
    const value = marking.read();
    const total = value === null ? 0 : pick === "one" ? 1 : Object.keys(value).length;
    const many = total > 1 ? "s" : "";
    const said = pick === "label" ? `passage${many} étiqueté${many}` : `passage${many} choisi${many}`;
    count.textContent = `${total || "Aucun"} ${said}`;
  }
  return {
    node: h("div", { class: "passages" }, question(form, text, count)),
    read: marking.read,
    write(value) {
      marking.write(value);
      tell();
    },
  };
}

export default panel(passages, style);
