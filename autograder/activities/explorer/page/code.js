// The code of all the steps, folded, to copy.

import { button, h } from "../../../forms/page/dom.js";

export function wholeCode() {
  const code = h("pre", { tabindex: 0, "aria-label": "Le même travail, en code" });
  const told = h("p", { role: "status" });
  const node = h("details", {}, h("summary", {}, "Le même travail, en code"), code, button("Copier le code", copy), told);

  async function copy() {
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      told.textContent = "Code copié : collez-le dans une cellule (Ctrl + V).";
    } catch {
      window.getSelection()?.selectAllChildren(code);
      told.textContent = "Code sélectionné : copiez-le avec Ctrl + C.";
    }
  }
  /** @param {string[]} lines */
  function show(lines) {
    code.textContent = lines.join("\n");
    told.textContent = "";
  }
  return { node, show };
}
