// What JupyterLab starts for a learner: the home page, the bar of each module, the size of the text.

import { bars } from "./bar.js";
import { courses } from "./course/lab.js";
import { deeds } from "./deeds.js";
import { dialogs } from "./dialogs.js";
import { isReload, makeRoom } from "./narrow.js";
import { pages } from "./pages/lab.js";
import { server } from "./server.js";
import { isLarge, restoreSize, setSize } from "./size.js";
import { nameSkipLink } from "./skip.js";
import { TEXTS } from "./texts.js";

/**
 * @param {Packages} lab
 * @returns {LabPlugin}
 */
export const learner = (lab) => ({
  id: "campus:learner",
  autoStart: true,
  requires: [lab.notebook.INotebookTracker, lab.application.ILabShell],
  optional: [lab.apputils.ICommandPalette],
  /**
   * @param {LabApp} app
   * @param {NotebookTracker} tracker
   * @param {Shell} shell
   * @param {Palette | null} palette
   */
  activate(app, tracker, shell, palette) {
    const [ours, asking] = [server(lab), dialogs(lab)];
    const show = pages(lab, ours, asking, app.commands, shell);
    const deedsOn = deeds(ours, asking, app.commands);
    const makeBar = bars(lab, deedsOn, app.commands);
    const showCourse = courses(lab, ours, deedsOn, app.commands, shell);

    app.commands.addCommand("campus:home", { label: TEXTS.home, execute: () => void show.home() });
    app.commands.addCommand("campus:takeaways", {
      label: TEXTS.takeaways,
      execute: ({ folder = "" } = {}) => show.takeaways(folder),
    });
    app.commands.addCommand("campus:print", { label: TEXTS.print, execute: () => window.print() });
    // JupyterLab asks for its launcher when nothing is open: the home page stands for it.
    app.commands.addCommand("launcher:create", { execute: () => app.commands.execute("campus:home") });
    app.commands.addCommand("campus:larger-text", {
      label: TEXTS.larger,
      isToggled: isLarge,
      execute: () => setSize(!isLarge()),
    });
    app.commands.addCommand("campus:glossary", { label: TEXTS.glossary, execute: () => void window.open(ours.glossary) });
    for (const command of ["campus:home", "campus:takeaways", "campus:glossary", "campus:larger-text"]) palette?.addItem({ command, category: "Campus" });
    restoreSize();

    /** @param {NotebookPanel} panel */
    async function dress(panel) {
      await panel.context.ready;
      const about = panel.model?.getMetadata("campus");
      const addBar = () => panel.contentHeader.addWidget(makeBar(panel));
      if (about?.steps) await showCourse(panel, addBar);
      else if (about) addBar();
      shell.collapseRight();
    }
    tracker.forEach(dress);
    tracker.widgetAdded.connect((_, panel) => dress(panel));

    // Whoever comes in is greeted; whoever reloads the page stays where they were.
    app.restored.then(() => {
      nameSkipLink();
      if (!isReload() || !shell.currentWidget) app.commands.execute("campus:home");
      makeRoom(shell);
      shell.collapseRight(); // what it held is disabled: it would stand open and empty
    });
  },
});
