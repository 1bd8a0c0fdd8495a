"""A verdict: points for nbgrader (its plain text), an accessible French message for people (its HTML)."""

from dataclasses import dataclass, field
from typing import Any, Literal

from markupsafe import Markup

from autograder.checks.text import render
from autograder.contract.names import is_grading
from autograder.french.numbers import score
from autograder.html import joined

State = Literal["unanswered", "problem", "wrong", "partial", "right", "manual"]
Way = Literal["code", "form"]

VERDICT = "application/vnd.campus.verdict+json"
"""Beside the points of a check cell, in grading: what its verdict recognised."""

Label = tuple[str, str, str]
"""Symbol, word (never colour alone), colour of the border."""

LABELS: dict[State, Label] = {
    "right": ("✔", "Juste", "#1a7f37"),
    "partial": ("◐", "En partie juste", "#9a6700"),
    "wrong": ("✘", "Pas encore", "#b42318"),
    "problem": ("!", "Réponse illisible", "#b42318"),
    "unanswered": ("○", "Sans réponse", "#57606a"),
    "manual": ("✎", "Enregistrée", "#57606a"),
}
TO_COMPLETE: Label = ("…", "À compléter", "#57606a")
"""Of a form: what was entered says too little, or is not what the form can hold."""
NOT_JUDGED: Label = ("!", "Vérification impossible", "#b42318")
"""Of no answer: a file of the module is missing."""

MOST_MESSAGES = 3
"""How many mistakes are explained at once."""

WAYS: dict[Way, str] = {"code": "par le code", "form": "par le formulaire"}


def label(state: State, way: str | None) -> Label:
    """Return how a state is told; `way` is that of the answer, None or "" where there is none."""
    if state == "problem" and way != "code":
        return TO_COMPLETE if way == "form" else NOT_JUDGED
    return LABELS[state]


def earned(state: State, way: str | None, points: float, most: float) -> str:
    """Return the points of a verdict, in French; "" where none are at stake, or where an answer by form is not whole yet."""
    judged = label(state, way) != TO_COMPLETE
    return score(points, most) if most and judged else ""


@dataclass(frozen=True)
class Verdict:
    """The judgement of one answer. `outcomes` names what was recognised (`right`, ids of mistakes).

    `code` is one way to compute the answer, when it is right.
    """

    state: State
    points: float
    max_points: float
    messages: list[str]
    outcomes: list[str] = field(default_factory=list)
    way: Way | None = None
    code: str = ""

    def __repr__(self) -> str:
        """Return the points as a number: nbgrader reads them as partial credit."""
        return f"{self.points:g}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return what grading keeps beside the points; a learner's notebook does not name mistakes."""
        share = self.points / self.max_points if self.max_points else 0.0
        said = {"state": self.state, "share": share, "outcomes": self.outcomes}
        return {VERDICT: said} if is_grading() else {}

    def _repr_html_(self) -> str:
        symbol, word, colour = label(self.state, self.way)
        way = f" (réponse {WAYS[self.way]})" if self.way and self.state != "unanswered" else ""
        points = earned(self.state, self.way, self.points, self.max_points)
        won = f" · {points}" if points else ""
        page = Markup(
            '<div role="status" class="campus-verdict campus-{state}" data-state="{state}" '
            'style="border-left:0.4em solid {colour};padding:0.4em 1em;margin:0.4em 0;max-width:50em;line-height:1.5">'
            '<p style="margin:0.2em 0"><strong><span aria-hidden="true">{symbol}</span> {word}</strong>'
            "{won}{way}</p>{messages}{reasoning}</div>"
        ).format(
            state=self.state,
            colour=colour,
            symbol=symbol,
            word=word,
            won=won,
            way=way,
            messages=self._explained(),
            reasoning=self._reasoning(),
        )
        return str(page)

    def _explained(self) -> Markup:
        """Return the messages; those after the first ones are folded, for nobody reads a wall of them."""
        first, others = self.messages[:MOST_MESSAGES], self.messages[MOST_MESSAGES:]
        if not others:
            return joined(map(render, first))
        return joined(map(render, first)) + Markup("<details><summary>{} ({})</summary>{}</details>").format(
            "Les autres remarques", len(others), joined(map(render, others))
        )

    def _reasoning(self) -> Markup:
        if not self.code:
            return Markup("")
        title = "Une façon de l’écrire" if self.way == "code" else "Le même résultat par le code"
        return Markup("<details><summary>{}</summary><pre><code>{}</code></pre></details>").format(
            title, self.code
        )
