"""What lies in `submitted/` where neither `campus grade` nor nbgrader looks."""

from pathlib import Path

from autograder.grading.collect.copies import Module, is_work, names_module
from autograder.grading.layout import out_of_place
from autograder.identity import shown

TO_MOVE = "rien n’y sera corrigé. Mettez ces fichiers dans submitted/{learner}/{module}/"
TO_RENAME = "rien n’y sera corrigé. Renommez ce dossier « {module} »"
TO_GIVE = "rien n’y sera corrigé. Lancez « campus collect {module} » suivi du chemin de ce fichier"


def misplaced(submitted: Path, module: Module) -> list[tuple[str, str]]:
    """Return where such work is, and what to do with it, in French; nothing for learners who have a copy in its place."""
    found = []
    for place in out_of_place(submitted, {module.name, *module.others}):
        if place.parent != submitted:
            found += [] if (place.parent / module.name).is_dir() else _in_folder(place, module)
        elif place.is_dir():
            found += [told for path in sorted(place.iterdir()) for told in _in_folder(path, module)]
        else:
            found.append((_shown(place), TO_GIVE.format(module=module.name)))
    return list(dict.fromkeys(found))


def _in_folder(path: Path, module: Module) -> list[tuple[str, str]]:
    """Return what to do with a file or a folder of a learner's; nothing when it is not about this module."""
    if path.is_dir() and names_module(path.name, module.name):
        return [(_shown(path), TO_RENAME.format(module=module.name))]
    if path.is_file() and path.suffix.casefold() == ".zip":
        return [(_shown(path), TO_GIVE.format(module=module.name))]
    if path.is_file() and is_work(path.name) and not path.name.startswith(tuple(module.others)):
        learner = shown(path.parent.name)
        return [(_shown(path.parent), TO_MOVE.format(learner=learner, module=module.name))]
    return []


def _shown(path: Path) -> str:
    submitted = next(parent for parent in path.parents if parent.name == "submitted")
    return f"submitted/{shown(path.relative_to(submitted).as_posix())}"
