// The page of a question: one answer at a time; each gesture is saved at once, and can be undone.

import { button, isInDesk, numberOf, part } from "./dom.js";
import { ask } from "./sending.js";
import { TEXTS, french, told } from "./words.js";

/** @typedef {import("./sending.js").State} State */
/**
 * `known` by the server, `view` in the page; `theirs`, of another person, stands until the reader has chosen.
 *
 * @typedef {{article: HTMLElement, known: State, view: State, before: State[], theirs: State | null, trouble: HTMLElement | null}} Answer
 */

const TYPING = 700; // milliseconds without a key before a comment is saved

/** @param {State} one @param {State} other */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

class Reading {
  /** @param {HTMLElement} main */
  constructor(main) {
    this.address = main.dataset.save ?? "";
    this.xsrf = main.dataset.xsrf ?? "";
    this.most = Number(main.dataset.most);
    this.reader = main.dataset.reader ?? "";
    this.answers = Array.from(main.querySelectorAll("article"), (article) => {
      const known = /** @type {State} */ (JSON.parse(article.dataset.state ?? ""));
      return /** @type {Answer} */ ({ article, known, view: known, before: [], theirs: null, trouble: null });
    });
    this.criteria = Array.from(main.querySelectorAll("button[data-criterion]"), (node) => /** @type {HTMLButtonElement} */ (node));
    this.points = part("points", HTMLInputElement);
    this.comment = this.reader ? null : part("comment", HTMLTextAreaElement);
    this.status = part("status", HTMLElement);
    this.trouble = part("trouble", HTMLElement);
    this.queue = Promise.resolve();
    this.timer = 0;
    this.place = 0;
    this.listen();
    this.show(Math.max(0, this.answers.findIndex(({ view }) => view.waiting)));
  }

  get answer() {
    return this.answers[this.place];
  }

  listen() {
    for (const node of this.criteria) node.addEventListener("click", () => this.tick(node));
    this.points.addEventListener("change", () => this.typed());
    this.points.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault(), this.typed();
    });
    this.comment?.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.commented(), TYPING);
    });
    this.comment?.addEventListener("change", () => this.commented());
    part("none", HTMLElement).addEventListener("click", () => this.mark(0, []));
    document.getElementById("all")?.addEventListener("click", () => this.mark(this.most, this.criteria.map(numberOf)));
    part("confirm", HTMLElement).addEventListener("click", () => this.change({ waiting: false }));
    part("undo", HTMLElement).addEventListener("click", () => this.undo());
    part("previous", HTMLElement).addEventListener("click", () => this.move(this.place - 1));
    part("next", HTMLElement).addEventListener("click", () => this.move(this.place + 1));
    part("unread", HTMLElement).addEventListener("click", () => this.moveToUnread());
    part("marking", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("beforeunload", (event) => {
      this.commented();
      if (this.answers.some(({ known, view }) => !same(known, view))) event.preventDefault();
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.altKey && step) {
      event.preventDefault();
      this.move(this.place + step);
    } else if (/^\d$/.test(event.key) && !event.altKey && !event.ctrlKey && !event.metaKey && isInDesk(event.target)) {
      if (event.key === "0") return this.mark(0, []);
      const node = this.criteria.find((one) => numberOf(one) === Number(event.key));
      if (node) this.tick(node);
    }
  }

  /** @param {HTMLButtonElement} node */
  tick(node) {
    const { points, waiting, criteria } = this.answer.view;
    const met = waiting ? [] : criteria;
    const was = met.includes(numberOf(node));
    const now = was ? met.filter((one) => one !== numberOf(node)) : [...met, numberOf(node)].sort((one, other) => one - other);
    const sum = (waiting ? 0 : (points ?? 0)) + (was ? -1 : 1) * Number(node.dataset.points);
    this.mark(Math.min(this.most, Math.max(0, Math.round(sum * 1000) / 1000)), now);
  }

  typed() {
    const text = this.points.value.trim().replace(",", ".");
    const points = Number(text);
    const right = text !== "" && points >= 0 && points <= this.most;
    part("wrong", HTMLElement).textContent = right ? "" : TEXTS.wrong(french(this.most));
    this.points.setAttribute("aria-invalid", String(!right));
    if (!right) this.status.textContent = TEXTS.wrong(french(this.most));
    else if (points !== this.answer.view.points || this.answer.view.waiting) this.mark(points, this.answer.view.criteria);
  }

  /** @param {number} points @param {number[]} criteria */
  mark(points, criteria) {
    this.change({ points, criteria, waiting: false });
  }

  commented() {
    clearTimeout(this.timer);
    const comment = this.comment?.value.trim() ?? "";
    if (comment !== this.answer.view.comment) this.change({ comment });
  }

  /** @param {Partial<State>} some */
  change(some) {
    const answer = this.answer;
    if (same(answer.view, { ...answer.view, ...some })) return;
    answer.before.push(answer.view);
    answer.view = { ...answer.view, ...some };
    this.draw();
    this.save(answer, TEXTS.saved);
  }

  undo() {
    const answer = this.answer;
    const before = answer.before.pop();
    if (!before) return;
    answer.view = before;
    this.draw();
    if (part("undo", HTMLButtonElement).disabled) this.focus();
    this.save(answer, TEXTS.undone);
  }

  /** Save what the page shows, after what is being saved. @param {Answer} answer @param {string} done */
  save(answer, done) {
    this.status.textContent = answer.theirs ? TEXTS.choose : TEXTS.saving;
    this.queue = this.queue.then(() => this.send(answer, done));
  }

  /** @param {Answer} answer @param {string} done */
  async send(answer, done) {
    const sent = answer.view;
    if (answer.theirs) return;
    if (same(sent, answer.known)) return this.say(answer, done);
    const { id, text } = answer.article.dataset;
    const about = { answer: id ?? "", text: text ?? "", reader: this.reader, seen: answer.known, new: sent };
    const reply = await ask(this.address, this.xsrf, about);
    if (reply.state && !reply.message) this.accept(answer, sent, reply.state, done);
    else if (reply.state) this.conflict(answer, reply.state, reply.message ?? "");
    else this.fail(answer, reply.message ?? TEXTS.unreachable, [button(TEXTS.again, () => this.save(answer, TEXTS.saved))]);
  }

  /** @param {Answer} answer @param {State} sent @param {State} kept @param {string} done */
  accept(answer, sent, kept, done) {
    answer.known = kept;
    if (answer.view === sent) answer.view = kept;
    answer.trouble?.remove();
    this.draw();
    this.say(answer, done);
  }

  /** Another person was faster: nothing of theirs is replaced unasked. @param {Answer} answer @param {State} theirs @param {string} message */
  conflict(answer, theirs, message) {
    answer.theirs = theirs;
    const points = theirs.points === null ? TEXTS.noPoints : told(theirs.points);
    this.fail(answer, message + TEXTS.stands(points), [
      button(TEXTS.theirs, () => this.settle(answer, theirs, TEXTS.undone)),
      button(TEXTS.ours, () => this.settle(answer, answer.view, TEXTS.saved)),
    ]);
  }

  /** @param {Answer} answer @param {State} chosen @param {string} done */
  settle(answer, chosen, done) {
    answer.known = answer.theirs ?? answer.known;
    answer.theirs = null;
    answer.view = chosen;
    answer.trouble?.remove();
    this.draw();
    this.focus();
    this.save(answer, done);
  }

  /** @param {Answer} answer @param {string} message @param {HTMLButtonElement[]} buttons */
  fail(answer, message, buttons) {
    this.status.textContent = "";
    const said = document.createElement("p");
    said.textContent = `Réponse ${this.answers.indexOf(answer) + 1} : ${message}`;
    answer.trouble?.remove();
    answer.trouble = document.createElement("div");
    answer.trouble.append(said, ...buttons);
    this.trouble.append(answer.trouble);
    this.draw();
  }

  /** Say what the server has kept; nothing as long as more is on its way. @param {Answer} answer @param {string} done */
  say(answer, done) {
    if (!same(answer.view, answer.known)) return;
    const { points, waiting } = answer.known;
    const mark = waiting || points === null ? TEXTS.toRead : told(points);
    const end = this.answers.some(({ view }) => view.waiting) ? "" : ` ${TEXTS.allRead}`;
    this.status.textContent = `${done} : réponse ${this.answers.indexOf(answer) + 1}, ${mark}.${end}`;
  }

  /** @param {number} place */
  move(place) {
    if (place < 0 || place >= this.answers.length) return;
    this.commented();
    this.show(place);
    this.focus();
  }

  moveToUnread() {
    const places = this.answers.map((_, step) => (this.place + 1 + step) % this.answers.length);
    const found = places.find((place) => this.answers[place].view.waiting);
    if (found === undefined) this.status.textContent = TEXTS.allRead;
    else this.move(found);
  }

  focus() {
    this.answer.article.querySelector("h2")?.focus();
  }

  /** @param {number} place */
  show(place) {
    this.place = place;
    this.answers.forEach(({ article }, number) => (article.hidden = number !== place));
    if (this.comment) this.comment.value = this.answer.view.comment;
    part("wrong", HTMLElement).textContent = "";
    this.points.removeAttribute("aria-invalid");
    this.draw();
  }

  draw() {
    const { view, before, article } = this.answer;
    const isOld = view.waiting && view.points !== null;
    for (const node of this.criteria) {
      node.setAttribute("aria-pressed", String(!view.waiting && view.criteria.includes(numberOf(node))));
    }
    this.points.value = view.points === null ? "" : french(view.points);
    if (this.comment && document.activeElement !== this.comment) this.comment.value = view.comment;
    const confirm = part("confirm", HTMLElement);
    confirm.hidden = !isOld;
    if (isOld && view.points !== null) confirm.textContent = TEXTS.confirm(told(view.points));
    const changed = article.querySelector(".changed");
    if (changed instanceof HTMLElement) {
      changed.hidden = !isOld;
      changed.textContent = isOld && view.points !== null ? TEXTS.changed(told(view.points)) : "";
    }
    part("undo", HTMLButtonElement).disabled = before.length === 0;
    part("previous", HTMLButtonElement).disabled = this.place === 0;
    part("next", HTMLButtonElement).disabled = this.place === this.answers.length - 1;
    this.drawProgress();
    this.drawComments();
  }

  drawProgress() {
    for (const { article, view } of this.answers) {
      const badge = article.querySelector(".badge");
      if (badge) badge.textContent = view.waiting || view.points === null ? TEXTS.toRead : `lue : ${told(view.points)}`;
    }
    const read = this.answers.filter(({ view }) => !view.waiting).length;
    part("progress", HTMLElement).textContent = `Lues\u00a0: ${read} sur ${this.answers.length}`;
  }

  /** The comments given to this question, each once, the most frequent first. */
  drawComments() {
    if (!this.comment) return;
    const times = new Map();
    for (const { view } of this.answers) if (view.comment) times.set(view.comment, (times.get(view.comment) ?? 0) + 1);
    const given = Array.from(times).sort((one, other) => other[1] - one[1]);
    const again = part("again", HTMLDetailsElement);
    again.hidden = given.length === 0;
    const items = given.map(([comment]) => {
      const item = document.createElement("li");
      item.append(button(comment, () => this.take(comment)));
      return item;
    });
    again.querySelector("ul")?.replaceChildren(...items);
  }

  /** @param {string} comment */
  take(comment) {
    if (!this.comment) return;
    const own = this.comment.value.trim();
    this.comment.value = own && own !== comment ? `${own}\n${comment}` : comment;
    this.commented();
    this.comment.focus();
  }
}

const main = document.querySelector("#reading");
if (main instanceof HTMLElement && main.querySelector("article")) new Reading(main);
