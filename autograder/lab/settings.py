"""Defaults of JupyterLab for the course: French, offline, calm.

They are defaults only: JupyterLab lays each person's own settings over them.
"""

import json
import sys
from pathlib import Path
from typing import Any

from autograder import files

OVERRIDES: dict[str, dict[str, Any]] = {
    "@jupyterlab/translation-extension:plugin": {"locale": "fr_FR"},
    # No request leaves the machine.
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
    },
    # Pages open rendered; work is saved without being asked.
    "@jupyterlab/docmanager-extension:plugin": {
        "autosave": True,
        "autosaveInterval": 30,
        "defaultViewers": {"markdown": "Markdown Preview"},
    },
    "@jupyterlab/markdownviewer-extension:plugin": {"lineHeight": 1.6, "lineWidth": 75},
    # All cells are in the page at once, for screen readers and for the browser's own search;
    # and the file browser, the only panel left, does not follow every tab.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/filebrowser-extension:browser": {
        "showLastModifiedColumn": False,
        "singleClickNavigation": True,
    },
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}


def write_settings(prefix: Path = Path(sys.prefix)) -> Path:
    """Write the defaults in the environment at `prefix`; return the file.

    `overrides.d` is JupyterLab's place for packages: an administrator's own
    `overrides.json`, beside it, is left alone and wins.
    """
    path = prefix / "share" / "jupyter" / "lab" / "settings" / "overrides.d" / "campus.json"
    text = json.dumps(OVERRIDES, indent=2) + "\n"
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return path  # it may belong to the account that installed the course
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write(path, text)
    return path
