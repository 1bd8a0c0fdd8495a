// A small screen, or a page at 200 %: the file list would leave no room.

const NARROW = "(max-width: 60rem)";

/** Leave the room to the page, now and whenever the window becomes narrow. @param {Shell} shell */
export function makeRoom(shell) {
  const narrow = window.matchMedia(NARROW);
  const adapt = () => narrow.matches && shell.collapseLeft();
  narrow.addEventListener("change", adapt);
  adapt();
}

/** Whether the page was loaded again: whoever does so stays where they were. */
export function isReload() {
  const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return navigation?.type === "reload";
}
