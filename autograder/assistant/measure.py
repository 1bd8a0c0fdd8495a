"""Measure the assistant on questions written for the course, in the words of the sheets and in everyday words."""

import functools
from dataclasses import dataclass
from pathlib import Path

import yaml
from pandas import DataFrame

from autograder.assistant.search import METHODS, Assistant

WORDINGS = {"official": "mots officiels", "everyday": "mots courants"}
ABSENT = "sans réponse dans les fiches"


@dataclass(frozen=True)
class Question:
    """A question, its wording (a value of WORDINGS, or ABSENT), and the sheets that answer: none when the source is absent."""

    text: str
    wording: str
    sheets: tuple[str, ...] = ()


@functools.cache
def questions() -> tuple[Question, ...]:
    """Return the course's questions, in the order of their file."""
    data = yaml.safe_load((Path(__file__).parent / "questions.yml").read_text(encoding="utf-8"))
    asked = [
        Question(subject[wording], label, tuple(subject["sheets"]))
        for wording, label in WORDINGS.items()
        for subject in data["subjects"]
    ]
    return (*asked, *(Question(text, ABSENT) for text in data["absent"]))


def found_at(assistant: Assistant, question: Question, method: str) -> int | None:
    """Return the rank, from 1, of the first right sheet; None when it is not found."""
    ranked = assistant.rank(question.text, method)
    return next((rank for rank, sheet in enumerate(ranked, start=1) if sheet in question.sheets), None)


def hits(assistant: Assistant) -> DataFrame:
    """Return, by method and wording: `questions`, `premiere` and `cinq_premieres`, questions whose sheet is there."""
    assistant.read([question.text for question in questions()])
    rows = []
    for method, label in METHODS.items():
        for wording in WORDINGS.values():
            ranks = [found_at(assistant, q, method) for q in questions() if q.wording == wording]
            first, five = (sum(rank is not None and rank <= most for rank in ranks) for most in (1, 5))
            rows.append(
                {
                    "methode": label,
                    "formulation": wording,
                    "questions": len(ranks),
                    "premiere": first,
                    "cinq_premieres": five,
                }
            )
    return DataFrame(rows)
