// A chart to repair: the kernel draws it again at each change of a setting. Where there is room, the settings stand beside it: it stays in sight.

import { question } from "../../../forms/page/controls/picking.js";
import { h } from "../../../forms/page/dom.js";
import { panel } from "../../../forms/page/panel.js";
import style from "./control.css";
import { setting } from "./setting.js";

/** @type {MakeControl} */
function repair(form, changed, { ask }) {
  /** @type {RepairForm} */
  const { settings, drawn } = form.repair;
  const all = settings.map((one) => setting(one, taken));
  const picture = h("div", { class: "picture", tabindex: 0, role: "group", "aria-label": "Le graphique", html: drawn });
  const told = h("p", { class: "told", role: "status" });

  const read = () =>
    all.some((one) => one.get() !== one.start) ? Object.fromEntries(all.map((one) => [one.name, one.get()])) : null;

  const chosen = (/** @type {string} */ name) => all.find((one) => one.name === name)?.get() ?? "";
  function taken() {
    follow();
    changed();
  }
  function follow() {
    const value = read();
    const why = all.map((one) => one.weigh(chosen)).filter(Boolean);
    const many = all.filter((one) => one.get() !== one.start).length;
    ask("drawn", { value }, (/** @type {string} */ html) => {
      show(html);
      const redrawn = many ? `Graphique redessiné\u00a0: ${many} réglage${many > 1 ? "s" : ""} changé${many > 1 ? "s" : ""}.` : "Graphique de départ.";
      told.textContent = [redrawn, ...why].join(" ");
    });
  }
  /** @param {string} html */
  function show(html) {
    const open = picture.querySelector("details")?.open;
    picture.innerHTML = html;
    picture.querySelector("details")?.toggleAttribute("open", open);
  }
  /** @param {Value} value */
  function write(value) {
    all.forEach((one) => one.set(value?.[one.name] ?? one.start));
    follow();
  }
  const board = h(
    "div",
    { class: "board" },
    h("div", { class: "shown" }, picture, told),
    h("div", {}, ...all.map(({ node }) => node)),
  );
  return { node: h("div", { class: "repair" }, question(form, board)), read, write };
}

export default panel(repair, style);
