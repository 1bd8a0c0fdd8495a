// The ordinary forms, by the widget that answers.yml names.

import { number, slider } from "./controls/number.js";
import { order } from "./controls/order.js";
import { log, match } from "./controls/pairing.js";
import { choice, choices } from "./controls/picking.js";
import { table } from "./controls/table.js";
import { text } from "./controls/text.js";
import { panel } from "./panel.js";

/** @type {Record<string, MakeControl>} */
const CONTROLS = { choice, choices, order, match, log, number, slider, table, text };

export default panel((form, changed, lent) => CONTROLS[form.widget](form, changed, lent));
