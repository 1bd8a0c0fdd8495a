"""Find, among the files handed in, the notebook to grade and the answers file; tell what is used and what is left."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.checks.answers import MAX_BYTES, entries
from autograder.contract.names import ANSWERS, EXERCISES, TRIES
from autograder.french.commands import some
from autograder.grading.errors import GradingError
from autograder.grading.handed_in import HandedIn, readable
from autograder.grading.reading import read_notebook_at
from autograder.grading.rebuild import NOTICE, rebuild

NOTEBOOK = re.compile(r"\.ipynb(\.txt|\.json)?$", re.IGNORECASE)
JSON = re.compile(r"\.json(\.txt)?$", re.IGNORECASE)
ANSWERS_LIKE = re.compile(r"r[eé]ponses[^/]*\.json(\.txt)?$", re.IGNORECASE)
PACKED = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz")

MISSING = (
    "Le carnet {name} manque dans le dossier rendu, et aucun autre carnet n’y est : demandez à l’apprenant de le rendre "
    "de nouveau."
)
CLOSED = (
    "Le carnet {found} est là, mais ne peut pas être lu : droits insuffisants. Donnez-vous le droit de le lire (« chmod u+r »), "
    "puis relancez."
)
IN_ARCHIVE = "Le carnet {name} manque, et une archive est là ({found}) : décompressez-la dans le dossier rendu, puis relancez."
SEVERAL = (
    "Le carnet {name} manque, et plusieurs autres sont là ({found}) : renommez celui qu’il faut corriger."
)
RENAMED = "carnet rendu sous un autre nom : {found}"
BELOW = "carnet rendu dans un sous-dossier : {found}"
OTHER_NOTEBOOK = "plusieurs carnets : « {used} » corrigé, « {left} » laissé"
FULLER = " ; ce dernier est plus rempli : vérifiez lequel compte"
ANSWERS_RENAMED = "réponses lues dans « {found} » : le fichier {name} manque"
ANSWERS_SEVERAL = (
    "le fichier {name} manque, et plusieurs lui ressemblent ({found}) : aucun n’a été lu. Renommez le bon en {name}, puis "
    "relancez"
)
DAMAGED = "le fichier de réponses « {found} » est abîmé : les réponses données par formulaire n’ont pas pu être lues"
OTHER_ANSWERS = "plusieurs fichiers de réponses : « {used} » lu, « {left} » laissé"
SAME_NAME = "« {left} » laissé : un fichier du même nom est à côté du carnet, dans le sous-dossier"
OTHER_JSON = "« {found} » n’est pas un fichier de réponses : il n’a pas été lu comme tel"
MORE = "et d’autres fichiers comme ceux-là, laissés de même ({number})"
MOST_NOTES = 3
ANSWERS_FOLDER = "« {found} » est un dossier : il n’a pas été lu comme fichier de réponses"


@dataclass(frozen=True)
class Pieces:
    """The notebook; the exercises file that came beside it, which is never used; the other files, by the path where grading
    wants them; what must be told, in French."""

    notebook: Path
    table: Path | None
    files: dict[str, Path]
    notes: tuple[str, ...]


def find_pieces(
    handed_in: HandedIn, module: str, own: Collection[str], released: Callable[[], NotebookNode]
) -> Pieces:
    """Return what to grade of a copy; raise GradingError when no notebook can be chosen without guessing.

    `own` are the paths of the module's own files, never the learner's. `released` gives the notebook that learners
    received, a new one at each call.
    """
    files, name = handed_in.files, f"{module}.ipynb"
    notebooks = [path for path in files if NOTEBOOK.search(path)]
    try:
        chosen = _choose_notebook(notebooks, name, files)
    except GradingError as error:
        if closed := [path for path in handed_in.closed if NOTEBOOK.search(path)]:
            raise GradingError(CLOSED.format(found=_listed(closed))) from None
        raise GradingError(" ".join([str(error), *handed_in.notes])) from None
    left = [path for path in notebooks if path != chosen]
    notes = _notebook_notes(chosen, name, left, files, released)
    inside = chosen.rpartition("/")[0]
    beside = {path: file for path, file in files.items() if path not in notebooks}
    others, same_name = _brought_up(beside, inside)
    others = {path: file for path, file in others.items() if not _replaced(path, own)}
    found, told = _find_answers(others)
    if found and found != ANSWERS:
        others[ANSWERS] = others.pop(found)
    notes = [*handed_in.notes, *notes, *same_name, *told]
    table = files.get(f"{inside}/{EXERCISES}" if inside else EXERCISES)
    return Pieces(files[chosen], table, dict(sorted(others.items())), tuple(notes))


def _choose_notebook(notebooks: list[str], name: str, files: Mapping[str, Path]) -> str:
    """Return the notebook at the top, else below: the one that has the right name, or that is alone."""
    for below in (False, True):
        here = [path for path in notebooks if ("/" in path) == below]
        exact = [path for path in here if path.rpartition("/")[2] == name]
        if len(exact) == 1 or len(here) == 1:
            return (exact or here)[0]
        if here:
            raise GradingError(SEVERAL.format(name=name, found=_listed(here)))
    if packed := [path for path in files if path.lower().endswith(PACKED)]:
        raise GradingError(IN_ARCHIVE.format(name=name, found=_listed(packed)))
    raise GradingError(MISSING.format(name=name))


def _notebook_notes(
    chosen: str, name: str, left: list[str], files: Mapping[str, Path], released: Callable[[], NotebookNode]
) -> list[str]:
    notes, others = [], []
    if chosen != name:
        renamed = chosen.rpartition("/")[2] != name
        notes.append((RENAMED if renamed else BELOW).format(found=readable(chosen)))
    for path in left:
        fuller = _answers_in(files[path], released) > _answers_in(files[chosen], released)
        text = OTHER_NOTEBOOK.format(used=readable(chosen), left=readable(path))
        others.append(text + (FULLER if fuller else ""))
    return [*notes, *_few(others)]


def _few(notes: list[str]) -> list[str]:
    """Return the first notes of a kind, those of fuller files before: a copy may hold a thousand files."""
    first = sorted(notes, key=lambda note: not note.endswith(FULLER))[:MOST_NOTES]
    rest = len(notes) - len(first)
    return [*first, MORE.format(number=rest)] if rest else first


def _answers_in(path: Path, released: Callable[[], NotebookNode]) -> int:
    """Return how many cells of a notebook are not as released; 0 when it cannot be read."""
    try:
        cells = rebuild(released(), read_notebook_at(path)).notebook.cells
    except GradingError:
        return 0
    texts = {cell.get("id"): cell.source for cell in released().cells}
    return sum(texts.get(cell.id, "") != cell.source for cell in cells if cell.id != NOTICE)


def _brought_up(files: Mapping[str, Path], inside: str) -> tuple[dict[str, Path], list[str]]:
    """Return the files, what is beside a notebook found in a sub-folder brought up with it; and what had to be left."""
    if not inside:
        return dict(files), []
    prefix = f"{inside}/"
    up = {path.removeprefix(prefix): file for path, file in files.items() if path.startswith(prefix)}
    rest = {path: file for path, file in files.items() if not path.startswith(prefix)}
    notes = [SAME_NAME.format(left=readable(path)) for path in rest if path in up]
    return rest | up, notes


def _replaced(path: str, own: Collection[str]) -> bool:
    """Whether one of the module's files goes there, or needs a folder there."""
    return any(mine == path or mine.startswith(f"{path}/") or path.startswith(f"{mine}/") for mine in own)


def _find_answers(files: Mapping[str, Path]) -> tuple[str | None, list[str]]:
    """Return which file is to be read as the answers, and what must be told of the other JSON files."""
    found = [
        path for path in files if JSON.search(path) and not Path(path).name.startswith(".") and path != TRIES
    ]
    counts = {path: _count(files[path]) for path in found}
    likely = [path for path in found if counts[path] is not None] or list(filter(ANSWERS_LIKE.search, found))
    notes = [ANSWERS_FOLDER.format(found=readable(path)) for path in _folders_like_answers(files)]
    if ANSWERS in files:
        used: str | None = ANSWERS
    else:
        used = likely[0] if len(likely) == 1 else None
        if used:
            notes.append(ANSWERS_RENAMED.format(found=readable(used), name=ANSWERS))
        elif likely:
            notes.append(ANSWERS_SEVERAL.format(name=ANSWERS, found=_listed(likely)))
    if used and counts[used] is None:
        notes.append(DAMAGED.format(found=readable(used)))
    left = [path for path in found if path not in (used, *([] if used else likely))]
    return used, [*notes, *_few([_left_json(path, used, counts) for path in left])]


def _left_json(path: str, used: str | None, counts: Mapping[str, int | None]) -> str:
    if used is None or (counts[path] is None and not ANSWERS_LIKE.search(path)):
        return OTHER_JSON.format(found=readable(path))
    fuller = (counts[path] or 0) > (counts[used] or 0)
    return OTHER_ANSWERS.format(used=readable(used), left=readable(path)) + (FULLER if fuller else "")


def _folders_like_answers(files: Mapping[str, Path]) -> list[str]:
    folders = {parent.as_posix() for path in files for parent in Path(path).parents}
    return sorted(folder for folder in folders if ANSWERS_LIKE.search(folder))


def entries_of(path: Path | None, module: str | None = None) -> dict[str, Any] | None:
    """Return what an answers file holds, by exercise; None when there is no such file, or it is not one of `module`."""
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            return entries(file.read(MAX_BYTES + 1), module)
    except (FileNotFoundError, IsADirectoryError, ValueError):
        return None


def _count(path: Path) -> int | None:
    found = entries_of(path)
    return None if found is None else len(found)


def _listed(paths: list[str]) -> str:
    return some([readable(path) for path in paths], 5)
