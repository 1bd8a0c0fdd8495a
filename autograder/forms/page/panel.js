// The form of an exercise (panel.py): its control, its buttons, its verdict, its hints, and what it tells the kernel.

import { addStyle, button, clock, h, keepKeys, newId, showAll } from "./dom.js";
import { AWAY, exchange } from "./exchange.js";
import style from "./panel.css";
import { keepWhole } from "./whole.js";

const TYPING_DELAY = 400; // ms without a key before a typed answer is saved

const PAUSED = `Formulaire en pause : ${AWAY} Votre dernière réponse enregistrée n’est pas perdue.`;
const UNSENT = " Ce que vous venez de saisir ici n’est pas encore enregistré.";
const CLEAR = "Effacer ma réponse";

/**
 * The page of a form, around a control. `ownStyle` is that of the control.
 *
 * @param {MakeControl} makeControl
 * @param {string} [ownStyle]
 * @returns {Page<PanelTraits>}
 */
export const panel = (makeControl, ownStyle = "") => ({
  render(context) {
    addStyle(style + ownStyle);
    return render(context, makeControl);
  },
});

/**
 * @param {Context<PanelTraits>} context
 * @param {MakeControl} makeControl
 */
function render({ model, el }, makeControl) {
  const form = model.get("form");
  const kernel = exchange(model, { away: pause, back: resume });
  const banner = h("p", { class: "banner paused", hidden: true });
  const notice = h("p", { class: "banner", role: "alert" });
  const error = h("p", { class: "error", id: newId(), role: "alert" });
  const saved = h("p", { class: "saved", role: "status" });
  const verdict = h("div", { class: "verdict", "aria-live": "polite" });
  const outdated = h("p", { class: "outdated" }, "Vous avez modifié votre réponse depuis cette vérification.");
  const control = makeControl(form, changed, { model, ask, whenSettled });
  const hints = hintsPart(form.hints, (level) => send("hint", { level }, showPast));
  const past = pastPart();
  const clear = button(CLEAR, clearOrRestore);
  const title = h("p", { class: "caption", id: newId() }, `Formulaire : ${form.title} (${form.points})`);
  const root = h(
    "form",
    { class: "campus-form", lang: "fr", "aria-labelledby": title.id, novalidate: true, onsubmit: check },
    title,
    banner,
    notice,
    control.node,
    error,
    h("div", { class: "actions" }, h("button", { type: "submit" }, "Vérifier ma réponse"), clear, saved),
    verdict,
    outdated,
    ...hints.nodes,
    past.node,
  );
  const showWhole = keepWhole(root);
  keepKeys(root, flush); // the answer goes before a command of JupyterLab's

  /** @type {number | null} */
  let typing = null; // timer of a typed answer that is not sent yet
  let unsent = false; // the kernel has not acknowledged the latest answer
  let modified = false; // the kernel has not read the latest answer: it cannot say yet that the verdict is of another one
  /** @type {Value} */
  let cleared = null; // the answer that was just erased, to restore it
  let shownVerdict = ""; // writing the same one again would have it read aloud again

  // Exchanges with the kernel

  /**
   * @param {PanelAction} action
   * @param {Record<string, unknown>} [values]
   * @param {(reply: Reply) => void} [done] called first with what the action alone gives
   */
  function send(action, values = {}, done = () => {}) {
    forgetTyping();
    kernel.send(
      { action, ...values },
      {
        done(reply) {
          done(reply);
          acknowledge(reply);
        },
      },
    );
  }
  const sendAnswer = (/** @type {"save" | "check"} */ action) =>
    send(action, { value: control.read() }, action === "check" ? showPast : undefined);
  const hello = () => send("hello", {}, showPast);

  /** @type {Ask} */
  function ask(action, values, done) {
    send(action, values, (reply) => /** @type {any} */ (reply)[action] && done(/** @type {any} */ (reply)[action]));
  }
  /** @type {Lent["whenSettled"]} */
  function whenSettled(done) {
    flush();
    kernel.whenSettled(done);
  }
  /** @param {Reply} reply */
  function acknowledge(reply) {
    if (kernel.isWaiting()) return; // an answer sent since then is what counts
    if (typing !== null) return;
    if (reply.error) showError(reply.error);
    else if (reply.action === "hello" || reply.action === "save" || reply.action === "check") {
      unsent = modified = false;
      showError("");
      showState();
      const still = control.stillCounts?.();
      if (!reply.saved_at) follow();
      else if (still) saved.textContent = still;
      else if (reply.action === "save" || control.read() !== null) saved.textContent = `Enregistré à ${clock(reply.saved_at)}`;
    }
  }
  function pause() {
    // A reopened notebook pauses all its forms at once: only what is about to be lost interrupts a screen reader.
    banner.setAttribute("role", unsent ? "alert" : "note");
    banner.textContent = PAUSED + (unsent ? UNSENT : "");
    banner.hidden = false;
    saved.textContent = "";
  }
  function resume() {
    banner.hidden = true;
    banner.textContent = "";
  }
  function follow() {
    if (unsent) return;
    control.write(model.get("value") ?? null);
    showWhole();
  }

  // What the learner does

  function forgetTyping() {
    if (typing !== null) clearTimeout(typing);
    typing = null;
  }
  function changed(isTyping = false) {
    unsent = modified = true;
    showState();
    cleared = null;
    clear.textContent = CLEAR;
    saved.textContent = "";
    forgetTyping();
    if (isTyping) typing = window.setTimeout(() => sendAnswer("save"), TYPING_DELAY);
    else sendAnswer("save");
  }
  /** @param {Event} event */
  function check(event) {
    event.preventDefault();
    control.confirm?.();
    unsent = true;
    sendAnswer("check");
  }
  function clearOrRestore() {
    const [before, restored] = [control.read(), cleared];
    control.write(restored);
    changed();
    if (restored === null && before !== null) {
      cleared = before;
      clear.textContent = "Annuler l’effacement";
    }
  }
  function flush() {
    if (typing !== null) sendAnswer("save");
  }

  // What the panel shows

  /** @param {string} message */
  function showError(message) {
    error.textContent = message;
    for (const input of root.querySelectorAll(".entry:not(.apart)")) {
      const described = [input.getAttribute("data-unit"), message && error.id].filter(Boolean).join(" ");
      if (input.matches(".number")) input.setAttribute("aria-describedby", described);
      input.setAttribute("aria-invalid", String(Boolean(message)));
    }
    const focused = document.activeElement;
    if (message) showAll(error, ...(focused && root.contains(focused) ? [focused] : [])); // what is being typed stays in sight
  }
  /** @param {Reply} reply */
  function showPast(reply) {
    if (reply.tries === undefined) return; // an error was met before
    const told = /** @type {Past} */ (reply);
    hints.show(told.opened);
    past.show(told);
  }
  function showState() {
    if (shownVerdict !== model.get("verdict")) {
      verdict.innerHTML = shownVerdict = model.get("verdict");
    }
    outdated.hidden = !model.get("outdated") && !(modified && shownVerdict);
    notice.textContent = model.get("notice");
    notice.hidden = !model.get("notice");
  }

  model.on("change:value", follow);
  model.on("change:verdict change:outdated change:notice", showState);
  model.on("comm_live_update", hello);
  control.write(model.get("value") ?? null);
  hints.show(0);
  showState();
  el.append(root);
  hello();
  window.addEventListener("pagehide", flush); // the page is reloaded, or closed, before the typing stops

  return () => {
    window.removeEventListener("pagehide", flush);
    flush();
    kernel.close();
  };
}

/**
 * Hints: each is offered after the one before; `opened` is told of a hint opened for the first time.
 *
 * @param {string[]} texts
 * @param {(level: number) => void} opened
 */
function hintsPart(texts, opened) {
  let furthest = 0; // the furthest hint opened, ever
  const hints = texts.map((html, i) => {
    const hint = h("details", {}, h("summary", {}, `Indice ${i + 1}`), h("div", { html }));
    hint.addEventListener("toggle", () => {
      if (!hint.open || i < furthest) return;
      show(i + 1);
      opened(i + 1);
    });
    return hint;
  });
  const count = h("p", { class: "hint-count" });
  /** @param {number} level */
  function show(level) {
    furthest = Math.max(furthest, level);
    hints.forEach((hint, i) => (hint.hidden = i > furthest));
    const said = `Indices ouverts : ${furthest} sur ${hints.length}.`;
    count.textContent = furthest ? `${said} Ils ne coûtent aucun point.` : "";
  }
  return { nodes: hints.length ? [...hints, count] : [], show };
}

/** The tries of before, folded. */
function pastPart() {
  const tries = h("ol", { class: "tries" });
  const summary = h("summary");
  const node = h("details", { hidden: true }, summary, tries);
  /** @param {Past} told */
  function show(told) {
    node.hidden = !told.tries;
    summary.textContent = `Mes essais (${told.tries})`;
    tries.innerHTML = told.history;
  }
  return { node, show };
}
