// What is said of the preparation and of Python: what is true now, and what can be done. Pure.

/** @import {News, Python} from "./types" */
import { NEWS } from "./texts.js";

/**
 * @typedef {object} Facts
 * @property {Python} python
 * @property {boolean} gaveUp whether Python died too often to be started again by itself
 * @property {boolean} healing whether the module is being prepared again
 * @property {boolean} ready whether the step's own cells have been run
 * @property {boolean} failed whether one of them failed
 * @property {boolean} long whether Python has been busy for long
 * @property {string} told what was last told, and still holds
 */

/**
 * @param {Facts} facts
 * @returns {News}
 */
export function news(facts) {
  if (facts.python === "away") return { text: NEWS.away };
  if (facts.gaveUp) return { text: NEWS.dead, action: "relaunch" };
  if (facts.long && facts.python === "busy") return { text: NEWS.busy, action: "interrupt" };
  if (facts.long && facts.python === "starting") return { text: NEWS.slow, action: "interrupt" };
  if (facts.healing) return { text: NEWS.restarting };
  if (!facts.ready) return { text: facts.told || NEWS.preparing };
  if (facts.failed) return { text: NEWS.failed, action: "retry" };
  return { text: facts.told };
}
