"""The estimator, as the other rooms see it: it draws, and its answer is a number."""

from autograder.activities.estimator import form, show
from autograder.contract.activity import Activity

ACTIVITY = Activity(
    name="estimator",
    title="estimer, dans sa page seulement, ce que vaut un secret tiré au hasard, et dire combien il faut de tirages ; avec `words`, le "
    "comparer à des mots de passe courants, ou à un texte inventé",
    keys=form.SCHEMA,
    required=("pools", "counted", "target"),
    public=tuple(form.SCHEMA),
    ordinary=form.ordinary,
    static=show.static,
    described=show.described,
    faults=form.faults,
    seconds=lambda _: form.SECONDS,
)
