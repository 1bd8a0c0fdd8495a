// The learner's JupyterLab: a home page, and a bar of plain French buttons above each module.
// The instructor's: two cards in the launcher. Each role's configuration disables the other's plugin.
//
// This file is a module-federation container written by hand: what webpack would build around an extension is the twenty
// lines at the end. It takes JupyterLab's own packages from the scope that JupyterLab shares (docs/decisions/lab-extension.md).

const REFRESH = 3000; // ms between two looks at the home page, while it is shown
const ATTEMPTS = 3; // JupyterLab may drop a command while a kernel starts
const LARGE = "campus-larger";
const NARROW = "(max-width: 60rem)"; // a small screen, or a page at 200 %: the file list would leave no room

const TEXTS = {
  home: "Accueil",
  preparing: "Préparation du module…",
  prepared: "Module prêt : lisez, puis répondez dans les formulaires.",
  notPrepared: "Le module n’est pas encore prêt.",
  prepare: "Préparer le module",
  larger: "Agrandir le texte",
  smaller: "Taille normale",
  restart: "Recommencer ce module",
  handIn: "Rendre mon travail",
  feedback: "Voir mon retour",
  learner: "Votre identifiant",
  learnerHint:
    "Celui que votre formateur vous a donné ; à défaut, prénom.nom. Il est écrit dans le fichier que vous lui enverrez et gardé dans votre espace. Il n’est envoyé nulle part.",
  guide: "Guide du formateur",
  formgrader: "Publier, ramasser, corriger (formgrader)",
  unreachable: "Le serveur du cours ne répond pas. Vérifiez que la fenêtre de « make lab » est toujours ouverte.",
};

const QUESTIONS = {
  effacer: ["Effacer mon parcours ?", "Vos essais, vos indices et votre progression seront oubliés. Vos carnets et vos réponses restent.", "Effacer"],
  recommencer: [
    "Recommencer ce module ?",
    "Le module sera remis à neuf, réponses comprises. Une copie datée de votre travail sera gardée à côté.",
    "Recommencer",
  ],
  rendre: ["Rendre votre travail ?", "Votre carnet est d’abord enregistré. Vous pourrez le rendre de nouveau.", "Rendre"],
};

function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

function plugins({ application, apputils, coreutils, docmanager, launcher, notebook, services, widgets }) {
  const { Widget } = widgets;
  const { showDialog, Dialog } = apputils;
  const settings = services.ServerConnection.makeSettings();

  // --- The server

  async function ask(path, options = {}) {
    const url = coreutils.URLExt.join(settings.baseUrl, "campus", path);
    const response = await services.ServerConnection.makeRequest(url, options, settings);
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  }
  const act = (name, folder = "", learner = "") =>
    ask(`action/${name}`, { method: "POST", body: JSON.stringify({ folder, learner }) });

  async function confirmed(name) {
    const [title, body, accept] = QUESTIONS[name];
    const buttons = [Dialog.cancelButton({ label: "Annuler" }), Dialog.okButton({ label: accept })];
    return (await showDialog({ title, body, buttons, defaultButton: 0 })).button.accept;
  }

  /** What is asked of a learner whom no exchange knows; the field holds what they gave before. */
  class Signature extends Widget {
    constructor(learner, problem) {
      super();
      this.addClass("campus-signature");
      this.node.lang = "fr";
      const [, body] = QUESTIONS.rendre;
      this.input = h("input", { id: "campus-learner", type: "text", autocomplete: "username", value: learner });
      this.input.setAttribute("aria-describedby", "campus-learner-hint campus-learner-problem");
      this.input.setAttribute("aria-invalid", Boolean(problem));
      this.node.append(
        h("p", {}, body),
        h("label", { for: "campus-learner" }, TEXTS.learner),
        this.input,
        h("p", { id: "campus-learner-problem", role: "alert" }, problem),
        h("p", { id: "campus-learner-hint" }, TEXTS.learnerHint),
      );
    }
    getValue() {
      return this.input.value;
    }
  }
  /** Return the name under which to hand in, or null when the learner gives up. */
  async function signed(learner, problem) {
    const [title, , accept] = QUESTIONS.rendre;
    const buttons = [Dialog.cancelButton({ label: "Annuler" }), Dialog.okButton({ label: accept })];
    const body = new Signature(learner, problem);
    const { button, value } = await showDialog({ title, body, buttons, defaultButton: 1, focusNodeSelector: "input" });
    return button.accept ? value : null;
  }
  const tell = (title, body) => showDialog({ title, body, buttons: [Dialog.okButton({ label: "Fermer" })] });

  // --- The home page

  class Home extends Widget {
    constructor(open) {
      super();
      this.id = "campus-home";
      this.title.label = TEXTS.home;
      this.title.closable = true;
      this.addClass("campus-home");
      this.node.lang = "fr";
      this.node.tabIndex = -1;
      this.content = h("main", {});
      this.node.append(this.content);
      this.mark = "";
      this.node.addEventListener("click", (event) => this.clicked(event, open));
      this.timer = setInterval(() => this.refresh(), REFRESH);
    }
    dispose() {
      clearInterval(this.timer);
      super.dispose();
    }
    onAfterShow() {
      this.refresh();
    }
    onActivateRequest() {
      this.node.focus();
    }
    async refresh() {
      if (!this.isVisible || document.hidden) return;
      try {
        const { mark, html } = await ask(`accueil?mark=${this.mark}`);
        if (html) this.fill(mark, html);
      } catch {
        if (!this.mark) this.content.replaceChildren(h("p", { role: "alert" }, TEXTS.unreachable));
      }
    }
    fill(mark, html) {
      const focused = this.content.contains(document.activeElement) && document.activeElement.dataset.path;
      this.mark = mark;
      this.content.innerHTML = html; // written by our own server, escaped
      if (focused) this.content.querySelector(`[data-path="${CSS.escape(focused)}"]`)?.focus();
    }
    async clicked(event, open) {
      const link = event.target.closest("a[data-path]");
      const button = event.target.closest("button[data-action]");
      if (link) {
        event.preventDefault();
        open(link.dataset.path);
      } else if (button && (await confirmed(button.dataset.action))) {
        const { message } = await act(button.dataset.action);
        await tell(TEXTS.home, message);
        this.refresh();
      }
    }
  }

  // --- The bar of a module

  const isOurs = (cell) => {
    const { grade_id: id = "", locked, grade, solution } = cell.getMetadata("nbgrader") ?? {};
    return locked && !grade && !solution && (id === "setup" || id === "parameters" || id.endsWith("-form"));
  };
  const folderOf = (panel) => panel.context.path.split("/").at(-2) ?? "";

  class Bar extends Widget {
    constructor(panel, app) {
      super();
      [this.panel, this.app] = [panel, app];
      this.bar = h("div", { class: "campus-bar", role: "toolbar", lang: "fr", "aria-label": "Module" });
      this.node.append(this.bar);
      this.status = h("span", { class: "campus-status", role: "status" });
      this.again = h("button", { type: "button", onclick: () => this.prepare(), hidden: true }, TEXTS.prepare);
      const button = (text, onclick) => h("button", { type: "button", onclick }, text);
      this.bar.append(
        button(TEXTS.home, () => app.commands.execute("campus:home")),
        sizeButton(app),
        button(TEXTS.restart, () => this.restart()),
        button(TEXTS.handIn, () => this.handIn()),
        button(TEXTS.feedback, () => this.act("retour", TEXTS.feedback)),
        this.status,
        this.again,
      );
      panel.context.ready.then(() => this.prepare());
    }
    onResize() {
      requestAnimationFrame(() => this.grow());
    }
    /** Take the height that the buttons need: JupyterLab gives a header its least one. */
    grow() {
      const height = `${this.bar.offsetHeight}px`;
      if (!this.isVisible || this.node.style.minHeight === height) return;
      this.node.style.minHeight = height;
      this.parent?.fit();
    }
    say(text) {
      this.status.textContent = text;
      this.grow();
    }
    get cells() {
      return this.panel.content.widgets.filter((cell) => cell.model.type === "code" && isOurs(cell.model));
    }
    async prepare() {
      this.say(TEXTS.preparing);
      this.again.hidden = true;
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        try {
          await this.panel.sessionContext.ready;
          await this.panel.sessionContext.session?.kernel?.info;
          const { content, sessionContext } = this.panel;
          await notebook.NotebookActions.runCells(content, this.cells, sessionContext);
          if (this.cells.every((cell) => cell.model.executionCount)) {
            this.say(TEXTS.prepared);
            return;
          }
        } catch (error) {
          console.warn("campus: the module could not be prepared", error);
        }
        await new Promise((done) => setTimeout(done, 1000));
      }
      this.again.hidden = false;
      this.say(TEXTS.notPrepared);
    }
    async act(name, title) {
      try {
        const { ok, message, path } = await act(name, folderOf(this.panel));
        if (ok && path) this.app.commands.execute("docmanager:open", { path });
        else await tell(title, message);
        return ok;
      } catch {
        await tell(title, TEXTS.unreachable);
        return false;
      }
    }
    async handIn() {
      const identity = await ask("identite").catch(() => null);
      if (!identity) await tell(TEXTS.handIn, TEXTS.unreachable);
      else if (identity.asked) await this.handInAs(identity.learner);
      else if (await confirmed("rendre")) {
        await this.panel.context.save();
        await this.act("rendre", TEXTS.handIn);
      }
    }
    /** Ask the name, until the server takes it or the learner gives up. */
    async handInAs(learner, problem = "") {
      const name = await signed(learner, problem);
      if (name === null) return;
      await this.panel.context.save();
      const unreachable = { ok: true, message: TEXTS.unreachable };
      const { ok, message } = await act("rendre", folderOf(this.panel), name).catch(() => unreachable);
      if (ok) await tell(TEXTS.handIn, message);
      else await this.handInAs(name, message);
    }
    async restart() {
      if (!(await confirmed("recommencer"))) return;
      const { path } = this.panel.context;
      await this.panel.context.save();
      await this.panel.sessionContext.shutdown();
      const ok = await this.act("recommencer", TEXTS.restart);
      if (ok) await this.panel.context.revert();
      await this.panel.sessionContext.restartKernel?.();
      if (ok) {
        this.panel.dispose();
        this.app.commands.execute("docmanager:open", { path });
      }
    }
  }

  function sizeButton(app) {
    const button = h("button", { type: "button", "aria-pressed": "false", "data-campus-size": true });
    button.addEventListener("click", () => app.commands.execute("campus:larger-text"));
    showSize(button);
    return button;
  }
  function showSize(button) {
    const large = document.body.classList.contains(LARGE);
    button.textContent = TEXTS.larger;
    button.setAttribute("aria-pressed", large);
  }
  function setSize(large) {
    document.body.classList.toggle(LARGE, large);
    localStorage.setItem(LARGE, large ? "1" : "");
    document.querySelectorAll("[data-campus-size]").forEach(showSize);
    window.dispatchEvent(new Event("resize"));
  }

  // --- What JupyterLab starts

  return [
    {
      id: "campus:learner",
      autoStart: true,
      requires: [notebook.INotebookTracker, application.ILabShell],
      optional: [apputils.ICommandPalette],
      activate: (app, tracker, shell, palette) => {
        const open = (path) => app.commands.execute("docmanager:open", { path });
        let home = null;
        app.commands.addCommand("campus:home", {
          label: TEXTS.home,
          execute: () => {
            if (!home || home.isDisposed) {
              home = new Home(open);
              shell.add(home, "main", { rank: 0 });
            }
            shell.activateById(home.id);
          },
        });
        // JupyterLab asks for its launcher when nothing is open: the home page stands for it.
        app.commands.addCommand("launcher:create", { execute: () => app.commands.execute("campus:home") });
        app.commands.addCommand("campus:larger-text", {
          label: TEXTS.larger,
          isToggled: () => document.body.classList.contains(LARGE),
          execute: () => setSize(!document.body.classList.contains(LARGE)),
        });
        for (const command of ["campus:home", "campus:larger-text"]) palette?.addItem({ command, category: "Campus" });
        setSize(Boolean(localStorage.getItem(LARGE)));

        const dress = (_, panel) =>
          panel.context.ready.then(() => {
            if (panel.model?.getMetadata("campus")) panel.contentHeader.addWidget(new Bar(panel, app));
            shell.collapseRight();
          });
        tracker.forEach((panel) => dress(tracker, panel));
        tracker.widgetAdded.connect(dress);
        // Whoever comes in is greeted; whoever reloads the page stays where they were.
        app.restored.then(() => {
          const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
          if (reloaded && shell.currentWidget) shell.add((home = new Home(open)), "main", { rank: 0, activate: false });
          else app.commands.execute("campus:home");
          const narrow = window.matchMedia(NARROW);
          const adapt = () => narrow.matches && shell.collapseLeft();
          narrow.addEventListener("change", adapt);
          adapt();
          shell.collapseRight(); // what it held is disabled: it would stand open and empty
        });
      },
    },
    {
      id: "campus:instructor",
      autoStart: true,
      requires: [launcher.ILauncher],
      activate: (app, cards) => {
        const card = (command, label, rank, execute) => {
          app.commands.addCommand(command, { label, execute });
          cards.add({ command, category: "Campus", rank });
        };
        card("campus:guide", TEXTS.guide, 0, () =>
          app.commands.execute("docmanager:open", { path: "guides/formateur.md", factory: "Markdown Preview" }),
        );
        card("campus:formgrader", TEXTS.formgrader, 1, () => app.commands.execute("nbgrader:open-formgrader"));
      },
    },
  ];
}

// --- The container

let scope = null;

async function shared(name) {
  const versions = scope[name];
  if (!versions) throw new Error(`campus: this JupyterLab does not share ${name}`);
  return (await Object.values(versions)[0].get())();
}

const NEEDED = {
  application: "@jupyterlab/application",
  apputils: "@jupyterlab/apputils",
  coreutils: "@jupyterlab/coreutils",
  docmanager: "@jupyterlab/docmanager",
  launcher: "@jupyterlab/launcher",
  notebook: "@jupyterlab/notebook",
  services: "@jupyterlab/services",
  widgets: "@lumino/widgets",
};

async function extension() {
  const loaded = await Promise.all(Object.values(NEEDED).map(shared));
  const packages = Object.fromEntries(Object.keys(NEEDED).map((name, i) => [name, loaded[i]]));
  return () => ({ __esModule: true, default: plugins(packages) });
}

function style() {
  const here = new URL("campus.css", document.currentScript?.src ?? LOADED_FROM);
  document.head.append(h("link", { rel: "stylesheet", href: here.href }));
  return () => ({});
}

const LOADED_FROM = document.currentScript?.src;

window._JUPYTERLAB = window._JUPYTERLAB || {};
window._JUPYTERLAB.campus = {
  init: (shareScope) => (scope = shareScope),
  get: async (module) => (module === "./style" ? style() : extension()),
};
