"""The key of a person, by which all our tables but one know them."""

import secrets
from typing import Any

from sqlalchemy import insert, select

from autograder.records.tables import Person


def key_of(session: Any, learner: str) -> str:
    """Return the key of a learner, drawn the first time; the caller commits."""
    known = session.scalar(select(Person.key).where(Person.learner == learner))
    if known is None:
        known = secrets.token_hex(8)
        session.execute(insert(Person.__table__).values(learner=learner, key=known))
    return str(known)
