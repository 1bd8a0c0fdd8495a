"""What is wrong in the form of a file although its schema accepts it, in words for its author; and what it takes to answer."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from autograder.activities.casefile.answer import read
from autograder.activities.casefile.form import DRAWN, CasefileForm
from autograder.contract.activity import WORDS_A_MINUTE, Fault
from autograder.contract.forms import UnreadableAnswer

NUMBER, CHOICE = 75, 20
"""Seconds to find a number, and to choose."""


def faults(form: CasefileForm, exercises: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong. Texts that the build computes are looked at there."""
    texts: Any = form["texts"]
    if isinstance(texts, dict) and "compute" in texts:
        return
    if not isinstance(texts, dict) or not all(isinstance(text, str) and text for text in texts.values()):
        yield ("texts",), "« texts » doit donner un texte à chaque dossier."
        return
    for name, ask in form["asks"].items():
        if ("options" in ask) == ("unit" in ask):
            yield (
                ("asks", name),
                "une question se répond par « options », ou par un nombre avec son « unit ».",
            )
        if name == DRAWN:
            yield ("asks", name), f"le nom « {DRAWN} » est déjà pris : choisissez-en un autre."
    if "follows" in form and form["follows"] not in exercises:
        yield ("follows",), f"« {form['follows']} » n’est pas un exercice du module."
    yield from _of_solution(form)


def _of_solution(form: CasefileForm) -> Iterator[Fault]:
    right = form.get("solution")
    if right is None or (isinstance(right, dict) and "compute" in right):
        return
    try:
        read(form, right)
    except UnreadableAnswer as error:
        yield ("solution",), f"la solution ne peut pas être saisie. {error}"


def seconds(form: CasefileForm) -> float:
    """Return what it takes to read one file, and to answer its questions."""
    texts = form["texts"].values() if "compute" not in form["texts"] else ()
    words = max((len(re.findall(r"\w+", text)) for text in texts), default=0)
    return words * 60 / WORDS_A_MINUTE + sum(
        CHOICE if "options" in ask else NUMBER for ask in form["asks"].values()
    )
