// What JupyterLab starts for an instructor: the page « Aujourd’hui », first, and cards in the launcher.

import { dialogs } from "./dialogs.js";
import { isReload, makeRoom } from "./narrow.js";
import { server } from "./server.js";
import { nameSkipLink } from "./skip.js";
import { TEXTS } from "./texts.js";
import { today } from "./today/lab.js";

/**
 * @param {Packages} lab
 * @returns {LabPlugin}
 */
export const instructor = (lab) => ({
  id: "campus:instructor",
  autoStart: true,
  requires: [lab.launcher.ILauncher, lab.application.ILabShell],
  optional: [lab.apputils.ICommandPalette],
  /**
   * @param {LabApp} app
   * @param {Launcher} cards
   * @param {Shell} shell
   * @param {Palette | null} palette
   */
  activate(app, cards, shell, palette) {
    const show = today(lab, server(lab), dialogs(lab), app.commands, shell);
    /** @param {string} command @param {string} label @param {number} rank @param {() => unknown} execute */
    const card = (command, label, rank, execute) => {
      app.commands.addCommand(command, { label, execute });
      cards.add({ command, category: "Campus", rank });
      palette?.addItem({ command, category: "Campus" });
    };
    card("campus:today", TEXTS.today, 0, () => void show());
    card("campus:guide", TEXTS.guide, 1, () =>
      app.commands.execute("docmanager:open", { path: "guides/formateur.md", factory: "Markdown Preview" }),
    );
    card("campus:formgrader", TEXTS.formgrader, 2, () => app.commands.execute("nbgrader:open-formgrader"));

    app.restored.then(() => {
      nameSkipLink();
      if (!isReload() || !shell.currentWidget) show();
      makeRoom(shell);
    });
  },
});
