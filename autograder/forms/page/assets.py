"""The bundles of the page's scripts: `scripts/bundle.py` makes them, with a hash of their content in their names."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

STATIC = Path(__file__).resolve().parents[2] / "lab" / "share" / "labextensions" / "campus" / "static"
"""Where JupyterLab serves them from, as part of the course's extension."""


class Bundle(NamedTuple):
    """A script, its style included."""

    file: str
    text: str


@cache
def bundle(name: str) -> Bundle:
    """Return the bundle of a page: "form", "desk", or the name of an activity's folder.

    Raises FileNotFoundError for an activity whose bundle is still to be made.
    """
    path = next(STATIC.glob(f"{name}-*.js"), None)
    if path is None:
        raise FileNotFoundError(f"Le script de « {name} » manque : lancez « make bundle ».")
    return Bundle(path.name, path.read_text(encoding="utf-8"))
