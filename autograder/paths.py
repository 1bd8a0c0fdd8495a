"""Where things are. Every folder can be moved by an environment variable."""

import os
from pathlib import Path
from shlex import quote

from autograder.contract.names import PRIVATE_VARIABLE


def _folder(variable: str, default: Path) -> Path:
    """Return the folder named by an environment variable, else the default, as an absolute path without links."""
    value = os.environ.get(variable)
    return (Path(value).expanduser() if value else default).resolve()


def home() -> Path:
    """Return the root of the repository."""
    return _folder("CAMPUS_HOME", Path(__file__).resolve().parent.parent)


def datasets() -> Path:
    """Return the folder of the catalogue and of its extracts."""
    return _folder("CAMPUS_DATASETS", home() / "datasets")


def modules() -> Path:
    """Return the folder of the modules' texts."""
    return home() / "modules"


def course() -> Path:
    """Return nbgrader's course directory."""
    return _folder("CAMPUS_COURSE", home() / "course")


def not_a_course(missing: str) -> str:
    """Return what to tell, in French, when the course directory lacks one of its own files."""
    said = f"« {course()} » n’est pas le dossier d’un cours : {missing} y manque. "
    if moved := [name for name in ("CAMPUS_COURSE", "CAMPUS_HOME") if os.environ.get(name)]:
        return f"{said}Retirez le réglage qui le désigne (« unset {' '.join(moved)} »), ou corrigez-le."
    return f"{said}Remettez ce fichier : « git -C {quote(str(home()))} checkout -- course/{missing} »."


def private() -> Path:
    """Return the folder of the grading tables in clear: read by grading alone."""
    return _folder(PRIVATE_VARIABLE, course() / "private")


def work() -> Path:
    """Return the learner's own space: in their home folder where the course was installed by another account."""
    own = os.access(home(), os.W_OK)
    return _folder("CAMPUS_WORK", home() / "travail" if own else Path("~/travail-campus").expanduser())


def own(folder: Path) -> Path:
    """Create a folder that no other account may enter, or close it to them; return it. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    return folder


def cache() -> Path:
    """Return the folder of what can be downloaded again."""
    return _folder("CAMPUS_CACHE", home() / "build" / "cache")
