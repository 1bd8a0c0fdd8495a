"""What the buttons of the page « Aujourd’hui » ask, checked, then done."""

from pathlib import Path

from autograder.today import deposits, running
from autograder.today.errors import Refused
from autograder.today.gestures import GESTURES

UNKNOWN = "Ce bouton n’existe plus. Rechargez la page, puis recommencez."
DECIDED = "Cette copie n’attend plus de décision. Ramassez de nouveau, puis lisez ce qui est dit."
ERASED = "Les fichiers déposés sont effacés. Les copies ramassées ne changent pas."


def do(course: Path, gesture: str, about: str) -> str:
    """Do what a button asks, about a module, or about a copy to decide on; return what to tell, or "". Raises Refused, OSError."""
    match gesture:
        case "stop":
            running.stop(course)
        case "erase":
            _quiet(course)
            deposits.erase(course, _place(course, about))
            return ERASED
        case "accept" if about.count("/") > 1:
            _accept(course, *about.split("/", 2))
        case known if known in GESTURES:
            module = _place(course, about)
            _start(course, known, module)
        case _:
            raise Refused(UNKNOWN)
    return ""


def deposit(course: Path, about: str, name: str, content: bytes) -> str:
    """Keep a file that the instructor gives for a module, or for the class list; return its name. Raises Refused, OSError."""
    return deposits.keep(course, _place(course, about), name, content).name


def _accept(course: Path, gesture: str, module: str, learner: str) -> None:
    """Collect again, as the last time, and take the copy of this learner."""
    last = running.last(course)
    known = last is not None and not last.alive and (last.gesture, last.module) == (gesture, module)
    if not known or learner not in running.held(course):
        raise Refused(DECIDED)
    _start(course, gesture, module, f"--accept={learner}")


def _start(course: Path, gesture: str, module: str, *more: str) -> None:
    words = GESTURES[gesture].arguments(course, module)
    running.start(course, gesture, module, [*running.CAMPUS, *words, *more])


def _quiet(course: Path) -> None:
    """Raise Refused while a gesture runs: it may read what would be erased."""
    last = running.last(course)
    if last and last.alive:
        raise Refused(running.BUSY)


def _place(course: Path, about: str) -> str:
    """Return a name that is that of a module of the course, or of the class list. Raises Refused."""
    modules = {
        one.name for step in ("source", "release") for one in (course / step).glob("[!.]*") if one.is_dir()
    }
    if about not in {*modules, deposits.LIST}:
        raise Refused(UNKNOWN)
    return about
