"""What was told to the administration of a closed module: numbers of people, and no key of anybody."""

from nbgrader.api import Base
from sqlalchemy import Column, Date, Integer, String


class Summary(Base):  # type: ignore[misc]
    """One row per answer that people gave to a part of a module, as it was last told. `Gradebook` makes the table when it opens."""

    __tablename__ = "campus_summary"

    module = Column(String(128), primary_key=True)
    """nbgrader's name of the assignment."""
    part = Column(String(128), primary_key=True)
    """An exercise; "" for the whole module, acquired or not."""
    category = Column(String(128), primary_key=True)
    """What people of this row have in common: right, a mistake, no answer."""
    people = Column(Integer, nullable=False)
    told_on = Column(Date, nullable=False)
