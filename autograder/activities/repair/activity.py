"""A chart to repair, as the other rooms see it."""

from autograder.activities.repair import settings, show, slips
from autograder.activities.repair.form import LABELS, SCHEMA
from autograder.activities.repair.kind import Repaired
from autograder.contract.activity import Activity

ACTIVITY = Activity(
    name="repair",
    title="réparer un graphique trompeur par ses réglages, et le voir redessiné",
    kind=Repaired(),
    keys=SCHEMA,
    required=tuple(SCHEMA),
    public=tuple(SCHEMA),
    read=settings.read,
    static=show.static,
    described=show.described,
    asked={"drawn": show.drawn},
    faults=slips.faults,
    seconds=slips.seconds,
    also=True,
    shorthands=("match",),
    parts=lambda form: {
        name: f"«\u00a0{label}\u00a0»" for name, label in LABELS.items() if name in form["settings"]
    },
)
