"""What `campus collect` tells the instructor, in French."""

import os
import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from autograder.grading.collect.run import Report
from autograder.grading.lateness import spell
from autograder.identity import shown
from autograder.printable import printable

HEADINGS = {
    "new": ("copie nouvelle", "copies nouvelles"),
    "replaced": ("copie remplacée par une plus récente", "copies remplacées par une plus récente"),
    "unchanged": ("copie déjà là, inchangée", "copies déjà là, inchangées"),
    "older": ("copie laissée, car une plus récente est là", "copies laissées, car une plus récente est là"),
}
LISTED = ("new", "replaced", "older")
WAITING = ("copie à voir ci-dessous", "copies à voir ci-dessous")
UNLISTED = (
    "Hors de la liste de la classe : {learners}. Ces copies sont gardées sous ces noms : vérifiez-les. Pour ajouter une personne à la "
    "liste : « nbgrader db student add IDENTIFIANT »."
)
QUOTED = "\\'"
"""What would end, or change, a word between `$'` and `'`."""
DECLARED = "Le nom et la date d’une copie rendue par fichier sont ceux que l’apprenant a déclarés : rien ne les prouve."


def lines(report: Report, course: Path, command: Sequence[str]) -> Iterator[str]:
    """Yield the report, line by line; `command`: the words to type again, without `--accept`."""
    yield f"{report.module} : {_counts(report)}."
    for state in LISTED:
        if learners := report.learners.get(state):
            yield f"  {_heading(HEADINGS[state], len(learners)).capitalize()} : {_names(learners)}"
    for learner, kept in sorted(report.kept.items()):
        yield f"  {shown(learner)} : la copie remplacée est gardée dans {shown(str(kept.relative_to(course)))}"
    for learner, late in sorted(report.late.items()):
        yield f"  {shown(learner)} : en retard de {spell(late)}"
    yield from _section("À savoir", report.notes)
    if report.unlisted:
        yield UNLISTED.format(learners=_names(report.unlisted))
    if report.missing:
        yield f"Sans copie ({len(report.missing)}) : {_names(report.missing)}"
    yield from _section("Mal rangé dans submitted/", report.misplaced)
    yield from _section("Pas pris", report.refused)
    yield from _section("À décider, rien n’est remplacé", _held(report, command))
    if report.declared:
        yield DECLARED


def _held(report: Report, command: Sequence[str]) -> Iterator[tuple[str, str]]:
    for one in report.held:
        accept = " ".join(map(_typed, [*command, "--accept", one.learner]))
        where, learner = one.found.origin, shown(one.learner)
        yield learner, f"{one.reason} ({where}). Pour la prendre au nom de « {learner} » : « {accept} »"


def _typed(word: str) -> str:
    r"""Return a word to type in a shell; learners name files: what a terminal would obey is written `$'\x1b'`."""
    if all(map(_is_plain, word)):
        return shlex.quote(word)
    return (
        f"$'{''.join(sign if _is_plain(sign) and sign not in QUOTED else _in_bytes(sign) for sign in word)}'"
    )


def _is_plain(sign: str) -> bool:
    return printable(sign) == sign


def _in_bytes(sign: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(sign))


def _counts(report: Report) -> str:
    numbers = [(HEADINGS[state], len(report.learners.get(state, []))) for state in HEADINGS]
    numbers.append((WAITING, len(report.held) + len(report.refused)))
    said = [f"{number} {_heading(words, number)}" for words, number in numbers if number]
    return ", ".join(said) or "aucune copie"


def _heading(words: tuple[str, str], number: int) -> str:
    return words[number > 1]


def _names(learners: Iterable[str]) -> str:
    return ", ".join(shown(one) for one in sorted(set(learners)))


def _section(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    rows = list(rows)
    if rows:
        yield f"{title} :"
    for who, what in rows:
        yield f"  {who} : {what.removesuffix('.')}."
