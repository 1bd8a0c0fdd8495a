// A model of anywidget's without a kernel: it holds traits, remembers what is sent, and replies what a test says.

/**
 * @param {Record<string, any>} traits
 * @param {Record<string, any> | null} reply what every message gets at once; null for a kernel that does not answer
 */
function fakeModel(traits, reply) {
  /** @type {Map<string, Set<(message?: any) => void>>} */
  const listeners = new Map();
  const heard = (/** @type {string} */ event) => {
    const known = listeners.get(event) ?? new Set();
    listeners.set(event, known);
    return known;
  };
  return {
    /** @type {any[]} */
    sent: [],
    reply,
    get: (/** @type {string} */ name) => traits[name],
    on: (/** @type {string} */ events, /** @type {() => void} */ callback) =>
      events.split(" ").forEach((event) => heard(event).add(callback)),
    off: (/** @type {string} */ event, /** @type {() => void} */ callback) => heard(event).delete(callback),
    /** @param {any} message */
    send(message) {
      this.sent.push(message);
      if (this.reply) this.receive({ request: message.request, action: message.action, ...this.reply });
    },
    /**
     * Reply to every message, in order, those of before too; what is `asked` of an activity by the test's own functions.
     *
     * @param {string[]} asked
     * @param {Record<string, any>} reply
     */
    answerAll(asked, reply) {
      let before = Promise.resolve();
      const answer = (/** @type {any} */ message) => {
        before = before.then(async () => {
          const { request, action } = message;
          const told = asked.includes(action) ? { [action]: await /** @type {any} */ (window)[`told_${action}`](message) } : {};
          this.receive({ request, action, ...reply, ...told });
        });
      };
      this.sent.forEach(answer);
      this.send = (message) => {
        this.sent.push(message);
        answer(message);
      };
    },
    /** @param {any} message */
    receive: (message) => heard("msg:custom").forEach((callback) => callback(message)),
    /** @param {Record<string, any>} changes */
    set(changes) {
      Object.assign(traits, changes);
      for (const name of Object.keys(changes)) heard(`change:${name}`).forEach((callback) => callback());
    },
    relinked: () => heard("comm_live_update").forEach((callback) => callback()),
  };
}

/**
 * Draw a script, as the value of one more cell.
 *
 * @param {string} script
 * @param {Record<string, any>} traits
 * @param {Record<string, any> | null} reply
 */
async function draw(script, traits, reply) {
  const { default: drawn } = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const model = fakeModel(traits, reply);
  const el = document.body.appendChild(document.createElement("div"));
  Object.assign(window, { model });
  drawn.render({ model, el }); // a loader may never be done
}

Object.assign(window, { draw });
