"""What is wrong in the form of a file to generalise although its schema accepts it, in words for its author."""

from collections.abc import Collection, Iterator
from itertools import pairwise, product
from typing import Any

from autograder.activities.generalise import words
from autograder.activities.generalise.form import GeneraliseForm
from autograder.activities.generalise.outcome import outcome
from autograder.activities.generalise.settings import finest, read
from autograder.contract.activity import Fault
from autograder.contract.forms import UnreadableAnswer

LOOK, CURSOR = 30, 20
"""Seconds to read the rule and the figures, and to try one cursor."""


def faults(form: GeneraliseForm, exercises: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong. A table that the build computes is looked at there."""
    slips = [*_of_questions(form), *_of_sizes(form)]
    table: Any = form["table"]
    if isinstance(table, dict) and "compute" in table:
        yield from slips
        return
    slips = slips or list(_of_table(form))
    yield from slips or _of_goal(form)


def _of_questions(form: GeneraliseForm) -> Iterator[Fault]:
    for key, question in form["questions"].items():
        for name, step in question["needs"].items():
            if name not in form["cursors"]:
                yield (
                    ("questions", key),
                    f"« {name} » n’est pas un des curseurs ({', '.join(form['cursors'])}).",
                )
            elif step not in form["cursors"][name]["steps"]:
                known = ", ".join(form["cursors"][name]["steps"])
                yield ("questions", key), f"« {step} » n’est pas un des crans de « {name} » ({known})."
    for key in form.get("keep", []):
        if key not in form["questions"]:
            yield ("keep",), f"« {key} » n’est pas une des questions ({', '.join(form['questions'])})."


def _of_sizes(form: GeneraliseForm) -> Iterator[Fault]:
    lows = list(form["sizes"].values())
    if lows[0] != 1 or any(high <= low for low, high in pairwise(lows)):
        yield ("sizes",), "les tailles vont de 1 à la plus grande, dans l’ordre."
    elif form["k"] not in lows:
        yield ("k",), f"« k » doit être une des tailles ({', '.join(map(str, lows))})."


def _of_table(form: GeneraliseForm) -> Iterator[Fault]:
    """Each setting has its row, all its counts, and the same people."""
    rows: Any = form["table"]
    columns = [*form["cursors"], form["groups"], form["smallest"], *form["sizes"]]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        yield ("table",), "« table » doit être une liste de lignes : tableau.to_dict('records')."
        return
    for place, row in enumerate(rows):
        if missing := [column for column in columns if column not in row]:
            yield ("table", place), f"il manque « {missing[0]} » à cette ligne."
            return
        if wrong := [column for column in columns[len(form["cursors"]) :] if not _is_count(row[column])]:
            yield ("table", place), f"« {wrong[0]} » doit être un nombre entier."
            return
    known = [tuple(row[name] for name in form["cursors"]) for row in rows]
    for setting in product(*(cursor["steps"] for cursor in form["cursors"].values())):
        if known.count(setting) != 1:
            yield (
                ("table",),
                f"il faut une ligne, et une seule, pour {', '.join(setting)} : il y en a {known.count(setting)}.",
            )
            return
    if len({sum(row[column] for column in form["sizes"]) for row in rows}) > 1:
        yield ("table",), "les lignes ne comptent pas toutes les mêmes personnes : relisez « sizes »."


def _is_count(cell: object) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool) and cell >= 0


def _of_goal(form: GeneraliseForm) -> Iterator[Fault]:
    """The file as it is found is no answer; the solution is one."""
    if outcome(form, finest(form)).safe:
        yield ("k",), "le fichier de départ protège déjà : il n’y a rien à généraliser."
        return
    right = form.get("solution")
    if not isinstance(right, dict) or "compute" in right:
        return
    try:
        setting: Any = read(form, right)
    except UnreadableAnswer as error:
        yield ("solution",), f"la solution ne peut pas être saisie. {error}"
        return
    got = outcome(form, setting)
    if not got.reached:
        why = (
            "un groupe est trop petit"
            if not got.safe
            else "une question à garder est perdue"
            if got.lost
            else "un curseur peut reculer d’un cran"
        )
        yield ("solution",), f"la solution ne suit pas la règle : {why}. {words.status(got)}"


def seconds(form: GeneraliseForm) -> float:
    """Return what it takes to read what is shown, and to try each cursor."""
    return LOOK + CURSOR * len(form["cursors"])
