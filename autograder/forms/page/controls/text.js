// A word, or a text of several lines whose words are counted.

import { h, newId } from "../dom.js";

/** @type {MakeControl} */
export function text(form, changed) {
  const id = newId();
  const words = h("p", { id: newId(), class: "words" });
  const oninput = () => {
    show();
    changed(true);
  };
  const common = { id, class: "entry", oninput, onchange: () => changed() };
  const input = form.long
    ? h("textarea", { ...common, rows: 6, "aria-describedby": words.id })
    : h("input", { ...common, type: "text" });
  function show() {
    const total = input.value.split(/\s+/).filter(Boolean).length;
    words.textContent = `${total} mot${total > 1 ? "s" : ""}` + (form.min_words ? ` (${form.min_words} au moins)` : "");
  }
  const label = h("label", { for: id, class: "question", html: form.label });
  return {
    node: h("div", { class: "field" }, label, input, form.long ? words : ""),
    read: () => (input.value.trim() ? input.value : null),
    write: (value) => {
      input.value = value ?? "";
      show();
    },
  };
}
