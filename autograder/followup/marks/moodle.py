"""The marks as Moodle imports them: in its gradebook, « Importer », then « Fichier CSV »."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from autograder.followup.learner import Learner, is_email
from autograder.followup.marks.read import Copy, Marks
from autograder.followup.marks.sheets import short_names
from autograder.followup.spreadsheet import french, number, text
from autograder.identity import shown

BY_EMAIL = "Email address"
BY_IDENTIFIER = "ID number"
"""Moodle's own names of these fields."""
NO_MARK = "Aucune note à donner à Moodle : le fichier n’a que ses titres."
NO_EMAIL = (
    "Sans ligne dans le fichier, faute d’adresse de courriel : {learners}. Ajoutez l’adresse à la liste, lancez « campus learners import "
    "liste.csv », puis relancez."
)
SHARED = (
    "Sans ligne dans le fichier, car leur adresse de courriel est aussi celle de quelqu’un d’autre : {learners}. Saisissez leur note à la "
    "main dans Moodle."
)
HELD = "{module}, note provisoire laissée de côté : {learners}."
ADVICE = (
    "Notez les réponses libres par « Lire les réponses libres » (« campus lab --instructor »), corrigez les nouvelles copies, puis "
    "relancez. Pour donner quand même ces notes provisoires : ajoutez --with-unread."
)
IN_MOODLE = (
    "Dans Moodle, associez la colonne « {key} » à {field}, et chaque module à un élément d’évaluation dont la note maximale est : "
    "{most}. Une personne que Moodle ne connaît pas arrête toute l’importation."
)
EMPTY_CELLS = (
    "Certaines cases sont vides, et Moodle efface la note qu’il avait là où il lit une case vide. Pour ne rien effacer, "
    "faites un fichier par module : « campus marks F02 --format moodle »."
)
FIELDS = {BY_EMAIL: "l’adresse de courriel", BY_IDENTIFIER: "le numéro d’identification"}


@dataclass
class MoodleFile:
    """`rows` with their headings. The others are identifiers: without e-mail, with the e-mail of somebody else, left out as provisional (by module)."""

    rows: list[list[str]]
    without_email: list[str] = field(default_factory=list)
    shared_email: list[str] = field(default_factory=list)
    held: dict[str, list[str]] = field(default_factory=dict)


def moodle(marks: Marks, with_unread: bool) -> MoodleFile:
    """Return one row per person who has a mark, found in Moodle by e-mail; by identifier where nobody has any e-mail."""
    by_email = any(one.email for one in marks.learners.values())
    names = short_names([module.name for module in marks.modules])
    made = MoodleFile([[BY_EMAIL if by_email else BY_IDENTIFIER, *names.values()]])
    shared = Counter(one.email.casefold() for one in marks.learners.values())
    for learner in sorted(marks.learners.values(), key=Learner.in_order):
        copies = [module.copies.get(learner.learner) for module in marks.modules]
        if not any(copies):
            continue
        if by_email and not is_email(learner.email):
            made.without_email.append(learner.learner)
        elif by_email and shared[learner.email.casefold()] > 1:
            made.shared_email.append(learner.learner)
        else:
            own = _cells(made, marks, learner, copies, with_unread)
            made.rows += [[learner.email if by_email else text(learner.learner), *own]] if any(own) else []
    return made


def _cells(
    made: MoodleFile, marks: Marks, learner: Learner, copies: Sequence[Copy | None], with_unread: bool
) -> list[str]:
    """Return the points of a person, "" where there is none to give; note those that are left out."""
    cells = []
    for module, copy in zip(marks.modules, copies, strict=True):
        is_held = copy is not None and copy.is_provisional and not with_unread
        if is_held:
            made.held.setdefault(module.name, []).append(learner.learner)
        cells.append("" if copy is None or is_held else number(copy.result.score))
    return cells


def told(made: MoodleFile, marks: Marks) -> Iterator[str]:
    """Yield what to tell the instructor."""
    if len(made.rows) == 1:
        yield NO_MARK
    if made.without_email:
        yield NO_EMAIL.format(learners=_listed(made.without_email))
    if made.shared_email:
        yield SHARED.format(learners=_listed(made.shared_email))
    for module, learners in made.held.items():
        yield HELD.format(module=module, learners=_listed(learners))
    if made.held:
        yield ADVICE
    if any("" in row for row in made.rows):
        yield EMPTY_CELLS
    key, *names = made.rows[0]
    most = (f"{name} sur {french(one.points)}" for name, one in zip(names, marks.modules, strict=True))
    yield IN_MOODLE.format(key=key, field=FIELDS[key], most=", ".join(most))


def _listed(learners: Sequence[str]) -> str:
    return ", ".join(map(shown, learners))
