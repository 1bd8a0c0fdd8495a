// The course view in JupyterLab: the only file of this folder that knows it.

/** @import {Cell, Ended, Host, Python} from "./types" */
import { folderOf } from "../deeds.js";
import { Furniture } from "./furniture.js";
import { View } from "./view.js";

const COURSE = "campus-course";
const PLACE = "campus-step:"; // in the browser's session: a reload comes back to the same step
const GUIDE = { path: "guides/apprenant.md", factory: "Markdown Preview" };
const GIVEN_UP = 300; // ms before what Python gave up may be asked again
const EDITED = 200; // ms without a change before code is looked at again
const ASKED = { times: 120, every: 500 }; // a new process may take a minute to answer; ms
const SAVED = 5000; // ms around a save, during which the disk may be ahead of what JupyterLab knows

/** @type {Record<string, Python>} */
const STATES = {
  idle: "idle",
  busy: "busy",
  restarting: "restarting",
  autorestarting: "restarting",
  dead: "dead",
  terminating: "dead",
};

/**
 * Make course views; the function returned dresses a notebook, and raises what keeps it from being dressed.
 *
 * @param {Packages} lab
 * @param {import("../server.js").Server} server
 * @param {(panel: NotebookPanel) => import("../deeds.js").Deeds} deedsOn
 * @param {LabApp["commands"]} commands
 * @param {Shell} shell
 */
export function courses(lab, server, deedsOn, commands, shell) {
  const furniture = new Furniture(shell);
  /** @type {Set<LabWidget>} */
  const bare = new Set();
  /** @type {Map<LabWidget, View>} */
  const views = new Map();
  const settle = () => {
    const away = shell.currentWidget !== null && bare.has(shell.currentWidget);
    if (away || furniture.away || bare.size) furniture.put(away);
  };
  shell.currentChanged.connect(() => {
    settle();
    if (shell.currentWidget) views.get(shell.currentWidget)?.shown();
  });

  /** @param {NotebookPanel} panel @param {() => void} fallBack what to do when the view fails, now or later */
  return async (panel, fallBack) => {
    const { Widget } = lab.widgets;
    const { content, context, sessionContext } = panel;
    const about = panel.model?.getMetadata("campus");
    const [folder, place] = [folderOf(panel), PLACE + context.path];
    let suspended = false; // Python stops because the learner begins again: nothing to heal
    let replaced = false; // another page restarts Python, and its new process has not answered yet
    let saved = 0;
    /** @type {Set<string>} what Python is doing: a form is answered beside the cells, and Python is then said idle while a cell still runs */
    const doing = new Set();
    keepAllCells(content);

    const deeds = deedsOn(panel);
    const suspend = async (/** @type {() => Promise<void>} */ deed) => {
      suspended = true;
      await deed();
      suspended = false;
    };

    /** @type {WeakMap<LabCell, Cell>} */
    const known = new WeakMap();
    /** @type {(() => void)[]} */
    const hearers = [];
    const cellOf = (/** @type {LabCell} */ widget) => {
      const cell = known.get(widget) ?? wrap(widget);
      known.set(widget, cell);
      return cell;
    };

    /** @param {LabCell} widget @returns {Cell} */
    function wrap(widget) {
      const { model } = widget;
      const { locked, grade, solution, points = 0 } = model.getMetadata("nbgrader") ?? {};
      return {
        id: model.id,
        kind: model.type,
        about: model.getMetadata("campus") ?? {},
        node: widget.node,
        points,
        isOurs: model.type === "code" && Boolean(locked) && !grade && !solution,
        get ran() {
          return model.executionCount ?? null;
        },
        get edited() {
          return model.isDirty === true;
        },
        run() {
          return run(widget);
        },
        hold(held) {
          widget.node.querySelector(".jp-Cell-outputWrapper")?.toggleAttribute("inert", held);
        },
        put(node, where) {
          const placed = new Widget({ node });
          placed.addClass(`campus-${where}-place`);
          if (where === "above") widget.layout.insertWidget(1, placed);
          else widget.layout.addWidget(placed);
        },
      };
    }

    /** @param {LabCell} widget @returns {Promise<Ended>} */
    async function run(widget) {
      if (widget.isDisposed) return "error";
      try {
        await sessionContext.ready;
        await sessionContext.session?.kernel?.info;
        const reply = await lab.cells.CodeCell.execute(widget, sessionContext, { deletedCells: content.model.deletedCells.splice(0) });
        hearers.forEach((heard) => heard());
        if (reply?.content.status === "ok") return "ok";
        if (reply?.content.status === "error") return "error";
      } catch {
        // Python has stopped: the request was dropped.
      }
      await new Promise((done) => setTimeout(done, GIVEN_UP)); // not at once again
      return "stopped";
    }

    // JupyterLab has the notebook to save when an output changes, or when it writes Python's version there. What is run by the
    // course is not the learner's work: their notebook is to be saved when a text has changed.
    const texts = () => content.widgets.map((cell) => cell.model.sharedModel.getSource()).join("\u0000");
    let kept = texts();
    context.saveState.connect((_, state) => {
      saved = Date.now();
      if (state === "completed") kept = texts();
    });
    content.model.stateChanged.connect(() => {
      if (content.model.dirty && texts() === kept) content.model.dirty = false;
    });

    const [top, whole, bottom, end] = Array.from({ length: 4 }, () => new Widget());

    /** @type {Host} */
    const host = {
      title: `${String(about.module).split("-")[0]} – ${about.title}`,
      passMark: about.pass_mark,
      steps: about.steps,
      node: content.node,
      actions: {
        home: () => commands.execute("campus:home"),
        help: () => commands.execute("docmanager:open", GUIDE),
        glossary: () => commands.execute("campus:glossary"),
        larger: () => commands.execute("campus:larger-text"),
        restart: () => suspend(deeds.restart),
        handIn: () => deeds.handIn(),
        feedback: () => deeds.feedback(),
        takeaway: () => commands.execute("campus:takeaways", { folder }),
        open: (path) => commands.execute("docmanager:open", { path }),
        print: () => window.print(),
      },
      get python() {
        const kernel = sessionContext.session?.kernel;
        if (!kernel) return "starting";
        if (kernel.connectionStatus === "disconnected") return "away";
        if (replaced) return "restarting";
        return kernel.status === "idle" && doing.size ? "busy" : (STATES[kernel.status] ?? "starting");
      },
      cells: () => content.widgets.map(cellOf),
      activate(cell) {
        content.activeCellIndex = content.widgets.findIndex((widget) => widget.node === cell.node);
        content.deselectAll();
        content.mode = "command";
      },
      scrollTo(cell) {
        const widget = content.widgets.find((one) => one.node === cell?.node);
        if (widget) requestAnimationFrame(() => content.scrollToCell(widget, "start"));
        else (content.node.querySelector(".jp-WindowedPanel-outer") ?? content.node).scrollTo(0, 0);
      },
      showNotebook: (shown) => content.setHidden(!shown),
      bare(on) {
        bare[on ? "add" : "delete"](panel);
        panel.toggleClass(COURSE, on);
        panel.toolbar.setHidden(on);
        settle();
      },
      remember: (step) => sessionStorage.setItem(place, String(step)),
      interrupt: async () => sessionContext.session?.kernel?.interrupt(),
      relaunch: async () => void (await sessionContext.restartKernel?.()),
      progress: () => server.where(folder, about.version),
      predict: (cell, choice) => server.predict(folder, about.version, cell.id, choice),
      reached: () => server.reached(folder, about.version),
      complete: () => server.act("completer", { folder }),
      async renew(modified) {
        const ahead = Date.parse(modified) - Date.parse(context.contentsModel?.last_modified ?? "");
        if (!(ahead > 1000) || content.model.dirty || Date.now() - saved < SAVED) return false;
        await context.revert();
        kept = texts();
        return true;
      },
      onCells: (heard) => content.model.cells.changed.connect(() => setTimeout(() => panel.isDisposed || heard())),
      onActivated: (heard) =>
        lab.messaging.MessageLoop.installMessageHook(panel, (_, { type }) => {
          if (type === "activate-request") heard();
          return true; // the panel does the rest
        }),
      onActive: (heard) => content.activeCellChanged.connect((_, widget) => heard(widget && cellOf(widget))),
      onCode(heard) {
        hearers.push(heard);
        let later = 0;
        content.model.contentChanged.connect(() => {
          clearTimeout(later);
          later = window.setTimeout(() => panel.isDisposed || heard(), EDITED);
        });
        lab.notebook.NotebookActions.executed.connect((_, { notebook, cell }) => notebook === content && cell && heard());
      },
      onPython(heard) {
        const hear = (state = host.python) => suspended || panel.isDisposed || heard(state);
        /** JupyterLab is not told of a restart that it did not ask for, and may miss the new process: it is asked until it answers. */
        const follow = async (/** @type {string} */ old) => {
          replaced = true;
          hear();
          const kernel = sessionContext.session?.kernel;
          const answered = kernel && (await another(kernel, old, () => kernel === sessionContext.session?.kernel));
          if (answered) await otherSubshells(kernel);
          replaced = false;
          doing.clear();
          hear(answered ? "idle" : host.python); // JupyterLab may still believe that it starts
        };
        sessionContext.connectionStatusChanged.connect(() => {
          doing.clear(); // what ended meanwhile was not heard
          hear();
        });
        sessionContext.statusChanged.connect((_, status) => {
          if (status === "autorestarting") dismissDialog(lab.apputils.Dialog);
          if (status !== "idle" && status !== "busy") doing.clear();
          hear();
        });
        sessionContext.iopubMessage.connect((_, { header, parent_header, content }) => {
          if (header.msg_type === "shutdown_reply" && content.restart && host.python !== "restarting") follow(header.session);
          if (header.msg_type !== "status" || !parent_header.msg_id) return;
          doing[content.execution_state === "busy" ? "add" : "delete"](parent_header.msg_id);
          hear();
        });
      },
    };

    /** @param {unknown} error */
    function fail(error) {
      console.error("campus: the course view stops, the whole notebook takes its place", error);
      [top, whole, bottom, end].forEach((one) => one.dispose());
      view.stop();
      host.showNotebook(true);
      host.bare(false);
      views.delete(panel);
      fallBack();
    }

    const view = new View(host, localStorage, fail);
    views.set(panel, view);
    panel.disposed.connect(() => {
      bare.delete(panel);
      views.delete(panel);
      sessionStorage.removeItem(place);
    });
    for (const [widget, node] of /** @type {const} */ ([[top, view.bar.top], [whole, view.whole.node], [bottom, view.bar.bottom], [end, view.end.node]]))
      widget.node.append(node);
    panel.contentHeader.addWidget(top);
    panel.contentHeader.addWidget(whole);
    end.addClass("campus-end-place");
    panel.layout.addWidget(end);
    panel.layout.addWidget(bottom);
    lab.widgets.BoxLayout.setStretch(end, 1);
    fitTo(panel, [top, whole, bottom], end);
    const was = sessionStorage.getItem(place);
    await view.start(was === null ? null : Number(was));
  };
}

/**
 * Ask a kernel until another process than an old one answers; tell whether one did.
 * @param {LabKernel} kernel
 * @param {string} old
 * @param {() => boolean} wanted
 */
async function another(kernel, old, wanted) {
  for (let left = ASKED.times; left && wanted(); left--) {
    const late = new Promise((done) => setTimeout(done, ASKED.every));
    const reply = await Promise.race([kernel.requestKernelInfo(), late]).catch(() => late);
    if (reply && reply.header.session !== old) return true;
  }
  return false;
}

/**
 * Have comms let go of their subshell, which a new process does not have, and ask for another: JupyterLab only does it when it hears « restarting ».
 * @param {LabKernel} kernel
 */
async function otherSubshells(kernel) {
  const way = kernel.commsOverSubshells;
  kernel.commsOverSubshells = "disabled";
  await new Promise((done) => setTimeout(done)); // each lets go after a promise
  kernel.commsOverSubshells = way;
}

/**
 * Give each bar the height that it needs: JupyterLab gives a header, and what is under the notebook, its least one.
 * @param {NotebookPanel} panel
 * @param {LabWidget[]} bars
 * @param {LabWidget} end takes the room of the notebook when it is shown
 */
function fitTo(panel, bars, end) {
  const fit = () => {
    if (panel.isDisposed) return;
    for (const widget of bars) {
      const [node] = widget.node.children;
      widget.node.style.minHeight = `${node instanceof HTMLElement ? node.offsetHeight : 0}px`;
    }
    panel.contentHeader.fit();
    panel.fit();
  };
  const watch = new ResizeObserver(fit);
  for (const widget of bars) for (const node of widget.node.children) watch.observe(node);
  const toEnd = () => end.setHidden(end.node.firstElementChild?.hasAttribute("hidden") ?? true);
  new MutationObserver(toEnd).observe(end.node, { subtree: true, attributes: true, attributeFilter: ["hidden"] });
  toEnd();
}

/** In mode "full" JupyterLab keeps only the cells that it believes on the screen: hidden ones would leave it blank. */
/** @param {NotebookPanel["content"]} content */
function keepAllCells(content) {
  if (content.notebookConfig.windowingMode === "full") content.notebookConfig = { ...content.notebookConfig, windowingMode: "none" };
}

/** JupyterLab tells, in English, that Python died and starts again: the view says it, and heals. */
/** @param {Packages["apputils"]["Dialog"]} dialogs */
function dismissDialog({ tracker }) {
  /** @type {LabDialog[]} */
  const dialogs = [];
  tracker.forEach((dialog) => dialogs.push(dialog));
  const dialog = dialogs.at(-1);
  const timer = setInterval(() => {
    if (dialog?.isAttached) dialog.resolve(0); // as if its button were pressed
    if (!dialog || dialog.isAttached || dialog.isDisposed) clearInterval(timer);
  }, 50);
}
