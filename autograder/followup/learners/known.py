"""Who is known, and who has handed in what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import select

from autograder.followup.gradebook import opened
from autograder.followup.learner import Learner, known_learners
from autograder.french.commands import counted
from autograder.grading.layout import learners_of, left_out
from autograder.grading.release import load_config
from autograder.identity import shown

NOBODY = "Personne dans la liste. Importez-la : « campus learners import liste.csv »."
KNOWN = "{known} dans le carnet de notes, dont {active} avec au moins une copie."
NOTHING = "aucune copie"
UNKNOWN = "Ont une copie, et ne sont pas encore dans le carnet de notes : {learners}."


@dataclass(frozen=True)
class Class:
    """`learners`: those of the gradebook, in order of names; `handed_in`: the modules of which each person has a copy."""

    learners: list[Learner]
    handed_in: Mapping[str, list[str]]


def read_class(course: Path) -> Class:
    """Read who is known from the gradebook, and the copies from it and from `submitted/`. Raises GradingError."""
    excluded = left_out(CourseDirectory(config=load_config(course)))
    with opened(course) as gradebook:
        learners = sorted(known_learners(gradebook).values(), key=Learner.in_order)
        copies = _graded(gradebook)
        modules = [one.name for one in gradebook.assignments]
    copies |= {(who, module) for module in modules for who in learners_of(course, module, excluded)}
    handed_in: dict[str, list[str]] = {}
    for who, module in sorted(copies):
        handed_in.setdefault(who, []).append(module)
    return Class(learners, handed_in)


def _graded(gradebook: Gradebook) -> set[tuple[str, str]]:
    """Return the graded copies: learner and module."""
    rows = gradebook.db.execute(
        select(SubmittedAssignment.student_id, Assignment.name).join(
            Assignment, Assignment.id == SubmittedAssignment.assignment_id
        )
    )
    return {(who, module) for who, module in rows}


def lines(found: Class) -> Iterator[str]:
    """Yield the list, one person a line."""
    known = [one.learner for one in found.learners]
    if not known:
        yield NOBODY
    else:
        yield KNOWN.format(
            known=counted(len(known), "personne", "personnes"),
            active=len(found.handed_in.keys() & set(known)),
        )
    for one in found.learners:
        who = ", ".join(filter(None, [shown(one.learner), shown(one.full_name), shown(one.email)]))
        yield f"  {who} : {', '.join(found.handed_in.get(one.learner, [])) or NOTHING}"
    if unknown := sorted(found.handed_in.keys() - set(known)):
        yield UNKNOWN.format(learners=", ".join(map(shown, unknown)))
