// The learner's pages in JupyterLab.

import { TEXTS } from "../texts.js";
import { Content } from "./content.js";
import { HomePage } from "./home.js";
import { tabs } from "./tab.js";

/**
 * Make the commands that show the learner's pages.
 *
 * @param {Packages} lab
 * @param {import("../server.js").Server} server
 * @param {import("../dialogs.js").Dialogs} dialogs
 * @param {LabApp["commands"]} commands
 * @param {Shell} shell
 */
export function pages(lab, server, dialogs, commands, shell) {
  const shower = tabs(lab, commands, shell);

  /** @param {string} name @param {string} about */
  async function act(name, about) {
    const question = dialogs.isAsked(name);
    if (question && !(await dialogs.confirmed(question))) return;
    const { ok, message } = await server.act(name, { track: about }).catch(() => ({ ok: false, message: TEXTS.unreachable }));
    if (question || !ok) await dialogs.tell(TEXTS.home, message);
  }

  const home = shower({
    id: "campus-home",
    label: TEXTS.home,
    ask: server.home,
    act,
    make: (node, asked) => new HomePage(node, asked, localStorage),
  });
  const takeaways = shower({
    id: "campus-takeaways",
    label: TEXTS.takeaways,
    ask: server.takeaways,
    act,
    make: (node, asked) => new Content(node, asked),
  });
  return {
    home,
    /** @param {string} folder the module whose card is sought, or "" */
    takeaways(folder) {
      const tab = takeaways();
      if (folder) tab.seek(`#${CSS.escape(`campus-fiche-${folder}`)}`);
      return tab.refresh();
    },
  };
}
