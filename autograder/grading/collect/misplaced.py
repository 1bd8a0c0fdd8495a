"""What lies in `submitted/` where neither `campus grade` nor nbgrader looks."""

from pathlib import Path

from autograder.grading.collect.copies import Module, is_work, names_module
from autograder.identity import shown

TO_MOVE = "rien n’y sera corrigé. Mettez ces fichiers dans submitted/{learner}/{module}/"
TO_RENAME = "rien n’y sera corrigé. Renommez ce dossier « {module} »"
TO_GIVE = "rien n’y sera corrigé. Lancez « campus collect {module} » suivi du chemin de ce fichier"


def misplaced(submitted: Path, module: Module) -> list[tuple[str, str]]:
    """Return where such work is, and what to do with it, in French."""
    found = []
    for folder in sorted(submitted.glob("[!.]*")):
        if not folder.is_dir():
            found.append((_shown(folder), TO_GIVE.format(module=module.name)))
        elif not (folder / module.name).is_dir():
            found += _in_folder(folder, module)
    return found


def _in_folder(folder: Path, module: Module) -> list[tuple[str, str]]:
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_dir() and names_module(path.name, module.name):
            found.append((_shown(path), TO_RENAME.format(module=module.name)))
        elif path.is_file() and path.suffix.casefold() == ".zip":
            found.append((_shown(path), TO_GIVE.format(module=module.name)))
        elif path.is_file() and is_work(path.name) and not path.name.startswith(tuple(module.others)):
            found.append((_shown(folder), TO_MOVE.format(learner=shown(folder.name), module=module.name)))
    return list(dict.fromkeys(found))


def _shown(path: Path) -> str:
    submitted = next(parent for parent in path.parents if parent.name == "submitted")
    return f"submitted/{shown(path.relative_to(submitted).as_posix())}"
