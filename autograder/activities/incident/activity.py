"""The incident, as the other rooms see it."""

from autograder.activities.incident import answer, report
from autograder.activities.incident.case import hours
from autograder.activities.incident.kind import Incident
from autograder.activities.incident.session import IncidentSession
from autograder.contract.activity import WORDS_A_MINUTE, Activity
from autograder.contract.forms import Form

TURN = 60
"""Seconds to decide one hour, its text read."""


def seconds(form: Form) -> float:
    """Return what a whole game takes: to read every hour, then to decide it."""
    read = [
        text
        for hour in hours()
        for text in (
            *(line.text for line in hour.lines),
            *(option.text for one in hour.decisions.values() for option in one.options.values()),
        )
    ]
    return TURN * len(hours()) + len(" ".join(read).split()) * 60 / WORDS_A_MINUTE


ACTIVITY = Activity(
    name="incident",
    title="conduire un incident fictif, heure par heure : décider, cocher les lignes qui le montrent, voir ce qui s’ensuit",
    kind=Incident(),
    read=answer.read,
    static=report.static,
    session=IncidentSession,
    seconds=seconds,
)
