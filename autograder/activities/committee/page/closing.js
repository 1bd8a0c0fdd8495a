// The end of a sitting: it closes once nothing lacks and it was asked for twice; then its report.

import { button, h, isDouble, twice } from "../../../forms/page/dom.js";

/**
 * @param {Sitting} sitting
 * @param {boolean} open
 * @param {{close: () => void, restart: () => void}} asks
 * @returns {Part}
 */
export function closingPart(sitting, open, { close, restart }) {
  const { number, warning } = sitting.board();
  const report = h("div", { class: "report" });
  const again = twice(
    {
      first: "Recommencer la partie",
      second: "Oui, recommencer au semestre 1",
      warning: "Tous les semestres seront à rejouer. Une copie de cette partie sera gardée à côté de vos réponses.",
    },
    restart,
  );
  const end = ending(sitting, `Clôturer le semestre ${number}`, warning, close);
  const over = h("p", { class: "closed", tabindex: -1 }, h("strong", {}, `Semestre ${number} clôturé.`));
  const node = h(
    "div",
    { class: "closing" },
    open ? "" : over,
    h("div", { class: "actions" }, open ? end.node : "", again.node),
    open ? end.said : "",
    again.said,
    report,
  );
  function update() {
    end.forget();
    report.innerHTML = sitting.ledger().report ?? "";
  }
  return { node, update };
}

/**
 * The button that closes: it tells what lacks, else asks again. Not the form's own button: Enter must not close.
 *
 * @param {Sitting} sitting
 * @param {string} text
 * @param {string} warning
 * @param {() => void} close
 */
function ending(sitting, text, warning, close) {
  const said = h("p", { role: "status", class: "lacking" });
  let asked = false;
  const node = button(text, (event) => !isDouble(event) && sitting.whenSettled(askOrClose));
  function askOrClose() {
    const { ready, todo } = sitting.ledger();
    if (asked && ready) return close();
    asked = Boolean(ready);
    node.textContent = asked ? `Oui, c${text.slice(1)}` : text;
    said.textContent = asked ? warning : `Avant de clôturer. ${todo ?? ""}`;
  }
  const forget = () => {
    asked = false;
    node.textContent = text;
    said.textContent = "";
  };
  return { node, said, forget };
}
