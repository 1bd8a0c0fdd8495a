"""Who handed in a module, by what is in `submitted/`; and what is there that nobody will look at."""

import os
from collections.abc import Collection
from pathlib import Path

from autograder.grading.handed_in import readable

IGNORED = (
    "Ignoré dans submitted/ ({count}) : {places}. Pour être corrigée, une copie doit être dans {expected}."
)
EXPECTED = "submitted/IDENTIFIANT/{name}/{name}.ipynb"
MOST = 20
"""Places told."""


def learners_of(course: Path, name: str, excluded: Collection[str] = ()) -> list[str]:
    """Return who handed in something for the module `name`, in order. A link counts: grading it says what is wrong."""
    entries = _entries(course / "submitted", excluded)
    return [entry.name for entry in entries if entry.is_symlink() or os.path.lexists(Path(entry.path, name))]


def ignored(course: Path, name: str, excluded: Collection[str] = ()) -> str | None:
    """Return, in French, what is in `submitted/` and is no copy of a module of the course; None when all is in place.

    `name` is the module for which the expected place is shown.
    """
    modules = {entry.name for step in ("release", "source") for entry in _entries(course / step)}
    learners = _entries(course / "submitted", excluded)
    places = [place for entry in learners for place in _out_of_place(entry, {*modules, name})]
    if not places:
        return None
    shown = [f"« {readable(place)} »" for place in places[:MOST]] + ["…"] * (len(places) > MOST)
    return IGNORED.format(count=len(places), places=", ".join(shown), expected=EXPECTED.format(name=name))


def _entries(folder: Path, excluded: Collection[str] = ()) -> list[os.DirEntry[str]]:
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        found = [entry for entry in entries if entry.name[0] != "." and entry.name not in excluded]
    return sorted(found, key=lambda entry: entry.name)


def _out_of_place(entry: os.DirEntry[str], modules: Collection[str]) -> list[str]:
    """Return the paths to tell: a learner's whole folder when it holds no module, else what is beside its modules."""
    if entry.is_symlink():
        return []  # told as a copy that cannot be graded
    if not entry.is_dir():
        return [entry.name]
    inside = [one.name for one in _entries(Path(entry.path))]
    strange = [name for name in inside if name not in modules]
    if len(strange) == len(inside):
        return [f"{entry.name}/"]
    return [f"{entry.name}/{name}" for name in strange]
