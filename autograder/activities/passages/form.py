"""The form of a document: what the author writes, and the ordinary form that takes the same answers."""

import re
from collections.abc import Collection, Iterator
from typing import Any, Literal, NotRequired, TypedDict

from autograder.activities.passages.document import marks, passages, unread
from autograder.contract.activity import WORDS_A_MINUTE, Fault
from autograder.contract.forms import Form

WIDGETS = {"one": "choice", "several": "choices", "label": "labels"}
"""pick -> the ordinary widget."""

GESTURE = 30
"""Seconds to find one passage."""


class PassagesForm(TypedDict):
    """`pick`: one passage, several, or a label for each that deserves one; `labels` are those labels."""

    label: str
    document: str
    pick: Literal["one", "several", "label"]
    labels: NotRequired[dict[str, str]]
    solution: NotRequired[Any]
    """For the author's rooms alone."""


def ordinary(form: PassagesForm) -> Form:
    """Return the ordinary form whose answers are those of this one."""
    shown = {passage.key: passage.quoted for passage in passages(form["document"])}
    common = {"widget": WIDGETS[form["pick"]], "label": form["label"]}
    if form["pick"] == "label":
        called = {"items": "un des passages", "options": "une des étiquettes"}
        return {**common, "items": shown, "options": form.get("labels", {}), "called": called}
    return {**common, "options": shown, "called": {"options": "un des passages"}}


def faults(form: PassagesForm, exercises: Collection[str]) -> Iterator[Fault]:
    """A document has at least two passages, each marked once and readable; labels go with `pick: label`."""
    document = form["document"]
    keys = [passage.key for passage in passages(document)]
    for key in unread(document):
        yield (
            ("document",),
            f"le passage « {key} » ne se lit pas : il tient dans un seul paragraphe, hors du code, finit par une accolade, "
            "et n’en contient pas d’autre.",
        )
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield ("document",), f"le passage « {key} » est marqué deux fois : donnez à chacun sa clé."
    if len(keys) < 2:
        yield (
            ("document",),
            f"il y a {len(keys)} passage à cliquer : marquez-en au moins deux, chacun par [cle]{{ses mots}}.",
        )
    if "](" in document:
        yield (
            ("document",),
            "un lien ou une image ne s’ouvre pas dans un document : écrivez en toutes lettres ses mots et son adresse.",
        )
    for place, text in _around(form):
        for key in marks(text):
            yield (
                place,
                f"la marque « [{key}]{{…}} » ne désigne un passage que dans « document » : ôtez-la ici, et gardez ses mots.",
            )
    if form["pick"] == "label" and "labels" not in form:
        yield (
            (),
            "« pick: label » demande « labels » : les étiquettes à donner, par exemple {x: Faux, y: Flou}.",
        )
    if form["pick"] != "label" and "labels" in form:
        yield ("labels",), f"« labels » ne va qu’avec « pick: label », et non avec « pick: {form['pick']} »."


def _around(form: PassagesForm) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the texts of a form that are no document, with their places."""
    yield ("label",), form["label"]
    for key, text in form.get("labels", {}).items():
        yield ("labels", key), text


def seconds(form: PassagesForm) -> float:
    """Return what it takes to read the document, and to find each passage of the solution."""
    right = form.get("solution")
    found = len(right) if isinstance(right, list | dict) else 1
    return len(re.findall(r"\w+", form["document"])) * 60 / WORDS_A_MINUTE + GESTURE * found
