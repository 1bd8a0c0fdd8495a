"""A rule, as the other rooms see it."""

from autograder.activities.rule import show, slips
from autograder.activities.rule.form import SCHEMA
from autograder.activities.rule.kind import Caught
from autograder.activities.rule.rules import read
from autograder.contract.activity import Activity

ACTIVITY = Activity(
    name="rule",
    title="écrire une règle sur un tableau, et voir ce qu’elle retient, ce qu’elle manque ; avec `threshold`, régler un seuil",
    kind=Caught(),
    keys=SCHEMA,
    required=("rows", "sought", "criteria", "goal"),
    public=tuple(SCHEMA),
    read=read,
    static=show.static,
    described=show.described,
    asked={"tried": show.tried},
    faults=slips.faults,
    seconds=slips.seconds,
)
