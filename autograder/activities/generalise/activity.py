"""A file to generalise, as the other rooms see it."""

from autograder.activities.generalise import settings, show, slips
from autograder.activities.generalise.form import REQUIRED, SCHEMA
from autograder.activities.generalise.kind import Protected
from autograder.contract.activity import Activity

ACTIVITY = Activity(
    name="generalise",
    title="généraliser un fichier par des curseurs, et voir le plus petit groupe, les tailles des groupes et ce que l’on perd",
    kind=Protected(),
    keys=SCHEMA,
    required=REQUIRED,
    public=tuple(SCHEMA),
    read=settings.read,
    static=show.static,
    described=show.described,
    asked={"tried": show.tried},
    faults=slips.faults,
    seconds=slips.seconds,
)
