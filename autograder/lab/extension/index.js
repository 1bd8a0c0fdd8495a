// Our extension of JupyterLab: the learner's home page and bar of plain French buttons, the instructor's page and cards. Each role's
// configuration disables the other's plugin.
//
// This is a module-federation container written by hand, what webpack would build around an extension: it takes JupyterLab's own
// packages from the scope that JupyterLab shares (docs/decisions/lab-extension.md).

import { addStyle } from "../../forms/page/dom.js";
import style from "./campus.css";
import courseStyle from "./course/course.css";
import { instructor } from "./instructor.js";
import { learner } from "./learner.js";
import pagesStyle from "./pages/pages.css";
import todayStyle from "./today/today.css";

const NEEDED = {
  application: "@jupyterlab/application",
  apputils: "@jupyterlab/apputils",
  cells: "@jupyterlab/cells",
  coreutils: "@jupyterlab/coreutils",
  launcher: "@jupyterlab/launcher",
  messaging: "@lumino/messaging",
  notebook: "@jupyterlab/notebook",
  services: "@jupyterlab/services",
  widgets: "@lumino/widgets",
};

/** @type {ShareScope} */
let scope = {};

/** @param {string} name */
async function shared(name) {
  const versions = scope[name];
  if (!versions) throw new Error(`campus: this JupyterLab does not share ${name}`);
  return (await Object.values(versions)[0].get())();
}

async function extension() {
  const loaded = await Promise.all(Object.entries(NEEDED).map(async ([key, name]) => [key, await shared(name)]));
  /** @type {Packages} */
  const lab = Object.fromEntries(loaded);
  return () => ({ __esModule: true, default: [learner(lab), instructor(lab)] });
}

// The pages of forms are served beside this script, whatever the server's base address.
const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
window.campusPage = (file) => import(new URL(file, here).href).catch(() => null);

window._JUPYTERLAB = window._JUPYTERLAB ?? {};
window._JUPYTERLAB.campus = {
  init: (/** @type {ShareScope} */ shareScope) => (scope = shareScope),
  get: async (/** @type {string} */ module) => {
    if (module !== "./style") return extension();
    addStyle(style + pagesStyle + courseStyle + todayStyle);
    return () => ({});
  },
};
