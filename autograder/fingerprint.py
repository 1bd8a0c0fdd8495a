"""Has anything changed that a result depends on? Answered from the files themselves: no number to remember, no list to keep.

Whatever is added to the package counts, unless a caller leaves its room out and says why. An activity counts for what uses it.
"""

import hashlib
import platform
import sys
import sysconfig
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ACTIVITIES = "activities"
"""The room whose folders are left out when what is asked about does not use them."""
ABOUT = ("tests", "README.md")
"""What an activity's folder holds that no result depends on."""
OF_REPORTS = "scipy"
"""The package that `make instructor` adds: only reports use it, and modules are neither built nor graded again for it."""
NOT_BUILDING = ("followup", "grading", "lab", "proofs", "records", "today")
"""Rooms that the build of modules never imports."""


def of(*parts: str) -> str:
    """Return one hash for several texts, in order."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def of_files(files: Iterable[Path], root: Path) -> str:
    """Return a hash of files: their paths from `root`, and their bytes. Raises OSError."""
    digest = hashlib.sha256()
    for path in sorted(files):
        name, content = path.relative_to(root).as_posix(), path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogatepass") + content)
    return digest.hexdigest()


def of_folder(folder: Path) -> str:
    """Return a hash of all the files of a folder, except compiled Python."""
    return of_files(_files(folder), folder)


def of_package(without: Iterable[str] = (), activities: Iterable[str] | None = None) -> str:
    """Return a hash of our own code, texts and templates.

    `without` are rooms of the package; `activities` are those that count, all when None.
    """
    rooms, used = set(without), None if activities is None else set(activities)
    parts = ((path, path.relative_to(PACKAGE).parts) for path in _files(PACKAGE))
    return of_files(
        (path for path, names in parts if names[0] not in rooms and _counts(names, used)), PACKAGE
    )


def of_builder(activities: Iterable[str] | None = None) -> str:
    """Return a hash of the program that builds modules with these activities, and of what it runs on."""
    return of(of_package(NOT_BUILDING, activities), of_environment())


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def _counts(names: Sequence[str], used: Collection[str] | None) -> bool:
    """Tell whether a file counts, from its path in the package; the files beside the activities' folders always do."""
    if names[0] != ACTIVITIES or len(names) < 3:
        return True
    return names[2] not in ABOUT and (used is None or names[1] in used)


def of_environment() -> str:
    """Return a hash of the interpreter, of the kind of machine, and of the installed packages.

    The import path is not asked: a library may add its own copies of others to it while it loads, as setuptools does.
    """
    places = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    packages = {path.name for place in places for path in Path(place).glob("*.dist-info")}
    used = (name for name in packages if not name.startswith(f"{OF_REPORTS}-"))
    return of(sys.version, platform.machine(), *sorted(used))
