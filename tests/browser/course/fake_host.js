// A notebook without JupyterLab: cells that run when told, a Python that can be stopped, a server that counts.

/** @import {About, Cell, Ended, Host, Progress, Python} from "../../../autograder/lab/extension/course/types" */

const VIEW = "/autograder/lab/extension/course/view.js"; // as the test's page serves it

/**
 * What a test says of a cell: `text` is what it shows, `ends` how its runs end, in turn, `pending` that they wait for `release`.
 * @typedef {About & { id: string, kind?: Cell["kind"], ours?: boolean, text?: string, ends?: Ended[], pending?: boolean, points?: number }} Told
 */

/** @param {string} name @param {string} html */
function part(name, html) {
  return Object.assign(document.createElement("div"), { className: name, innerHTML: html });
}

/** @param {Told} told @param {string[]} ran */
function makeCell({ id, kind = "code", ours = false, text = "", ends = [], pending = false, points = 0, ...about }, ran) {
  const input = part("jp-Cell-inputWrapper", `code of ${id}`);
  const node = Object.assign(part("jp-Cell", ""), { id });
  const output = part("jp-Cell-outputWrapper", text);
  node.append(input, output);
  return {
    id,
    kind,
    about,
    node,
    points,
    isOurs: ours,
    /** @type {number | null} */
    ran: null,
    edited: false,
    release() {},
    /** @returns {Promise<Ended>} */
    async run() {
      ran.push(id);
      if (pending) await new Promise((done) => (this.release = () => done(null)));
      const ended = ends.shift() ?? "ok";
      if (ended !== "stopped") [this.ran, this.edited] = [ran.length, false];
      return ended;
    },
    hold: (/** @type {boolean} */ held) => void output.toggleAttribute("inert", held),
    /** @param {HTMLElement} placed @param {"above" | "below"} where */
    put: (placed, where) => (where === "above" ? input.before(placed) : node.append(placed)),
  };
}

/** @type {Progress} */
const NOWHERE = {
  points: 0,
  max: 4,
  exercises: {},
  answered: [],
  predictions: {},
  next: null,
  missing: false,
  newer: false,
  modified: "",
};

/** @param {{ steps: { title: string, optional?: boolean }[], cells: Told[], progress: Partial<Progress> }} options */
function makeHost({ steps, cells, progress }) {
  /** @type {Record<string, (heard?: any) => void>} */
  const hearers = {};
  const heard = (/** @type {string} */ name) => (/** @type {(heard?: any) => void} */ hear) => void (hearers[name] = hear);
  const root = part("campus-course", "");
  const node = document.createElement("div");
  document.body.append(root);
  /** @type {string[]} */
  const did = [];
  /** @type {string[]} */
  const ran = [];
  const own = cells.map((cell) => makeCell(cell, ran));
  node.className = "jp-Notebook";
  node.append(...own.map((cell) => cell.node));
  const act = (/** @type {string} */ name) => () => did.push(name);
  return {
    root,
    node,
    did,
    ran,
    hearers,
    title: "F02 – Lire un tableau",
    passMark: 0.7,
    steps: steps.map((step) => ({ optional: false, ...step })),
    /** @type {Python} */
    state: "idle",
    saved: { ...NOWHERE, ...progress },
    actions: {
      home: act("home"),
      help: act("help"),
      glossary: act("glossary"),
      larger: act("larger"),
      restart: act("restart"),
      handIn: act("handIn"),
      feedback: act("feedback"),
      takeaway: act("takeaway"),
      print: act("print"),
      open: (/** @type {string} */ path) => did.push(`open ${path}`),
    },
    get python() {
      return this.state;
    },
    /** @param {Python} state */
    becomes(state) {
      this.state = state;
      hearers.python(state);
    },
    cells: () => own,
    activate: (/** @type {Cell} */ cell) => void did.push(`activate ${cell.id}`),
    scrollTo: (/** @type {Cell | null} */ cell) => void (cell && did.push(`scroll to ${cell.id}`)),
    showNotebook: (/** @type {boolean} */ shown) => void (node.hidden = !shown),
    bare(/** @type {boolean} */ on) {
      root.classList.toggle("campus-course", on);
      did.push(on ? "bare" : "furnished");
    },
    remember: (/** @type {number} */ step) => void (root.dataset.step = String(step)),
    interrupt: async () => void did.push("interrupt"),
    relaunch: async () => void did.push("relaunch"),
    async progress() {
      return this.saved;
    },
    async predict(/** @type {Cell} */ cell, /** @type {string} */ choice) {
      did.push(`predict ${cell.id} ${choice}`);
      return this.saved;
    },
    async reached() {
      did.push("reached");
    },
    async complete() {
      did.push("complete");
      this.saved = { ...this.saved, missing: false };
      return { ok: true, message: "Un fichier de ce module manquait : il est remis en place." };
    },
    renew: async () => false,
    onCells: heard("cells"),
    onActivated: heard("activated"),
    onActive: heard("active"),
    onPython: heard("python"),
    onCode: heard("code"),
  };
}

/**
 * Show a view on the page; `host`, `view` and `failures` are there for the test.
 * @param {Parameters<typeof makeHost>[0]} options
 * @param {number | null} was
 */
async function show(options, was) {
  const { View } = await import(VIEW);
  /** @type {string[]} */
  const failures = [];
  const host = makeHost(options);
  /** @satisfies {Host} */ (host);
  const view = new View(host, localStorage, (/** @type {unknown} */ error) => {
    failures.push(String(error));
    view.stop();
  });
  host.root.append(view.bar.top, view.whole.node, host.node, view.end.node, view.bar.bottom);
  Object.assign(window, { host, view, failures });
  await view.start(was);
}
Object.assign(window, { show });
