// The size of the text, kept by the browser.

import { h } from "../../forms/page/dom.js";
import { TEXTS } from "./texts.js";

const LARGE = "campus-larger";

export const isLarge = () => document.body.classList.contains(LARGE);

/** @param {() => void} onclick */
export function sizeButton(onclick) {
  const button = h("button", { type: "button", "data-campus-size": true, onclick }, TEXTS.larger);
  showSize(button);
  return button;
}

/** @param {Element} button */
function showSize(button) {
  button.setAttribute("aria-pressed", String(isLarge()));
}

/** @param {boolean} large */
export function setSize(large) {
  document.body.classList.toggle(LARGE, large);
  localStorage.setItem(LARGE, large ? "1" : "");
  document.querySelectorAll("[data-campus-size]").forEach(showSize);
  window.dispatchEvent(new Event("resize"));
}

/** Take the size of last time. */
export const restoreSize = () => setSize(Boolean(localStorage.getItem(LARGE)));
