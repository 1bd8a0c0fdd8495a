// Requests to the kernel, and its replies: who waits for one is told when the kernel is away.

import { newId } from "./dom.js";

const KERNEL_DELAY = 3000; // ms without a reply before the kernel is said to be away

export const AWAY =
  "Python ne répond pas. S’il calcule ou s’il redémarre, attendez qu’il ait fini. " +
  "Si rien ne change, rechargez la page (touche F5).";

/**
 * @typedef Handlers what becomes of one request
 * @property {(reply: Reply) => void} [done]
 * @property {(text: string) => void} [piece] a part of a reply that comes in several
 */

/**
 * Open an exchange. `away` is called when a request waits too long, `back` once none waits any more.
 *
 * @param {Model<any>} model
 * @param {{away: () => void, back?: () => void}} news
 */
export function exchange(model, { away, back = () => {} }) {
  /** @type {Map<string, Handlers & {timer: number}>} */
  const waiting = new Map();
  /** @type {Set<() => void>} */
  const later = new Set(); // what is done once nothing waits: once, however often it was asked for
  let isAway = false;

  /**
   * @param {Record<string, unknown>} message
   * @param {Handlers} [handlers]
   */
  function send(message, handlers = {}) {
    const request = newId();
    waiting.set(request, { ...handlers, timer: window.setTimeout(leave, KERNEL_DELAY) });
    try {
      model.send({ request, ...message });
    } catch {
      leave(); // the connection with the kernel is closed
    }
  }
  function leave() {
    isAway = true;
    later.clear(); // it would be a surprise when the kernel comes back
    away();
  }

  /** @param {Reply} reply */
  function receive(reply) {
    const asked = waiting.get(reply.request);
    if (!asked) return; // meant for another view
    isAway = false;
    if (reply.piece !== undefined) {
      clearTimeout(asked.timer);
      asked.piece?.(reply.piece);
      return;
    }
    for (const [request, { timer }] of waiting) {
      // The kernel answers in order: an earlier request without a reply is lost.
      clearTimeout(timer);
      waiting.delete(request);
      if (request === reply.request) break;
    }
    if (!waiting.size) back();
    asked.done?.(reply);
    if (!waiting.size) settle();
  }
  function settle() {
    const all = [...later];
    later.clear();
    all.forEach((done) => done());
  }
  model.on("msg:custom", receive);

  return {
    send,
    /** Tell whether a request has no reply yet. */
    isWaiting: () => waiting.size > 0,
    /** Do something once the kernel has said what follows from all that it was sent; at once if it is away. @param {() => void} done */
    whenSettled: (done) => void (waiting.size && !isAway ? later.add(done) : done()),
    close: () => waiting.forEach(({ timer }) => clearTimeout(timer)),
  };
}
