// The explorer on its own, as the value of a cell (explorer.py).

import { addStyle, h, keepKeys } from "../../../forms/page/dom.js";
import { AWAY, exchange } from "../../../forms/page/exchange.js";
import style from "../../../forms/page/panel.css";
import { explorer } from "./explorer.js";

/** @type {Page<{form: {explorer: Offer}}>} */
export default {
  render({ model, el }) {
    addStyle(style);
    const offer = model.get("form").explorer;
    const kernel = exchange(model, { away: () => own.tell(AWAY), back: () => own.tell("") });
    const own = explorer(offer, (action, values, done) =>
      kernel.send(
        { action, ...values },
        {
          done(/** @type {any} */ reply) {
            if (reply[action]) done(reply[action]);
            else own.tell(reply.error ?? "");
          },
        },
      ),
    );
    const named = `Explorateur de ${offer.start}`;
    const root = h("section", { class: "campus-form", lang: "fr", "aria-label": named }, own.node);
    keepKeys(root);
    el.append(root);
    own.start();
    return kernel.close;
  },
};
