// The page « Aujourd’hui » in the instructor's JupyterLab.

import { tabs } from "../pages/tab.js";
import { TEXTS } from "../texts.js";
import { TodayPage } from "./page.js";

/**
 * Make the command that shows the page.
 *
 * @param {Packages} lab
 * @param {import("../server.js").Server} server
 * @param {import("../dialogs.js").Dialogs} dialogs
 * @param {LabApp["commands"]} commands
 * @param {Shell} shell
 */
export function today(lab, server, dialogs, commands, shell) {
  const unreachable = () => ({ ok: false, message: TEXTS.courseUnreachable });

  /** @param {string} gesture @param {string} about */
  async function act(gesture, about) {
    const { message } = await server.gesture(gesture, about).catch(unreachable);
    if (message) await dialogs.tell(TEXTS.today, message);
  }

  /** Send files one after the other; what was refused is told at the end. @param {string} about @param {File[]} files */
  async function give(about, files) {
    const refused = [];
    for (const file of files) {
      const { ok, message } = await server.deposit(about, file).catch(unreachable);
      if (!ok) refused.push(message);
    }
    await show().refresh();
    if (refused.length) await dialogs.tell(TEXTS.today, refused.join("\n"));
  }

  const show = tabs(
    lab,
    commands,
    shell,
  )({
    id: "campus-today",
    label: TEXTS.today,
    ask: server.today,
    act,
    make: (node, asked) => new TodayPage(node, asked, localStorage, give),
  });
  return show;
}
