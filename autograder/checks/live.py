"""What only a learner at work needs: verdicts written to the journal, and a check cell that follows the form."""

from dataclasses import fields
from pathlib import Path

from autograder.checks.verdict import Verdict
from autograder.progress import journal


class LiveVerdict(Verdict):
    """A verdict shown so that it can be replaced on the page without running its cell again."""

    exercise_id: str

    def _ipython_display_(self) -> None:
        _show(self.exercise_id, self, update=False)


def remember(folder: Path, module: str, version: int, exercise_id: str, verdict: Verdict) -> None:
    """Write a verdict to the learner's journal; an exercise without an answer leaves no trace."""
    if verdict.state == "unanswered":
        return
    event = journal.Event(
        "verdict",
        module,
        version,
        exercise_id,
        way=verdict.way or "",
        state=verdict.state,
        points=verdict.points,
        max_points=verdict.max_points,
        outcomes=list(verdict.outcomes),
    )
    journal.record(folder, event)


def shown(folder: Path, exercise_id: str, verdict: Verdict) -> Verdict:
    """Return the verdict as a check cell shows it: in a learner's space, it can be brought up to date later.

    Elsewhere it is the value of the cell: nbgrader reads the points there.
    """
    if journal.space_of(folder) is None:
        return verdict
    live = LiveVerdict(**{one.name: getattr(verdict, one.name) for one in fields(verdict)})
    object.__setattr__(live, "exercise_id", exercise_id)
    return live


def bring_up_to_date(exercise_id: str, verdict: Verdict) -> None:
    """Replace the verdict that the check cell of an exercise shows, if it has been run."""
    _show(exercise_id, verdict, update=True)


def _show(exercise_id: str, verdict: Verdict, update: bool) -> None:
    from IPython.display import display

    data = {"text/plain": repr(verdict), "text/html": verdict._repr_html_()}
    display(data, raw=True, display_id=f"campus-check-{exercise_id}", update=update)
