// A verdict that comes must be seen: under a long form, or on a small screen, it comes below what is shown.

/** @param {HTMLElement} node where the forms are */
export function keepInSight(node) {
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const verdict = target instanceof Element ? target.closest(".verdict") : null;
      const asked = verdict?.parentElement?.contains(document.activeElement); // the one that the learner has just checked
      if (verdict && asked) verdict.scrollIntoView({ block: "nearest" });
    }
  }).observe(node, { childList: true, subtree: true });
}
