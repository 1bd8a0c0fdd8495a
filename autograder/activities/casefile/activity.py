"""A file drawn for each learner, as the other rooms see it."""

from collections.abc import Mapping

from autograder.activities.casefile import answer, show, slips
from autograder.activities.casefile.form import REQUIRED, SCHEMA, CasefileForm
from autograder.activities.casefile.kind import Casefile
from autograder.activities.casefile.session import CasefileSession
from autograder.contract.activity import Activity


def parts(form: CasefileForm) -> Mapping[str, str]:
    """Name each answer as its question is."""
    return {f"{file}.{name}": ask["label"] for file in form["texts"] for name, ask in form["asks"].items()}


ACTIVITY = Activity(
    name="casefile",
    title="répondre sur un dossier tiré au sort pour chacun : `texts` donne un texte par dossier, `asks` les questions, les mêmes pour tous",
    kind=Casefile(),
    keys=SCHEMA,
    required=REQUIRED,
    public=tuple(SCHEMA),
    read=answer.read,
    static=show.static,
    described=show.described,
    session=CasefileSession,
    faults=slips.faults,
    seconds=slips.seconds,
    also=True,
    parts=parts,
)
