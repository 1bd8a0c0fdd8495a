"""The verdicts that a learner may hand in, in their own words, before they choose."""

from pathlib import Path

from autograder.checks.exercises import ExercisesError, load_exercises
from autograder.checks.verdict import label
from autograder.lab.actions import met
from autograder.progress.tries import Try

LINE = "{title} : {said}"


def tries_told(space: Path, folder: str) -> list[str]:
    """Return one line for each exercise that was tried, its verdicts in order, with the names of what they recognised."""
    try:
        titles = {key: one.title for key, one in load_exercises(space / folder).exercises.items()}
    except ExercisesError:
        return []
    found: dict[str, list[str]] = {}
    for one in met(space, folder):
        found.setdefault(titles.get(one.exercise, one.exercise), []).append(_said(one))
    return [LINE.format(title=title, said=", ".join(said)) for title, said in found.items()]


def _said(one: Try) -> str:
    word = label(one.state, "form")[1].lower()  # type: ignore[arg-type]
    names = ", ".join(name for name in one.outcomes if name != one.state)
    return f"{word} ({names})" if names else word
