// Keys that must not reach the cells: JupyterLab's one-letter commands add, cut and merge cells, shown or not.

/**
 * @param {HTMLElement} node where the cells are
 * @param {() => boolean} guarded
 * @param {() => boolean} mayRun whether the cell that commands act on is one to run by hand
 */
export function guard(node, guarded, mayRun) {
  // JupyterLab listens in the bubbling phase: what is inside the node has had the key before.
  node.addEventListener("keydown", (event) => {
    if (!guarded()) return;
    const written = event.target instanceof Element && event.target.closest(".cm-editor");
    const accel = event.ctrlKey || event.metaKey;
    const search = accel && event.key.toLowerCase() === "f";
    const runs = event.key === "Enter" && (event.shiftKey || accel) && mayRun();
    if (search || (!written && !runs && !(accel && event.key.toLowerCase() === "s"))) event.stopPropagation();
  });
}
