// What the buttons of a module do to the learner's work: hand it in, begin it again, show what came back.

import { TEXTS } from "./texts.js";

/** @typedef {ReturnType<ReturnType<typeof deeds>>} Deeds */

/** @param {NotebookPanel} panel */
export const folderOf = (panel) => panel.context.path.split("/").at(-2) ?? "";

/**
 * @param {import("./server.js").Server} server
 * @param {import("./dialogs.js").Dialogs} dialogs
 * @param {LabApp["commands"]} commands
 */
export const deeds = (server, dialogs, commands) => (/** @type {NotebookPanel} */ panel) => {
  /**
   * @param {string} name
   * @param {string} title
   */
  async function act(name, title) {
    try {
      const { ok, message, path } = await server.act(name, { folder: folderOf(panel) });
      if (ok && path) commands.execute("docmanager:open", { path });
      else await dialogs.tell(title, message);
      return ok;
    } catch {
      await dialogs.tell(title, TEXTS.unreachable);
      return false;
    }
  }

  /**
   * Ask what goes with the work, until the server takes it or the learner gives up.
   *
   * @param {string} [learner] the name that they gave
   * @param {string} [problem] why it was refused
   * @returns {Promise<void>}
   */
  async function handIn(learner, problem = "") {
    const folder = folderOf(panel);
    const told = await server.handIn(folder).catch(() => null);
    if (!told) return void (await dialogs.tell(TEXTS.handIn, TEXTS.unreachable));
    const chosen = await dialogs.handIn({ ...told, learner: learner ?? told.learner }, problem);
    if (!chosen) return;
    await panel.context.save();
    const unreachable = { ok: true, message: TEXTS.unreachable, file: "" };
    const { ok, message, file } = await server.act("rendre", { folder, ...chosen }).catch(() => unreachable);
    if (ok && file) await dialogs.give(TEXTS.handIn, message, server.file(file));
    else if (ok || !told.asked) await dialogs.tell(TEXTS.handIn, message);
    else await handIn(chosen.learner, message);
  }

  async function restart() {
    if (!(await dialogs.confirmed("recommencer"))) return;
    const { path } = panel.context;
    await panel.context.save();
    await panel.sessionContext.shutdown();
    const ok = await act("recommencer", TEXTS.restart);
    if (ok) await panel.context.revert();
    await panel.sessionContext.restartKernel?.();
    if (ok) {
      panel.dispose();
      commands.execute("docmanager:open", { path });
    }
  }

  return { handIn: () => handIn(), restart, feedback: () => act("retour", TEXTS.feedback) };
};
