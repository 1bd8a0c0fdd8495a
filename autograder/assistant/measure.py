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
    """Return, by method and wording: `questions`, `premiere` and `cinq_premieres`, questions whose sheet is there.

    `pct_premiere` and `pct_cinq` are the same, for 100 questions (hit@1 and hit@5).
    """
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
                    "pct_premiere": first / len(ranks) * 100,
                    "pct_cinq": five / len(ranks) * 100,
                }
            )
    return DataFrame(rows)


def finders(assistant: Assistant, text: str) -> str:
    """Tell which methods put a right sheet of a question among their first five: « mots », « sens », « deux » or « aucune »."""
    question = next(q for q in questions() if q.text == text)
    found = [m for m in ("mots", "sens") if (found_at(assistant, question, m) or 6) <= 5]
    return "deux" if len(found) == 2 else (found[0] if found else "aucune")


def errors(
    assistant: Assistant, threshold: float, asked: tuple[Question, ...] | None = None
) -> tuple[float, float]:
    """Return the two errors of a threshold, as shares: answerable questions refused, unanswerable ones answered."""
    asked = questions() if asked is None else asked
    refused = [assistant.confidence(q.text) < threshold for q in asked if q.sheets]
    answered = [assistant.confidence(q.text) >= threshold for q in asked if not q.sheets]
    return sum(refused) / len(refused), sum(answered) / len(answered)


def best_threshold(assistant: Assistant, asked: tuple[Question, ...]) -> float:
    """Return the threshold, in hundredths, whose two errors have the smallest mean; the lowest of equals."""
    candidates = [hundredths / 100 for hundredths in range(10, 91)]
    return min(candidates, key=lambda threshold: sum(errors(assistant, threshold, asked)))


def halves() -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """Return every other question: a half to set the threshold, a half to check it."""
    return questions()[::2], questions()[1::2]


def refusals(assistant: Assistant, thresholds: tuple[float, ...]) -> DataFrame:
    """Return what thresholds give: a row each, and questions counted by wording that get « la source est absente »."""
    assistant.read([question.text for question in questions()])
    rows = []
    for threshold in thresholds:
        row: dict[str, float | str] = {"seuil": threshold}
        for wording in (*WORDINGS.values(), ABSENT):
            asked = [q for q in questions() if q.wording == wording]
            row[wording] = sum(assistant.confidence(q.text) < threshold for q in asked)
        rows.append(row)
    return DataFrame(rows)
