"""Who handed in a module, by what is in `submitted/`; and what is there that nobody will look at."""

import os
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.grading.handed_in import readable

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

DEPOSITS = "depots"
"""In the course: the archives and class lists given through the page « Aujourd’hui »; its own account alone enters it."""
IGNORED = (
    "Ignoré dans submitted/ ({count}) : {places}. Pour être corrigée, une copie doit être dans {expected}."
)
EXPECTED = "submitted/IDENTIFIANT/{name}/{name}.ipynb"
MOST = 20
"""Places told."""


def left_out(course: "CourseDirectory") -> list[str]:
    """Return the learners whom `nbgrader_config.py` leaves out of everything: a trainer's own test account, say."""
    return str(course.student_id_exclude).split(",")


def learners_of(course: Path, name: str, excluded: Collection[str] = ()) -> list[str]:
    """Return who handed in something for the module `name`, in order. A link counts: grading it says what is wrong."""
    entries = _entries(course / "submitted", excluded)
    return [entry.name for entry in entries if entry.is_symlink() or os.path.lexists(Path(entry.path, name))]


def ignored(course: Path, name: str, excluded: Collection[str] = ()) -> str | None:
    """Return, in French, what is in `submitted/` and is no copy of a module of the course; None when all is in place.

    `name` is the module for which the expected place is shown.
    """
    modules = {entry.name for step in ("release", "source") for entry in _entries(course / step)}
    submitted = course / "submitted"
    places = [
        place.relative_to(submitted).as_posix() + "/" * (place.parent == submitted and place.is_dir())
        for place in out_of_place(submitted, {*modules, name}, excluded)
    ]
    if not places:
        return None
    shown = [f"« {readable(place)} »" for place in places[:MOST]] + ["…"] * (len(places) > MOST)
    return IGNORED.format(count=len(places), places=", ".join(shown), expected=EXPECTED.format(name=name))


def out_of_place(submitted: Path, modules: Collection[str], excluded: Collection[str] = ()) -> list[Path]:
    """Return what is in `submitted/` and is no copy: what is beside modules, and the whole of a learner's folder without any.

    Links are left out: each is told as a copy that cannot be graded.
    """
    entries = [entry for entry in _entries(submitted, excluded) if not entry.is_symlink()]
    return [Path(path) for entry in entries for path in _strange(entry, modules)]


def _strange(entry: os.DirEntry[str], modules: Collection[str]) -> list[str]:
    inside = _entries(Path(entry.path)) if entry.is_dir() else []
    strange = [one.path for one in inside if one.name not in modules]
    return [entry.path] if len(strange) == len(inside) else strange


def _entries(folder: Path, excluded: Collection[str] = ()) -> list[os.DirEntry[str]]:
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        found = [entry for entry in entries if entry.name[0] != "." and entry.name not in excluded]
    return sorted(found, key=lambda entry: entry.name)
