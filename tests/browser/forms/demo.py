"""A small module with one form of each kind, its notebook and what opens it in JupyterLab."""

import json
from pathlib import Path
from typing import Any

import nbformat

from autograder.checks.outcomes import Outcome, SealedTable

OPTIONS = {"a": "une commune", "b": "un EPCI", "c": "un département"}
EXERCISES: dict[str, dict[str, Any]] = {
    "unite": {
        "title": "L’unité d’observation",
        "kind": "choice",
        "form": {"widget": "choice", "label": "Que décrit **une ligne** de `communes` ?", "options": OPTIONS},
        "right": {("", "a"): "Chaque ligne décrit une commune."},
    },
    "vides": {
        "title": "Les cases vides",
        "kind": "choices",
        "form": {"widget": "choices", "label": "Quelles valeurs manquent ?", "options": OPTIONS},
        "right": {("a", "in"): "Oui."},
    },
    "etapes": {
        "title": "Les étapes",
        "kind": "order",
        "form": {"widget": "order", "label": "Remettez les étapes dans l’ordre.", "options": OPTIONS},
        "right": {("", "b>a>c"): "C’est le bon ordre."},
    },
    "paires": {
        "title": "Les définitions",
        "kind": "match",
        "form": {
            "widget": "match",
            "label": "Associez chaque sigle à sa définition.",
            "items": {"epci": "EPCI", "insee": "Code Insee"},
            "options": {"g": "un groupement de communes", "i": "un identifiant de commune"},
        },
        "right": {("epci", "g"): "Oui."},
    },
    "moyenne": {
        "title": "La moyenne",
        "kind": "number",
        "form": {"widget": "number", "label": "Population moyenne d’une commune", "unit": "habitants"},
        "right": {("", "1959.9"): "C’est bien la moyenne."},
    },
    "part": {
        "title": "La part",
        "kind": "number",
        "form": {
            "widget": "slider",
            "label": "Quelle part des communes ?",
            "unit": "%",
            "max": 100,
            "step": 5,
        },
        "right": {("", "55"): "Un peu plus de la moitié."},
    },
    "mot": {
        "title": "Le mot juste",
        "kind": "text",
        "form": {"widget": "text", "label": "Comment se nomme cette valeur ?"},
        "right": {("", "mediane"): "C’est la médiane."},
    },
    "avis": {
        "title": "Votre avis",
        "kind": "free",
        "form": {"widget": "text", "label": "Expliquez votre choix à un élu."},
        "right": {},
    },
}


def write_module(folder: Path) -> None:
    """Write `.exercises.json` and `carnet.ipynb`, with one cell per form, in a new folder."""
    folder.mkdir(parents=True)
    module = {"module": "T01-demo", "version": 1, "exercises": {key: _public(key) for key in EXERCISES}}
    (folder / ".exercises.json").write_text(json.dumps(module), encoding="utf-8")
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    sources = [
        "from autograder.notebook import check, exercise",
        *(f'exercise("{key}")' for key in [*EXERCISES, "unite"]),  # the first form is there twice
        'check("moyenne")',
    ]
    for number, source in enumerate(sources):
        cell = nbformat.v4.new_code_cell(source, id=f"cell-{number}")
        notebook.cells.append(cell)
    nbformat.write(notebook, folder / "carnet.ipynb")


def _public(key: str) -> dict[str, Any]:
    exercise = EXERCISES[key]
    spec = {"kind": exercise["kind"], "min_words": 5} | {
        name: value for name, value in exercise["form"].items() if name in {"options", "items"}
    }
    outcomes = {answer: Outcome("right", 1.0, message) for answer, message in exercise["right"].items()}
    sealed = SealedTable.seal(outcomes, salt=f"T01:{key}", facets=1).to_json()
    return {
        "title": exercise["title"],
        "points": 2,
        "form": exercise["form"],
        "hints": ["Relisez la première ligne.", "Comptez les `codes` distincts."],
        "answer": spec,
        "otherwise": "Regardez une ligne du tableau.",
        "questions": {"form": {"spec": spec, "sealed": sealed}},
    }
