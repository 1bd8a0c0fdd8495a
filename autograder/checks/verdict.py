"""A verdict: points for nbgrader (its plain text), an accessible French message for people (its HTML)."""

import html
from dataclasses import dataclass, field
from typing import Literal

from autograder.checks.text import points, render

State = Literal["unanswered", "problem", "wrong", "partial", "right", "manual"]
Way = Literal["code", "form"]

LABELS: dict[State, tuple[str, str, str]] = {
    "right": ("✔", "Juste", "#1a7f37"),
    "partial": ("◐", "En partie juste", "#9a6700"),
    "wrong": ("✘", "Pas encore", "#b42318"),
    "problem": ("!", "Réponse illisible", "#b42318"),
    "unanswered": ("○", "Sans réponse", "#57606a"),
    "manual": ("✎", "Enregistrée", "#57606a"),
}
"""state -> symbol, word (never colour alone), colour of the border."""

WAYS: dict[Way, str] = {"code": "par le code", "form": "par le formulaire"}


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

    def _repr_html_(self) -> str:
        symbol, word, colour = LABELS[self.state]
        way = f" (réponse {WAYS[self.way]})" if self.way and self.state != "unanswered" else ""
        score = (
            f" · {points(self.points)} sur {self.max_points:g}".replace(".", ",") if self.max_points else ""
        )
        body = "".join(render(message) for message in self.messages) + self._reasoning()
        return (
            f'<div role="status" class="campus-verdict campus-{self.state}" data-state="{self.state}" '
            f'style="border-left:0.4em solid {colour};padding:0.4em 1em;margin:0.4em 0;max-width:50em;line-height:1.5">'
            f'<p style="margin:0.2em 0"><strong><span aria-hidden="true">{symbol}</span> {word}</strong>'
            f"{html.escape(score)}{way}</p>{body}</div>"
        )

    def _reasoning(self) -> str:
        if not self.code:
            return ""
        title = "Une façon de l’écrire" if self.way == "code" else "Le même résultat par le code"
        return (
            f"<details><summary>{title}</summary><pre><code>{html.escape(self.code)}</code></pre></details>"
        )
