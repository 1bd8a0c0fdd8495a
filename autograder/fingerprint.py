"""Has anything changed that a result depends on? Answered from the files themselves: no number to remember, no list to keep.

Whatever is added to the package counts, unless a caller leaves its room out and says why.
"""

import hashlib
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
NOT_BUILDING = ("grading", "lab", "run", "sharing")
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


def of_folder(folder: Path, without: Iterable[str] = ()) -> str:
    """Return a hash of all the files of a folder, except those below the names `without`, and compiled Python."""
    left_out = set(without)
    return of_files(
        (
            path
            for path in folder.rglob("*")
            if path.is_file() and path.suffix != ".pyc" and path.relative_to(folder).parts[0] not in left_out
        ),
        folder,
    )


def of_package(without: Iterable[str] = ()) -> str:
    """Return a hash of our own code, texts and templates; `without` are rooms of the package."""
    return of_folder(PACKAGE, without)


def of_builder() -> str:
    """Return a hash of the program that builds modules, and of what it runs on."""
    return of(of_package(NOT_BUILDING), of_environment())


def of_environment() -> str:
    """Return a hash of the interpreter, of the kind of machine, and of the packages that can be imported."""
    packages = {path.name for place in sys.path for path in Path(place).glob("*.dist-info")}
    return of(sys.version, platform.machine(), *sorted(packages))
