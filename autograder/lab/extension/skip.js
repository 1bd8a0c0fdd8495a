// The first stop of the keyboard in JupyterLab, which no language pack reaches: its text is in English whatever the language.

import { TEXTS } from "./texts.js";

export function nameSkipLink() {
  const link = document.querySelector("#jp-skiplink a");
  if (link) link.textContent = TEXTS.skip;
}
