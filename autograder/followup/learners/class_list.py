"""What is wrong in a class list, by line; and what it changes in the gradebook."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.followup.gradebook import opened
from autograder.followup.learner import Learner, is_email, known_learners
from autograder.followup.learners.spreadsheet import Row, rows
from autograder.grading.errors import GradingError
from autograder.grading.identifiers import fold
from autograder.identity import problem

LONGEST = 128
"""Characters that nbgrader keeps of a name or of an address."""
NO_ROW = "Cette liste a des titres, mais aucune personne."
REFUSED = "Rien n’a été importé. À corriger dans la liste, puis relancez la même commande :"
NO_IDENTIFIER = "identifiant vide"
EXTRA = "plus de cases que de titres. Si un texte contient le séparateur, mettez ce texte entre guillemets"
TOO_LONG = f"un nom ou un courriel dépasse {LONGEST} caractères"
BAD_EMAIL = "« {email} » n’est pas une adresse de courriel : corrigez-la, ou videz la case"
TWICE = "« {learner} » est déjà à la ligne {line}"
LOOKS_LIKE = (
    "« {learner} » ressemble à « {known} », déjà connu : si c’est la même personne, écrivez « {known} »"
)


@dataclass
class Imported:
    """Identifiers, in the order of the list."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def import_list(course: Path, file: Path) -> Imported:
    """Add the people of a list to the gradebook, and bring up to date those it knows. An empty cell changes nothing.

    Raises GradingError, which tells every line that is wrong: nothing is then written; OSError when the file cannot be read.
    """
    found = rows(file.read_bytes())
    with opened(course) as gradebook:
        known = known_learners(gradebook)
        if wrong := list(problems(found, known)):
            raise GradingError("\n".join([REFUSED, *wrong]))
        return _write(gradebook, [row.learner for row in found], known)


def problems(found: Sequence[Row], known: Collection[str] = ()) -> Iterator[str]:
    """Yield what is wrong in a list, by line, in French; `known` are the learners of the gradebook."""
    if not found:
        yield NO_ROW
    lines: dict[str, int] = {}
    alike = {fold(one): one for one in known}
    for row in found:
        learner, folded = row.learner.learner, fold(row.learner.learner)
        said = list(_wrong_in(row))
        if learner and folded in lines:
            said.append(TWICE.format(learner=learner, line=lines[folded]))
        if folded in alike and learner not in known:
            said.append(LOOKS_LIKE.format(learner=learner, known=alike[folded]))
        lines.setdefault(folded, row.line)
        yield from (f"  ligne {row.line} : {one.removesuffix('.')}." for one in said)


def _wrong_in(row: Row) -> Iterator[str]:
    if not row.learner.learner:
        yield NO_IDENTIFIER
    elif reason := problem(row.learner.learner):
        yield reason[0].lower() + reason[1:]
    if row.extra:
        yield EXTRA
    if any(len(text) > LONGEST for text in asdict(row.learner).values()):
        yield TOO_LONG
    elif row.learner.email and not is_email(row.learner.email):
        yield BAD_EMAIL.format(email=row.learner.email)


def _write(gradebook: Gradebook, learners: Sequence[Learner], known: dict[str, Learner]) -> Imported:
    done = Imported()
    for one in learners:
        told = {name: text for name, text in asdict(one).items() if text and name != "learner"}
        before = known.get(one.learner)
        if before is None:
            done.added.append(one.learner)
        elif {**asdict(before), **told} == asdict(before):
            done.same.append(one.learner)
            continue
        else:
            done.changed.append(one.learner)
        gradebook.update_or_create_student(one.learner, **told)
    return done
