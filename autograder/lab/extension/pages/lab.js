// The learner's pages in JupyterLab: what the server says, asked again while a page is shown. The only file of this folder that knows it.

/** @import {Asked, Page} from "./types" */
import { h } from "../../../forms/page/dom.js";
import { TEXTS } from "../texts.js";
import { Content, focusIn } from "./content.js";
import { HomePage } from "./home.js";

const REFRESH = 3000; // ms between two looks at a page, while it is shown

/**
 * @typedef {object} About
 * @property {string} id
 * @property {string} label
 * @property {(mark: string) => Promise<{ mark: string, html: string }>} ask
 * @property {(node: HTMLElement, asked: Asked) => Page} make
 */

/**
 * Make the commands that show the learner's pages: each is in one tab.
 *
 * @param {Packages} lab
 * @param {import("../server.js").Server} server
 * @param {import("../dialogs.js").Dialogs} dialogs
 * @param {LabApp["commands"]} commands
 * @param {Shell} shell
 */
export function pages({ widgets }, server, dialogs, commands, shell) {
  class PageTab extends widgets.Widget {
    /** @param {About} about */
    constructor({ id, label, ask, make }) {
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
      this.page = make(this.content, {
        open: (path) => commands.execute("docmanager:open", { path }),
        command: (name) => commands.execute(name),
        act: (name, about) => this.act(name, about),
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
      this.node.focus();
    }
    async refresh() {
      if (!this.isVisible || document.hidden) return;
      try {
        const { mark, html } = await this.ask(this.mark);
        if (html) this.page.fill(html);
        this.mark = mark;
      } catch {
        if (!this.mark) this.content.replaceChildren(h("p", { role: "alert", id: "campus-unreachable" }, TEXTS.unreachable));
      }
    }
    /** @param {string} name @param {string} about */
    async act(name, about) {
      const question = dialogs.isAsked(name);
      if (question && !(await dialogs.confirmed(question))) return;
      const { ok, message } = await server.act(name, { track: about }).catch(() => ({ ok: false, message: TEXTS.unreachable }));
      if (question || !ok) await dialogs.tell(TEXTS.home, message);
      this.refresh();
    }
  }

  /** @param {About} about */
  function shower(about) {
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
  }

  const home = shower({
    id: "campus-home",
    label: TEXTS.home,
    ask: server.home,
    make: (node, asked) => new HomePage(node, asked, localStorage),
  });
  const takeaways = shower({
    id: "campus-takeaways",
    label: TEXTS.takeaways,
    ask: server.takeaways,
    make: (node, asked) => new Content(node, asked),
  });
  return {
    home,
    /** @param {string} folder the module whose card is sought, or "" */
    async takeaways(folder) {
      const tab = takeaways();
      await tab.refresh();
      if (folder) focusIn(tab.node, `#${CSS.escape(`campus-fiche-${folder}`)}`);
    },
  };
}
