"""The result of a run, in the form that is kept: learners who handed in the same work share it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import nbformat
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat import NotebookNode
from nbgrader.preprocessors import IgnorePattern, LimitOutput
from nbgrader.utils import determine_grade, is_grade, is_solution, is_task
from traitlets.config import Config

from autograder.grading.engine.engine import Graded
from autograder.grading.engine.flags import SAME_KERNEL
from autograder.grading.errors import GradingError
from autograder.grading.marked import fingerprint, is_free
from autograder.grading.recognised import take_verdicts
from autograder.grading.save_grades import auto_comment
from autograder.progress.tries import Try

BAD_SCORE = (
    "Le contrôle {name} ne donne pas un nombre de points que nbgrader accepte ({reason}). Corrigez le module, "
    "puis relancez."
)


@dataclass(frozen=True)
class Result:
    """The graded notebook, as nbgrader would write it, and the values for the gradebook."""

    notebook: str
    scores: Mapping[str, float | None]
    """Points by cell; None when a person has to give the points."""
    comments: Mapping[str, str | None]
    """Automatic comments, by cell."""
    answers: Mapping[str, str]
    """Fingerprints of the free answers, by cell."""
    verdicts: Mapping[str, Try]
    """What the check of each exercise recognised."""
    flags: tuple[str, ...]
    tier: str

    @property
    def repeatable(self) -> bool:
        """Whether another run would give the same result: no limit was reached, since a busy machine may cause this."""
        return all(flag.endswith(SAME_KERNEL) for flag in self.flags)

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Result":
        """Return the result that `to_json` wrote. Raises ValueError, KeyError or TypeError for any other text."""
        data = json.loads(text)
        verdicts = {
            key: Try(**one | {"outcomes": tuple(one["outcomes"])}) for key, one in data["verdicts"].items()
        }
        return cls(**data | {"flags": tuple(data["flags"]), "verdicts": verdicts})


def result_of(graded: Graded, config: Config) -> Result:
    """Do the steps that follow the execution in nbgrader's list: clean, limit, count the points.

    Raises GradingError when a check gives points that nbgrader refuses.
    """
    notebook = graded.notebook
    for step in (IgnorePattern, ClearMetadataPreprocessor, LimitOutput):
        notebook, _ = step(config=config)(notebook, {})
    verdicts = take_verdicts(notebook)
    return Result(
        notebook=nbformat.v4.writes(notebook).encode("utf-8", "replace").decode() + "\n",  # half characters
        scores={_name(cell): _score(cell) for cell in notebook.cells if is_grade(cell)},
        comments={
            _name(cell): auto_comment(cell) for cell in notebook.cells if is_solution(cell) or is_task(cell)
        },
        answers={_name(cell): fingerprint(cell) for cell in notebook.cells if is_free(cell)},
        verdicts=verdicts,
        flags=tuple(graded.flags),
        tier=graded.tier,
    )


def _name(cell: NotebookNode) -> str:
    return str(cell.metadata.nbgrader.grade_id)


def _score(cell: NotebookNode) -> float | None:
    try:
        points, _ = determine_grade(cell)
    except (ValueError, KeyError) as error:
        raise GradingError(BAD_SCORE.format(name=_name(cell), reason=error)) from error
    return None if points is None else float(points)
