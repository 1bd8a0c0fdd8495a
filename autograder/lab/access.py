"""A course installed once for several accounts: what others may read is listed here, all the rest is closed to them."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder import paths

READ = stat.S_IRGRP | stat.S_IROTH
ENTER = stat.S_IXGRP | stat.S_IXOTH
ALL = READ | ENTER | stat.S_IWGRP | stat.S_IWOTH
UNREACHED = "Les autres comptes ne peuvent pas entrer dans « {folder} » : {what} leur est fermé. {remedy}"
MOVE = "Mettez le cours ailleurs, par exemple dans /opt, puis recommencez."
OTHER_PYTHON = (
    "Installez Python ailleurs, par exemple avec le système, effacez le dossier « {venv} », puis lancez "
    "« make setup PYTHON=/usr/bin/python3 » et recommencez."
)


def share() -> None:
    """Open to other accounts what a learner needs, and close the rest. Raises OSError."""
    ways, opened = _ways(), _open()
    for folder in ways:
        _add(folder, ENTER | READ)
        for entry in folder.iterdir():
            if entry not in (*ways, *opened, paths.course() / "exchange"):
                _close(entry)
    for entry in opened:
        for path in (entry, *entry.rglob("*")):
            if not path.is_symlink():
                _add(path, READ | (ENTER if path.stat().st_mode & stat.S_IXUSR else 0))
    _close(paths.private())


def problems() -> list[str]:
    """Return, in French, what still keeps other accounts out: folders above the course, or above Python."""
    needed = {
        "le cours": (paths.home(), MOVE),
        "Python": (
            Path(os.path.realpath(sys.executable)).parent,
            OTHER_PYTHON.format(venv=paths.home() / ".venv"),
        ),
    }
    return [
        UNREACHED.format(folder=folder, what=what, remedy=remedy)
        for what, (place, remedy) in needed.items()
        for folder in (place, *place.parents)
        if not folder.stat().st_mode & stat.S_IXOTH
    ]


def _open() -> list[Path]:
    """What other accounts read: the program, the data, what is released; in none of them, an answer."""
    home, course = paths.home(), paths.course()
    program = [
        ".venv",
        "autograder",
        "scripts",
        "Makefile",
        "pyproject.toml",
        *_names(home, "requirements*.lock"),
    ]
    about = ["README.md", "NOTICE.md", "LICENSE", "LICENCES"]
    told = ["release", "guides", "programme.yml", "competences.yml", "glossaire.yml", "nbgrader_config.py"]
    places = [*(home / name for name in (*program, *about)), *(course / name for name in told)]
    return [path for path in (*places, paths.datasets(), paths.cache() / "packages") if path.exists()]


def _names(folder: Path, pattern: str) -> Iterator[str]:
    return (path.name for path in folder.glob(pattern))


def _ways() -> list[Path]:
    """The folders that hold both what is open and what is closed."""
    home, course, cache = paths.home(), paths.course(), paths.cache()
    between = [path for place in (course, cache) for path in place.parents if home in path.parents]
    return [path for path in (home, course, cache, *between) if path.is_dir()]


def _add(path: Path, mode: int) -> None:
    if path.stat().st_mode & mode != mode:
        path.chmod(path.stat().st_mode | mode)


def _close(path: Path) -> None:
    if path.exists() and not path.is_symlink():
        path.chmod(path.stat().st_mode & ~ALL)
