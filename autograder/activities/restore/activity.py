"""A file to restore, as the other rooms see it."""

from autograder.activities.restore import show, slips
from autograder.activities.restore.answer import read
from autograder.activities.restore.form import SCHEMA
from autograder.activities.restore.kind import CHECK, COPY, Restored
from autograder.activities.restore.session import RestoreSession
from autograder.contract.activity import Activity

ACTIVITY = Activity(
    name="restore",
    title="restaurer un fichier abîmé depuis la bonne copie, et le prouver par son empreinte",
    kind=Restored(),
    keys=SCHEMA,
    required=tuple(SCHEMA),
    public=tuple(SCHEMA),
    read=read,
    static=show.static,
    described=show.described,
    session=RestoreSession,
    faults=slips.faults,
    seconds=slips.seconds,
    shorthands=("match",),
    parts=lambda form: {COPY: "la copie restaurée", CHECK: "la ligne du registre"},
)
