// Bits as bars. The text beside says the same: the drawing is hidden from screen readers.

import { h } from "../../../forms/page/dom.js";
import { inBits } from "./sources.js";

const MARGIN = 1.25; // the target is at four fifths of the scale

/**
 * @param {number} target
 * @returns {{node: HTMLElement, show: (found: Estimated | null) => void}}
 */
export function scale(target) {
  const [formula, real] = [bar("formula"), bar("real")];
  const mark = h("div", { class: "mark" }, h("span", {}, `à atteindre\u00a0: ${inBits(target)}`));
  mark.style.left = `${100 / MARGIN}%`;
  const reached = h("p", { class: "reached", role: "status" });
  const node = h("div", {}, h("div", { class: "scale", "aria-hidden": "true" }, mark, formula.node, real.node), reached);
  return {
    node,
    show(found) {
      formula.show(found?.bits, target, "formule");
      real.show(found?.real, target, "rang");
      reached.textContent = found ? said(found, target) : "";
    },
  };
}

/**
 * @param {Estimated} found
 * @param {number} target
 */
function said(found, target) {
  const bits = found.real ?? found.bits;
  const there = bits >= target;
  if (found.ceiling && there) return `Rien ne dit que les ${inBits(target)} y sont\u00a0: ce texte est choisi, et non tiré.`;
  if (there) return `Les ${inBits(target)} à atteindre y sont.`;
  return `Il manque ${found.ceiling ? "au moins " : ""}${inBits(target - bits)} pour atteindre ${inBits(target)}.`;
}

/** @param {string} look */
function bar(look) {
  const name = h("span");
  const node = h("div", { class: `bar ${look}` }, name);
  return {
    node,
    /**
     * @param {number | undefined} bits
     * @param {number} target
     * @param {string} of
     */
    show(bits, target, of) {
      node.hidden = bits === undefined;
      if (bits === undefined) return;
      node.style.setProperty("--share", `${Math.min(100, (100 * bits) / (MARGIN * target))}%`);
      name.textContent = `${of}\u00a0: ${inBits(bits)}`;
    },
  };
}
