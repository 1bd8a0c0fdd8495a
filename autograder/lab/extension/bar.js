// The bar above a module: it prepares the notebook, and holds the buttons.

import { h } from "../../forms/page/dom.js";
import { sizeButton } from "./size.js";
import { TEXTS } from "./texts.js";

const ATTEMPTS = 3; // JupyterLab may drop a command while a kernel starts

const PREPARED = ["setup", "parameters", "form"]; // the roles of the cells that the bar runs, written by the build

/** @param {LabCell["model"]} cell */
function isOurs(cell) {
  const { locked, grade, solution } = cell.getMetadata("nbgrader") ?? {};
  return locked && !grade && !solution && PREPARED.includes(cell.getMetadata("campus")?.role);
}

/**
 * Make bars of modules.
 *
 * @param {Packages} lab
 * @param {(panel: NotebookPanel) => import("./deeds.js").Deeds} deedsOn
 * @param {LabApp["commands"]} commands
 */
export function bars({ notebook, widgets }, deedsOn, commands) {
  class Bar extends widgets.Widget {
    /** @param {NotebookPanel} panel */
    constructor(panel) {
      super();
      this.panel = panel;
      this.bar = h("div", { class: "campus-bar", role: "toolbar", lang: "fr", "aria-label": "Module" });
      this.node.append(this.bar);
      this.status = h("span", { class: "campus-status", role: "status" });
      this.again = h("button", { type: "button", onclick: () => this.prepare(), hidden: true }, TEXTS.prepare);
      /** @param {string} text @param {() => void} onclick */
      const button = (text, onclick) => h("button", { type: "button", onclick }, text);
      const deeds = deedsOn(panel);
      this.bar.append(
        button(TEXTS.home, () => commands.execute("campus:home")),
        sizeButton(() => commands.execute("campus:larger-text")),
        button(TEXTS.restart, deeds.restart),
        button(TEXTS.handIn, deeds.handIn),
        button(TEXTS.feedback, deeds.feedback),
        this.status,
        this.again,
      );
      panel.context.ready.then(() => this.prepare());
    }
    /** @override */
    onResize() {
      requestAnimationFrame(() => this.grow());
    }
    /** Take the height that the buttons need: JupyterLab gives a header its least one. */
    grow() {
      const height = `${this.bar.offsetHeight}px`;
      if (!this.isVisible || this.node.style.minHeight === height) return;
      this.node.style.minHeight = height;
      this.parent?.fit();
    }
    /** @param {string} text */
    say(text) {
      this.status.textContent = text;
      this.grow();
    }
    get cells() {
      return this.panel.content.widgets.filter((cell) => cell.model.type === "code" && isOurs(cell.model));
    }
    async prepare() {
      this.say(TEXTS.preparing);
      this.again.hidden = true;
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        try {
          await this.panel.sessionContext.ready;
          await this.panel.sessionContext.session?.kernel?.info;
          const { content, sessionContext } = this.panel;
          await notebook.NotebookActions.runCells(content, this.cells, sessionContext);
          if (this.cells.every((cell) => cell.model.executionCount)) {
            this.say(TEXTS.prepared);
            return;
          }
        } catch (error) {
          console.warn("campus: the module could not be prepared", error);
        }
        await new Promise((done) => setTimeout(done, 1000));
      }
      this.again.hidden = false;
      this.say(TEXTS.notPrepared);
    }
  }
  /** @param {NotebookPanel} panel */
  return (panel) => new Bar(panel);
}
