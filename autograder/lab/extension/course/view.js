// The course view of one notebook: one step on the screen, prepared by itself.

/** @import {Cell, Host, News, Progress, Python, Role, Step} from "./types" */
import { Bar } from "./bar.js";
import { isOutdated, markOutdated, offerCode, offerRun } from "./code.js";
import { focusOn } from "./dom.js";
import { End } from "./end.js";
import { guard } from "./keys.js";
import { news } from "./news.js";
import { Prediction } from "./predict.js";
import { Queue } from "./queue.js";
import { isLast, readSteps, resumption, stateOf } from "./steps.js";
import { explain } from "./terms.js";
import { NEWS, TEXTS } from "./texts.js";
import { keepInSight } from "./verdicts.js";
import { clear, isAnswerByCode, isSeen, looks, put } from "./visibility.js";
import { WholeBar } from "./whole.js";

const CODING = "campus-by-code"; // remembered for all modules, as long as the browser keeps it
const LONG = 4000; // ms of work before Python is said to be busy
const SLOW = 12_000; // ms before a Python that has not answered yet is said to be slow: a loop may hold it since before a reload
const SOON = 250; // ms: what several events ask for is done once
const DEATHS = 3; // in one minute: Python is not started again without being asked

/** @type {Progress} */
const UNKNOWN = { points: 0, max: 0, exercises: {}, answered: [], predictions: {}, next: null, missing: false, newer: false, modified: "" };

export class View {
  /**
   * @param {Host} host
   * @param {Storage} kept what is remembered from one module to the next
   * @param {(error: unknown) => void} failed called once, when something that the view does fails
   */
  constructor(host, kept, failed) {
    this.host = host;
    this.kept = kept;
    this.failed = failed;
    this.stopped = false;
    this.on = true;
    this.current = 0;
    /** @type {number | undefined} */
    this.left = undefined; // the step that was left for the end
    this.reached = false;
    this.coding = kept.getItem(CODING) === "1";
    this.progress = UNKNOWN;
    /** @type {Step[]} */
    this.steps = [];
    /** @type {Map<Cell, Prediction>} */
    this.predictions = new Map();
    /** @type {Set<Cell>} */
    this.dressed = new Set();
    /** @type {Set<Cell>} */
    this.opened = new Set();
    /** @type {Map<Cell, string>} */
    this.looks = new Map();
    this.queue = new Queue(this.#safe(() => this.#tell()));
    this.bar = new Bar(host.title, host.actions, {
      open: this.#safe((/** @type {number} */ step) => this.open(step)),
      previous: this.#safe(() => this.open(this.#before())),
      next: this.#safe(() => this.next()),
      code: this.#safe(() => this.#code()),
      whole: this.#safe(() => this.showWhole(true)),
      mend: this.#safe((/** @type {NonNullable<News["action"]>} */ action) => this.#mend(action)),
    });
    this.end = new End(host.passMark, host.actions, this.#safe((/** @type {number} */ step) => this.open(step)));
    this.whole = new WholeBar(host.actions, this.#safe(() => this.showWhole(false)));
    this.told = "";
    /** @type {Python | undefined} */
    this.heard = undefined;
    this.healing = false;
    this.long = false;
    /** @type {number[]} */
    this.deaths = [];
    this.gaveUp = false;
  }

  /** Show the step where the learner was, or where they have to resume. @param {number | null} was */
  async start(was) {
    const { host } = this;
    this.#read();
    guard(host.node, () => this.on && !this.stopped, () => this.coding);
    keepInSight(host.node);
    explain(host.node);
    host.onCells(this.#safe(() => this.#changed()));
    host.onActivated(this.#safe(() => this.#atEnd()));
    host.onActive(this.#safe((/** @type {Cell | null} */ cell) => this.#keepActive(cell)));
    host.onPython(this.#safe((/** @type {Python} */ state) => this.#heard(state)));
    host.onCode(this.#safe(() => this.#outdate()));
    await this.#safe(async () => {
      this.current = was ?? 0;
      this.#show();
      this.queue.prepare(host.cells());
      this.#time(host.python);
      await this.learn();
      this.open(was ?? resumption(this.steps, this.progress));
      if (this.progress.newer) this.#say(NEWS.newer);
    })();
  }

  /** The whole notebook takes the place of a view that fails, now or later. */
  stop() {
    this.stopped = true;
    this.queue.forget();
    clear(this.host.cells());
    this.host.cells().forEach((cell) => cell.hold(false));
  }

  /**
   * Have a failure stop the view, not leave it half done.
   * @template {unknown[]} Args
   * @param {(...args: Args) => unknown} act
   */
  #safe(act) {
    return async (/** @type {Args} */ ...args) => {
      if (this.stopped) return;
      try {
        await act(...args);
      } catch (error) {
        if (!this.stopped) this.failed(error);
      }
    };
  }

  /** The learner comes back to this notebook, from another page. */
  shown() {
    if (!this.stopped && this.on && this.steps.length) this.#safe(() => this.#comeBack())();
  }

  /** The end takes the focus that a hidden notebook cannot: without it, this panel would not be the one that JupyterLab shows. */
  #atEnd() {
    if (this.on && this.isEnd) requestAnimationFrame(() => this.end.focus());
  }

  #comeBack() {
    if (this.isEnd) this.#atEnd();
    else this.#focus(this.#seen());
    return this.learn();
  }

  // --- Moving

  /** @param {number} step @param {{ focus?: boolean }} [options] */
  open(step, { focus = true } = {}) {
    const was = this.current;
    this.current = Math.max(0, Math.min(step, this.steps.length));
    if (this.isEnd && was < this.current) this.left = was;
    this.told = "";
    this.#reach();
    this.host.remember(this.current);
    this.#show();
    if (this.isEnd) {
      this.#atEnd();
      this.learn();
      return;
    }
    const seen = this.#seen();
    if (focus) {
      if (seen.length) this.host.activate(seen[0]);
      this.host.scrollTo(null);
      this.#focus(seen);
    }
  }

  #before() {
    if (!this.isEnd) return this.current - 1;
    return this.left ?? this.steps.map((step) => step.optional).lastIndexOf(false);
  }

  next() {
    const waits = this.steps[this.current]?.cells.map((cell) => this.predictions.get(cell)).find((one) => one && !one.isRevealed);
    if (waits) waits.reveal();
    else this.open(isLast(this.steps, this.current) ? this.steps.length : this.current + 1);
  }

  /** The card of the module is the learner's from the moment that they come to it. */
  #reach() {
    if (this.reached || !this.steps[this.current]?.cells.some((cell) => cell.about.role === "takeaway")) return;
    this.reached = true;
    this.host.reached().catch(() => (this.reached = false)); // asked again the next time
  }

  /** Show the whole notebook, or the course again. @param {boolean} whole */
  showWhole(whole) {
    this.on = !whole;
    this.#show();
    const [cell] = this.steps[this.current]?.cells ?? [];
    if (!whole) this.open(this.current);
    else if (cell) this.host.scrollTo(cell);
  }

  get isEnd() {
    return this.current === this.steps.length;
  }

  /** @param {Cell[]} seen */
  #focus(seen) {
    // A text is drawn a moment after it is shown.
    requestAnimationFrame(() => {
      const heading = seen.map((cell) => cell.node.querySelector("h1, h2, h3")).find(Boolean);
      const place = heading ?? seen[0]?.node;
      if (place instanceof HTMLElement) focusOn(place);
    });
  }

  // --- Reading, drawing

  #read() {
    this.steps = readSteps(this.host.steps, this.host.cells());
    for (const cell of this.steps.flatMap((step) => step.cells)) if (!this.dressed.has(cell)) this.#dress(cell);
  }

  /** @param {Cell} cell */
  #dress(cell) {
    this.dressed.add(cell);
    const { role, predict } = cell.about;
    if (cell.kind !== "code") return;
    if (predict) this.predictions.set(cell, new Prediction(cell, (choice) => this.#predicted(cell, choice)));
    if (role === "example")
      offerCode(cell, (opened) => {
        this.opened[opened ? "add" : "delete"](cell);
        this.#show();
      });
    else if (role === "answer" || role === "try" || !role || this.#answers(cell).length) offerRun(cell, () => this.#run(cell));
  }

  #show() {
    const { host, on, progress } = this;
    if (on) {
      this.looks = looks(this.steps, {
        current: this.current,
        byCode: this.coding,
        revealed: (cell) => this.predictions.get(cell)?.isRevealed ?? true,
        opened: (cell) => this.opened.has(cell),
      });
      put(this.looks);
    } else clear(host.cells());
    host.bare(on);
    host.showNotebook(!on || !this.isEnd);
    this.end.node.hidden = !on || !this.isEnd;
    if (this.isEnd) this.end.show(this.steps, progress);
    this.whole.node.hidden = on;
    this.bar.show({
      on,
      steps: this.steps.map((step) => ({ title: step.title, state: stateOf(step, progress) })),
      current: this.current,
      points: progress.points,
      max: progress.max,
      byCode: this.#byCode(),
      coding: this.coding,
      last: !this.isEnd && isLast(this.steps, this.current),
    });
    this.#tell();
    this.#outdate();
  }

  #seen() {
    return (this.steps[this.current]?.cells ?? []).filter((cell) => isSeen(this.looks.get(cell)));
  }

  /** What the button that shows the code says: nothing when the step has none. */
  #byCode() {
    const cells = this.steps[this.current]?.cells ?? [];
    const has = (/** @type {Role} */ role) => cells.some((cell) => (cell.about.role ?? "try") === role);
    if (cells.some(isAnswerByCode)) return TEXTS.byCode;
    if (has("try")) return TEXTS.tryCode;
    return has("bycode") ? TEXTS.readCode : "";
  }

  #code() {
    this.coding = !this.coding;
    this.kept.setItem(CODING, this.coding ? "1" : "");
    const before = new Set(this.#seen());
    this.#show();
    const [first] = this.#seen().filter((cell) => !before.has(cell));
    if (first) this.host.scrollTo(first); // it may be below what is on the screen
  }

  #outdate() {
    const cells = this.host.cells();
    for (const cell of cells) if (cell.about.role === "check") markOutdated(cell, isOutdated(cell, cells));
  }

  // --- Answers

  /** The cells where code answers what a check judges; none for another cell. @param {Cell} check */
  #answers({ about: { role, exercise } }) {
    const theirs = (/** @type {Cell} */ one) => isAnswerByCode(one) && one.about.exercise === exercise;
    return role === "check" ? this.host.cells().filter(theirs) : [];
  }

  /** Run a cell as its button asks; a check runs the answer first, if it is not the one on the screen. @param {Cell} cell */
  async #run(cell) {
    for (const answer of this.#answers(cell)) if (answer.edited || answer.ran === null) await answer.run();
    await cell.run();
    this.#outdate();
  }

  /** @param {Cell} cell @param {string} choice */
  #predicted(cell, choice) {
    this.#show();
    this.host.predict(cell, choice).then(
      (progress) => this.#learnt(progress),
      () => {}, // the result is shown all the same; only the memory of it is lost
    );
  }

  /** Ask where the learner stands, and mend what is missing. */
  async learn() {
    const progress = await this.host.progress().catch(() => null);
    if (progress) await this.#learnt(progress); // else the last that is known stays on the screen
  }

  /** @param {Progress} progress */
  async #learnt(progress) {
    this.progress = progress;
    for (const [cell, one] of this.predictions) {
      const choice = progress.predictions[cell.id];
      if (!one.isRevealed && choice !== undefined) one.remember(choice);
    }
    this.#show();
    if (progress.missing && !this.mending) {
      this.mending = true;
      const { ok, message } = await this.host.complete().catch(() => ({ ok: false, message: NEWS.away }));
      this.mending = !ok; // asked once when it does not help
      this.#say(message);
      if (ok) this.#prepareAgain();
    } else if (await this.host.renew(progress.modified)) this.#say(NEWS.renewed);
  }

  #learnSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(this.#safe(() => this.learn()), SOON);
  }

  // --- Python

  /** @param {Python} state */
  #heard(state) {
    const still = state === "busy" && this.heard === "busy"; // something else has ended beside: a form was answered
    if (!still) this.#time(state);
    this.heard = state;
    const again = state === "starting" && this.queue.ended.size > 0; // started again from another page
    if (state === "restarting" || state === "dead" || again) {
      this.queue.forget();
      this.healing = true;
    }
    if (state === "dead") this.#revive();
    if (state === "idle") {
      this.gaveUp = false;
      if (this.healing && !this.queue.due.length) this.#prepareAgain();
    }
    if ((state === "idle" || still) && !this.queue.working) this.#learnSoon(); // a form has answered, or the learner's own cell
    this.#tell();
  }

  /** Say it when a state lasts too long. @param {Python} state */
  #time(state) {
    clearTimeout(this.busy);
    this.long = false;
    const patience = state === "busy" ? LONG : state === "starting" ? SLOW : 0;
    if (patience) this.busy = setTimeout(this.#safe(() => this.#tooLong()), patience);
  }

  #tooLong() {
    this.long = true;
    this.#tell();
  }

  #revive() {
    const now = Date.now();
    this.deaths = [...this.deaths.filter((at) => now - at < 60_000), now];
    this.gaveUp = this.deaths.length > DEATHS;
    if (!this.gaveUp) this.host.relaunch();
  }

  #prepareAgain() {
    this.queue.forget();
    this.queue.prepare(this.host.cells());
    this.#tell();
  }

  /** @param {NonNullable<News["action"]>} action */
  #mend(action) {
    if (action === "interrupt") this.host.interrupt();
    else if (action === "relaunch") {
      this.deaths = [];
      this.gaveUp = false;
      this.host.relaunch();
    } else this.queue.again(this.queue.failed(this.steps[this.current]?.cells ?? []));
    this.#tell();
  }

  /** @param {string} text */
  #say(text) {
    this.told = text;
    this.#tell();
  }

  #tell() {
    const all = this.host.cells();
    if (this.healing && this.queue.due.length && this.queue.isReady(all)) {
      this.healing = false;
      this.told = NEWS.ready;
    }
    for (const cell of all) cell.hold(this.healing && cell.isOurs && !this.queue.ended.has(cell));
    this.bar.tell(this.#news(this.steps[this.current]?.cells ?? []));
    this.whole.tell(this.#news(all).text || TEXTS.prepared);
  }

  /** @param {Cell[]} cells those that are to be ready */
  #news(cells) {
    return news({
      python: this.host.python,
      gaveUp: this.gaveUp,
      healing: this.healing,
      ready: this.queue.isReady(cells),
      failed: this.queue.failed(cells).length > 0,
      long: this.long,
      told: this.told,
    });
  }

  // --- The notebook moves by itself

  #changed() {
    const had = this.queue.due.length;
    this.#read();
    this.#show();
    const cells = this.host.cells();
    if (had) this.queue.prepare(cells); // a notebook read again has new cells, not run yet
    this.#learnSoon();
  }

  /** Commands act on the active cell: it is always one that is on the screen. @param {Cell | null} cell */
  #keepActive(cell) {
    if (!this.on || !cell || isSeen(this.looks.get(cell))) return;
    const last = this.#seen().at(-1);
    if (last) this.host.activate(last);
  }

}
