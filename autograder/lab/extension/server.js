// Requests to the course's part of the server (server.py, of the learner's rooms and of today).

/** @typedef {ReturnType<typeof server>} Server */
/** @typedef {{ ok: boolean, message: string }} Told */

/** @param {Packages} lab */
export function server({ coreutils, services }) {
  const settings = services.ServerConnection.makeSettings();

  /**
   * @param {string} path
   * @param {RequestInit} [options]
   */
  async function ask(path, options = {}) {
    const url = coreutils.URLExt.join(settings.baseUrl, "campus", path);
    const response = await services.ServerConnection.makeRequest(url, options, settings);
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  }
  return {
    /** The address of a file of the space, from which the browser downloads it. @param {string} path */
    file: (path) => coreutils.URLExt.join(settings.baseUrl, "files", ...path.split("/").map(encodeURIComponent)) + "?download=1",
    glossary: coreutils.URLExt.join(settings.baseUrl, "campus", "glossaire"),
    /** @param {string} mark @returns {Promise<{mark: string, html: string}>} */
    home: (mark) => ask(`accueil?mark=${mark}`),
    /** @param {string} mark @returns {Promise<{mark: string, html: string}>} */
    takeaways: (mark) => ask(`fiches?mark=${mark}`),
    /** The end of a module was reached. @param {string} folder @param {number} version */
    reached: (folder, version) => ask("fiche", { method: "POST", body: JSON.stringify({ folder, version }) }),
    /** What handing in asks. @param {string} folder @returns {Promise<{asked: boolean, learner: string, tries: string[]}>} */
    handIn: (folder) => ask(`rendu?${new URLSearchParams({ folder })}`),
    /** @param {string} mark @returns {Promise<{mark: string, html: string}>} */
    today: (mark) => ask(`aujourdhui?mark=${mark}`),
    /** @param {string} gesture @param {string} about @returns {Promise<Told>} */
    gesture: (gesture, about) => ask("aujourdhui/geste", { method: "POST", body: JSON.stringify({ gesture, about }) }),
    /** Give a file for a module, or for the class list. @param {string} about @param {File} file @returns {Promise<Told>} */
    deposit: (about, file) =>
      ask(`aujourdhui/depot?${new URLSearchParams({ about, name: file.name })}`, { method: "POST", body: file }),
    /** @param {string} folder @param {number} version @returns {Promise<import("./course/types").Progress>} */
    where: (folder, version) => ask(`parcours?${new URLSearchParams({ folder, version: String(version) })}`),
    /**
     * @param {string} folder
     * @param {number} version
     * @param {string} cell
     * @param {string} choice
     * @returns {Promise<import("./course/types").Progress>}
     */
    predict: (folder, version, cell, choice) =>
      ask("parcours", { method: "POST", body: JSON.stringify({ folder, version: String(version), cell, choice }) }),
    /**
     * @param {string} name
     * @param {{ folder?: string, learner?: string, track?: string, tries?: string }} about
     * @returns {Promise<{ok: boolean, message: string, path: string, file: string}>}
     */
    act: (name, about) => ask(`action/${name}`, { method: "POST", body: JSON.stringify(about) }),
  };
}
