"""The committee, as the other rooms see it."""

from collections.abc import Collection, Iterator

from autograder.activities.committee import answer, report
from autograder.activities.committee.form import CommitteeForm
from autograder.activities.committee.game import read_game
from autograder.activities.committee.kind import Committee
from autograder.activities.committee.session import CommitteeSession
from autograder.contract.activity import Activity, Fault


def faults(form: CommitteeForm, exercises: Collection[str]) -> Iterator[Fault]:
    """A game comes after a sitting that exists."""
    if "after" in form and form["after"] not in exercises:
        yield ("after",), f"« after » nomme un exercice inconnu, « {form['after']} »."


ACTIVITY = Activity(
    name="committee",
    title="décider en comité, semestre après semestre : `round` est le numéro du semestre, `after` l’exercice du précédent, `whole` juge toute la partie",
    kind=Committee(),
    keys={
        "seed": {},
        "round": {"type": "integer", "minimum": 1, "maximum": 3},
        "whole": {"type": "boolean"},
        "after": {"type": "string"},
    },
    required=("seed", "round"),
    public=("seed", "round", "whole", "after"),
    read=answer.read,
    static=lambda form, value: report.summary(read_game(value, form["seed"]), form["round"]),
    session=CommitteeSession,
    faults=faults,
    seconds=lambda form: 420,  # six dossiers, a little more than a minute each
)
