// What JupyterLab starts for an instructor: two cards in the launcher.

import { nameSkipLink } from "./skip.js";
import { TEXTS } from "./texts.js";

/**
 * @param {Packages} lab
 * @returns {LabPlugin}
 */
export const instructor = (lab) => ({
  id: "campus:instructor",
  autoStart: true,
  requires: [lab.launcher.ILauncher],
  /**
   * @param {LabApp} app
   * @param {Launcher} cards
   */
  activate(app, cards) {
    app.restored.then(nameSkipLink);
    /** @param {string} command @param {string} label @param {number} rank @param {() => unknown} execute */
    const card = (command, label, rank, execute) => {
      app.commands.addCommand(command, { label, execute });
      cards.add({ command, category: "Campus", rank });
    };
    card("campus:guide", TEXTS.guide, 0, () =>
      app.commands.execute("docmanager:open", { path: "guides/formateur.md", factory: "Markdown Preview" }),
    );
    card("campus:formgrader", TEXTS.formgrader, 1, () => app.commands.execute("nbgrader:open-formgrader"));
  },
});
