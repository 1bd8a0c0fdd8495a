"""`campus new --exercise`: the cells, the answers and the objective of one more exercise, written together."""

import re
from pathlib import Path

from autograder import files, paths
from autograder.activities import registry
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.load import find_folders, load_module
from autograder.modules.model import Module
from autograder.modules.text_file import read_text

EXERCISES = Path(__file__).with_name("exercises")
PLAYED = {
    name: path for name in registry.ACTIVITIES if (path := registry.folder_of(name) / "exercise.yml").exists()
}
"""activity -> its exercise to write over; its question is laid out as that of any form."""

KINDS = sorted([*(path.stem for path in EXERCISES.glob("*.yml")), *PLAYED])

OBJECTIVE = """\
- id: {key}
  text: "À écrire\u00a0: un verbe, et ce que l’on saura faire."
  competences: ["pix:1.3"]
  exercises: [{key}]
"""


def new_exercise(kind: str, module_id: str, key: str, root: Path | None = None) -> Path:
    """Add an exercise of a kind to a module, and return its folder. Raises ModuleError for a key that does not fit or is taken,
    or a kind that is not one of KINDS.

    The module still builds: what is to be written is marked, and refused once it is published.
    """
    (folder,) = find_folders([module_id], root or paths.modules())
    if kind not in KINDS:
        message = f"genre d’exercice inconnu, « {kind} » ; choisissez parmi {', '.join(KINDS)}."
        raise ModuleError([Finding(folder, 0, message)])
    module = load_module(folder)
    _refuse(module, key)
    layout = EXERCISES / ("choice.md" if kind in PLAYED else f"{kind}.md")
    answers = PLAYED.get(kind, EXERCISES / f"{kind}.yml")
    texts = {
        "notebook.md": f"{read_text(folder / 'notebook.md').rstrip()}\n{_text(layout, module, key)}",
        "answers.yml": f"{read_text(folder / 'answers.yml').rstrip()}\n{_text(answers, module, key)}",
        "module.yml": _with_objective(module, key),
    }
    for name, text in texts.items():
        files.write(folder / name, text, lasting=True)
    return folder


def _refuse(module: Module, key: str) -> None:
    path = module.folder / "answers.yml"
    if not re.fullmatch(r"[a-z][a-z0-9-]*", key):
        message = f"« {key} » : la clé d’un exercice s’écrit en minuscules sans accent, avec des chiffres et des tirets."
        raise ModuleError([Finding(path, 0, message)])
    taken = {*module.exercises, *(objective.id for objective in module.objectives)}
    if key in taken:
        message = f"« {key} » est déjà pris dans ce module ; déjà pris : {', '.join(sorted(taken))}."
        raise ModuleError([Finding(path, module.answers.line(key), message)])


def _text(path: Path, module: Module, key: str) -> str:
    text = path.read_text(encoding="utf-8")
    values = {"{key}": key, "{name}": key.replace("-", "_"), "{number}": str(len(module.exercises) + 1)}
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text


def _with_objective(module: Module, key: str) -> str:
    """Return module.yml with one more objective after the last, aligned with it."""
    lines = read_text(module.folder / "module.yml").rstrip().splitlines()
    first = module.description.line("objectives", 0) - 1
    indent = re.match(r" *", lines[first])
    margin = indent.group() if indent else ""
    end = next(
        (
            i
            for i in range(first + 1, len(lines))
            if lines[i].strip() and not lines[i].startswith((f"{margin} ", f"{margin}-"))
        ),
        len(lines),
    )
    added = [margin + line for line in OBJECTIVE.replace("{key}", key).splitlines()]
    return "\n".join([*lines[:end], *added, *lines[end:]]) + "\n"
