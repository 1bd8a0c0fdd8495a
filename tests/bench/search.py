"""What it costs to find answers by trying them, with what learners receive and nothing else.

`python -m tests.bench.search FOLDER…`, each a folder of `course/release`. One processor, no knowledge of the subject: numbers are
tried whole up to a thousand, then by tenths up to a hundred, both signs, then whole without end.
"""

import itertools
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.checks.exercises import Question, load_exercises
from autograder.checks.kinds import KINDS
from autograder.checks.outcomes import RIGHT

SECONDS = 120
"""Of processor, after which an exercise is left."""

Facets = Iterable[tuple[str, Iterable[str]]]


def main(folders: list[Path]) -> None:
    """Print a line per exercise: points, kind, tries, seconds of processor, milliseconds per try."""
    for folder in folders:
        for exercise in load_exercises(folder).exercises.values():
            question = exercise.questions.get("form")
            if question and question.spec["kind"] in FACETS:
                found, tries, seconds = _search(question)
                row = (
                    exercise.id,
                    exercise.points,
                    question.spec["kind"],
                    "found" if found else "left",
                    tries,
                )
                print(
                    folder.name[:3], *row, f"{seconds:.2f} s", f"{1000 * seconds / tries:.2f} ms", flush=True
                )


def _search(question: Question) -> tuple[bool, int, float]:
    """Try what each facet may hold until it says that it is right."""
    started, tries, found = time.process_time(), 0, False
    for facet, values in FACETS[question.spec["kind"]](question.spec):
        for value in values:
            tries += 1
            outcome = question.sealed.find(facet, value)
            if outcome and outcome.id == RIGHT:
                found = True
                break
            if time.process_time() - started > SECONDS:
                break
    return found, tries, time.process_time() - started


def _numbers(spec: Mapping[str, Any]) -> Facets:
    numbers = itertools.chain(_both_signs(1), _both_signs(10), itertools.count(1000))
    return [("", _once(KINDS["number"].read(number, spec)[""] for number in numbers))]


def _both_signs(parts: int) -> Iterator[float]:
    return (sign * number / parts for number in range(1000) for sign in (1, -1))


def _once(texts: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    return (text for text in texts if not (text in seen or seen.add(text)))  # type: ignore[func-returns-value]


FACETS: Mapping[str, Any] = {
    "number": _numbers,
    "choice": lambda spec: [("", spec["options"])],
    "choices": lambda spec: [(option, ["in"]) for option in spec["options"]],
    "order": lambda spec: [("", map(">".join, itertools.permutations(spec["options"])))],
    "match": lambda spec: [(item, spec["options"]) for item in spec["items"]],
}

if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
