// A tab of JupyterLab that shows what the server says, asked again while it is shown.

/** @import {Asked, Page} from "./types" */
import { h } from "../../../forms/page/dom.js";
import { focusIn } from "./content.js";
import { TEXTS } from "../texts.js";

const REFRESH = 3000; // ms between two looks at a page, while it is shown

/**
 * @typedef {object} About
 * @property {string} id
 * @property {string} label
 * @property {(mark: string) => Promise<{ mark: string, html: string }>} ask
 * @property {(name: string, about: string) => Promise<unknown>} act done before the page is asked again
 * @property {(node: HTMLElement, asked: Asked) => Page} make
 */

/**
 * Make what shows pages: each is in one tab.
 *
 * @param {Packages} lab
 * @param {LabApp["commands"]} commands
 * @param {Shell} shell
 */
export function tabs({ widgets }, commands, shell) {
  class PageTab extends widgets.Widget {
    /** @param {About} about */
    constructor({ id, label, ask, act, make }) {
      super();
      this.id = id;
      this.title.label = label;
      this.title.closable = true;
      this.addClass("campus-page");
      this.addClass(id);
      this.node.lang = "fr";
      this.node.tabIndex = -1;
      this.content = h("main");
      this.node.append(this.content);
      this.ask = ask;
      this.mark = "";
      this.sought = ""; // a selector of what takes the focus, once it is there
      this.page = make(this.content, {
        open: (path) => commands.execute("docmanager:open", { path }),
        command: (name) => commands.execute(name),
        act: async (name, about) => {
          await act(name, about);
          await this.refresh();
        },
      });
      this.timer = setInterval(() => this.refresh(), REFRESH);
    }
    /** @override */
    dispose() {
      clearInterval(this.timer);
      super.dispose();
    }
    /** @override */
    onAfterShow() {
      this.refresh();
    }
    /** @override */
    onActivateRequest() {
      if (!this.node.contains(document.activeElement)) this.node.focus();
      this.#focusSought();
    }
    /** Give the focus to a part of the page, now or when the server has said it. @param {string} selector */
    seek(selector) {
      this.sought = selector;
      this.#focusSought();
    }
    #focusSought() {
      if (this.sought && focusIn(this.node, this.sought)) this.sought = "";
    }
    async refresh() {
      if (!this.isVisible || document.hidden) return;
      try {
        const { mark, html } = await this.ask(this.mark);
        if (html) this.page.fill(html);
        this.mark = mark;
        this.#focusSought();
      } catch {
        if (!this.mark) this.content.replaceChildren(h("p", { role: "alert", id: "campus-unreachable" }, TEXTS.unreachable));
      }
    }
  }

  /** @param {About} about */
  return (about) => {
    /** @type {PageTab | null} */
    let tab = null;
    return () => {
      shell.mode = "multiple-document"; // one document alone hides the others
      if (!tab?.isAttached) {
        tab?.dispose(); // the layout that came back had no place for it
        tab = new PageTab(about);
        shell.add(tab, "main", { rank: 0 });
      }
      shell.activateById(tab.id);
      return tab;
    };
  };
}
