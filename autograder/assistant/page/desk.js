// The assistant's forms (desk.py): one asks the sheets, one prepares, shows and sends a text to a model.

import { addStyle, h, keepKeys } from "../../forms/page/dom.js";
import { exchange } from "../../forms/page/exchange.js";
import formStyle from "../../forms/page/panel.css";
import style from "./desk.css";
import { searchPart } from "./search.js";
import { sendingPart } from "./sending.js";

const AWAY =
  "Toujours en attente : Python ne répond pas. S’il est en train de calculer, ou d’attendre un service, attendez qu’il ait fini. " +
  "Si rien ne change, rechargez la page (touche F5).";

/** @type {Page<{form: DeskForm}>} */
export default {
  render({ model, el }) {
    addStyle(formStyle + style);
    const told = h("p", { class: "told", role: "status" });
    const tell = (/** @type {string} */ text) => (told.textContent = text);
    const kernel = exchange(model, { away: () => tell(AWAY) });

    /** @type {Desk["ask"]} */
    function ask(action, values = {}, piece = () => {}) {
      tell("Un instant…");
      return new Promise((done, failed) => {
        kernel.send(
          { action, ...values },
          { done: ({ error, reply }) => (error ? failed(new Error(error)) : done(reply)), piece },
        );
      });
    }
    const form = model.get("form");
    const part = form.widget === "ask" ? searchPart : sendingPart;
    const { name, nodes } = part(form, { ask, told, tell, fail: (error) => tell(error.message) });
    const root = h("section", { class: "campus-form assistant", lang: "fr", "aria-label": name }, ...nodes);
    keepKeys(root);
    el.append(root);
    return kernel.close;
  },
};
