// The page « Aujourd’hui »: what the server says, folded; files that are chosen are sent; the end of a gesture is announced.

/** @import {Asked} from "../pages/types" */
import { h } from "../../../forms/page/dom.js";
import { write } from "../course/dom.js";
import { Content } from "../pages/content.js";
import { Folds } from "../pages/folds.js";

export class TodayPage extends Content {
  /**
   * @param {HTMLElement} node
   * @param {Asked} asked
   * @param {Storage} kept
   * @param {(about: string, files: File[]) => Promise<unknown>} give
   */
  constructor(node, asked, kept, give) {
    const parts = h("div", { class: "campus-today-parts" });
    const status = h("p", { class: "campus-unseen", role: "status" });
    node.append(status, parts);
    const folds = new Folds(parts, kept);
    /** @type {string | null} what was told when the page opened: it is read with the page */
    let first = null;
    super(parts, asked, () => {
      folds.apply(false);
      const told = parts.querySelector("[data-told]")?.getAttribute("data-told") ?? "";
      first ??= told;
      if (told !== first) write(status, told);
    });
    parts.addEventListener("change", async ({ target }) => {
      if (!(target instanceof HTMLInputElement) || !target.dataset.deposit || !target.files?.length) return;
      await give(target.dataset.deposit, [...target.files]);
      target.value = "";
    });
  }
}
