// What we use of JupyterLab's own packages, and no more: they are shared by the page, not installed with the tools.

interface Signal<Sender, Args> {
  connect(slot: (sender: Sender, args: Args) => void): void;
}

declare class LabWidget {
  constructor(options?: { node: HTMLElement });
  id: string;
  node: HTMLElement;
  title: { label: string; closable: boolean };
  parent: (LabWidget & { fit(): void }) | null;
  readonly isVisible: boolean;
  readonly isDisposed: boolean;
  readonly isAttached: boolean;
  readonly disposed: Signal<unknown, unknown>;
  addClass(name: string): void;
  toggleClass(name: string, force: boolean): void;
  setHidden(hidden: boolean): void;
  dispose(): void;
  protected onAfterShow(): void;
  protected onActivateRequest(): void;
  protected onResize(): void;
}

interface LabCell extends LabWidget {
  layout: { insertWidget(index: number, widget: LabWidget): void; addWidget(widget: LabWidget): void };
  model: {
    id: string;
    type: "code" | "markdown" | "raw";
    executionCount?: number | null;
    /** Whether the source has changed since it was last run. */
    isDirty?: boolean;
    sharedModel: { getSource(): string };
    getMetadata(name: string): any;
  };
}

interface LabNotebook extends LabWidget {
  widgets: LabCell[];
  activeCellIndex: number;
  mode: "command" | "edit";
  notebookConfig: { windowingMode: string };
  model: { dirty: boolean; deletedCells: string[]; stateChanged: Signal<unknown, unknown>; contentChanged: Signal<unknown, unknown>; cells: { changed: Signal<unknown, unknown> } };
  activeCellChanged: Signal<unknown, LabCell | null>;
  deselectAll(): void;
  scrollToCell(cell: LabCell, align: string): Promise<void>;
}

interface LabKernel {
  info: Promise<unknown>;
  status: string;
  connectionStatus: string;
  commsOverSubshells: string;
  interrupt(): Promise<void>;
  requestKernelInfo(): Promise<{ header: { session: string } } | undefined>;
}

interface KernelMessage {
  header: { msg_type: string; session: string };
  parent_header: { msg_id?: string };
  content: { execution_state?: string; restart?: boolean };
}

interface NotebookPanel extends LabWidget {
  context: {
    path: string;
    ready: Promise<void>;
    contentsModel: { last_modified: string } | null;
    saveState: Signal<unknown, string>;
    save(): Promise<void>;
    revert(): Promise<void>;
  };
  sessionContext: {
    ready: Promise<void>;
    session?: { kernel?: LabKernel | null } | null;
    statusChanged: Signal<unknown, string>;
    connectionStatusChanged: Signal<unknown, string>;
    iopubMessage: Signal<unknown, KernelMessage>;
    shutdown(): Promise<void>;
    restartKernel?(): Promise<unknown>;
  };
  content: LabNotebook;
  contentHeader: LabWidget & { addWidget(widget: LabWidget): void; fit(): void };
  toolbar: LabWidget;
  layout: { addWidget(widget: LabWidget): void };
  model: { getMetadata(name: string): any } | null;
  fit(): void;
}

interface NotebookTracker {
  forEach(callback: (panel: NotebookPanel) => void): void;
  widgetAdded: Signal<NotebookTracker, NotebookPanel>;
}

interface Shell {
  currentWidget: LabWidget | null;
  currentChanged: Signal<unknown, unknown>;
  mode: string;
  leftCollapsed: boolean;
  add(widget: LabWidget, area: string, options?: { rank?: number; activate?: boolean }): void;
  activateById(id: string): void;
  collapseLeft(): void;
  expandLeft(): void;
  collapseRight(): void;
  isSideTabBarVisible(side: string): boolean;
  toggleSideTabBarVisibility(side: string): void;
  widgets(area: string): Iterable<LabWidget>;
}

interface Command {
  label: string;
  execute(args?: Record<string, string>): unknown;
  isToggled?(): boolean;
}

interface LabApp {
  commands: {
    addCommand(id: string, command: Partial<Command>): void;
    execute(id: string, args?: Record<string, string>): unknown;
  };
  restored: Promise<void>;
}

interface Palette {
  addItem(item: { command: string; category: string }): void;
}

interface Launcher {
  add(item: { command: string; category: string; rank: number }): void;
}

interface LabDialog extends LabWidget {
  resolve(button: number): void;
}

interface LabButton {
  accept: boolean;
}

interface ServerSettings {
  baseUrl: string;
}

/** The packages that JupyterLab shares, by the names that container.js gives them. */
interface Packages {
  application: { ILabShell: unknown };
  apputils: {
    ICommandPalette: unknown;
    Dialog: {
      cancelButton(options: { label: string }): LabButton;
      okButton(options: { label: string }): LabButton;
      tracker: { forEach(callback: (dialog: LabDialog) => void): void };
    };
    showDialog(options: {
      title: string;
      body: string | LabWidget;
      buttons: LabButton[];
      defaultButton?: number;
      focusNodeSelector?: string;
    }): Promise<{ button: LabButton; value: { learner: string; tries: string } | null }>;
  };
  cells: {
    CodeCell: {
      execute(
        cell: LabCell,
        session: NotebookPanel["sessionContext"],
        metadata: Record<string, unknown>,
      ): Promise<{ content: { status: string } } | undefined>;
    };
  };
  coreutils: { URLExt: { join(...parts: string[]): string } };
  launcher: { ILauncher: unknown };
  messaging: {
    MessageLoop: { installMessageHook(widget: LabWidget, hook: (widget: unknown, message: { type: string }) => boolean): void };
  };
  notebook: {
    INotebookTracker: unknown;
    NotebookActions: {
      runCells(
        notebook: NotebookPanel["content"],
        cells: LabCell[],
        session: NotebookPanel["sessionContext"],
      ): Promise<boolean>;
      executed: Signal<unknown, { notebook: LabNotebook; cell: LabCell }>;
    };
  };
  services: {
    ServerConnection: {
      makeSettings(): ServerSettings;
      makeRequest(url: string, options: RequestInit, settings: ServerSettings): Promise<Response>;
    };
  };
  widgets: { Widget: typeof LabWidget; BoxLayout: { setStretch(widget: LabWidget, share: number): void } };
}

interface LabPlugin {
  id: string;
  autoStart: boolean;
  requires?: unknown[];
  optional?: unknown[];
  activate(app: LabApp, ...services: any[]): void;
}

/** What webpack shares between extensions: for each package, its versions. */
type ShareScope = Record<string, Record<string, { get(): Promise<() => unknown> }>>;

interface Window {
  _JUPYTERLAB?: Record<string, unknown>;
}
