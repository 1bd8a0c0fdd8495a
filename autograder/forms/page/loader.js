// What each form carries into the saved notebook: it finds the form's script, and is kept as short as can be. JupyterLab has the
// script where the course's extension is; any other Jupyter gets it from the kernel (docs/decisions/page.md).

const WAITING = "Formulaire en attente de Python : exécutez cette cellule (Maj + Entrée).";

/**
 * Import a script that the kernel sends, however long it takes.
 *
 * @param {Context} context
 * @returns {Promise<{default: Page}>}
 */
const sent = ({ model, el }) =>
  new Promise((done) => {
    /** @param {Reply} reply */
    const receive = ({ page }) => {
      if (!page) return;
      model.off("msg:custom", receive);
      el.textContent = "";
      done(import(URL.createObjectURL(new Blob([page], { type: "text/javascript" }))));
    };
    const ask = () => model.send({ request: "", action: "page" });
    el.lang = "fr";
    el.textContent = WAITING;
    model.on("msg:custom", receive);
    model.on("comm_live_update", ask); // the kernel of a reopened notebook
    ask();
  });

/** @type {Page<{page: string}>} */
export default {
  async render(context) {
    const script = (await window.campusPage?.(context.model.get("page"))) ?? (await sent(context));
    return script.default.render(context);
  },
};
