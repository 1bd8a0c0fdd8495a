// JupyterLab's own furniture (menus, tabs, side panels, status bar): away in the course view, back everywhere else.

/** @typedef {{ setHidden(hidden: boolean): void, parent: { setHidden(hidden: boolean): void } | null }} Widget */

/**
 * What is used of JupyterLab's shell. Nothing here is written in the person's settings: the command that hides the status bar is.
 * @typedef {object} Shell
 * @property {string} mode
 * @property {boolean} leftCollapsed
 * @property {() => void} collapseLeft
 * @property {() => void} expandLeft
 * @property {(side: string) => boolean} isSideTabBarVisible
 * @property {(side: string) => void} toggleSideTabBarVisibility
 * @property {(area: string) => Iterable<Widget>} widgets
 */

const SIDES = ["left", "right"];

export class Furniture {
  /** @param {Shell} shell */
  constructor(shell) {
    this.shell = shell;
    this.away = false;
    this.expanded = false;
    this.moving = false;
  }

  /** @param {boolean} away */
  put(away) {
    // JupyterLab brings back its tabs one by one, and says of each that it is the current one, before the tab that is wanted is among them.
    if (this.moving) return;
    this.moving = true;
    try {
      this.move(away);
    } finally {
      this.moving = false;
    }
  }

  /** @param {boolean} away */
  move(away) {
    if (away && !this.away) this.expanded = !this.shell.leftCollapsed;
    // Set again even when nothing seems to change: a reload brings back what was away, and not our memory of it.
    this.shell.mode = away ? "single-document" : "multiple-document";
    for (const side of SIDES)
      if (this.shell.isSideTabBarVisible(side) === away) this.shell.toggleSideTabBarVisibility(side);
    if (away) this.shell.collapseLeft();
    else if (this.away && this.expanded) this.shell.expandLeft();
    for (const widget of this.shell.widgets("bottom")) widget.setHidden(away);
    for (const area of ["menu", "top"]) for (const widget of this.shell.widgets(area)) widget.parent?.setHidden(away);
    this.away = away;
  }
}
