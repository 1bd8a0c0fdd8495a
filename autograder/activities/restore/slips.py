"""What is wrong in the form of a file to restore although its schema accepts it, in words for its author."""

from collections.abc import Collection, Iterator
from typing import Any

from autograder.activities.restore import fingerprint
from autograder.activities.restore.answer import read
from autograder.activities.restore.form import NO_LINE, RestoreForm, copy_of, line_of
from autograder.contract.activity import Fault
from autograder.contract.forms import UnreadableAnswer

FEWEST, MOST = 4, 8
LONGEST = 20_000
"""Copies to choose from, and the signs of each that a page can hold."""

COPY, REGISTER = 40, 30
"""Seconds to open a copy, to restore it and to compute its fingerprint; to read the register."""


def faults(form: RestoreForm, exercises: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong. Data that the build computes are looked at there."""
    lists: list[Any] = [form["copies"], form["register"]]
    if any(isinstance(one, dict) and "compute" in one for one in lists):
        return
    slips = [
        *_of_rows("copies", lists[0], ("key", "name", "where", "text")),
        *_of_rows("register", lists[1], ("key", "name", "fingerprint")),
    ]
    slips = slips or [*_of_copies(form), *_of_register(form)]
    yield from slips or _of_solution(form)


def _of_rows(name: str, rows: Any, columns: tuple[str, ...]) -> Iterator[Fault]:
    """What is computed has not been looked at by the schema."""
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and all(isinstance(row.get(column), str) and row[column] for column in columns)
        for row in rows
    ):
        yield (
            (name,),
            f"« {name} » doit être une liste de lignes, chacune avec ses textes : {', '.join(columns)}.",
        )
    elif len({row["key"] for row in rows}) < len(rows):
        yield (name,), "deux lignes ont la même clé (key)."


def _of_copies(form: RestoreForm) -> Iterator[Fault]:
    copies = form["copies"]
    if not FEWEST <= len(copies) <= MOST:
        yield ("copies",), f"il y a {len(copies)} copies : il en faut de {FEWEST} à {MOST}."
    if len({copy["text"] for copy in copies}) < len(copies):
        yield ("copies",), "deux copies ont le même contenu : laquelle serait la bonne ?"
    for place, copy in enumerate(copies):
        if len(copy["text"]) > LONGEST:
            yield ("copies", place), f"ce contenu dépasse {LONGEST} signes."


def _of_register(form: RestoreForm) -> Iterator[Fault]:
    for place, line in enumerate(form["register"]):
        if not fingerprint.WHOLE.fullmatch(line["fingerprint"]):
            yield (
                ("register", place),
                "« fingerprint » est une empreinte SHA-256 entière : 64 signes, de 0 à 9 et de a à f.",
            )
        if line["key"] == NO_LINE:
            yield (
                ("register", place),
                f"la clé « {NO_LINE} » veut dire qu’aucune ligne ne convient : prenez-en une autre.",
            )
    whole = {line["fingerprint"] for line in form["register"]}
    whole |= {fingerprint.of(copy["text"]) for copy in form["copies"]}
    if len({fingerprint.short(one) for one in whole}) < len(whole):
        yield ("register",), "deux empreintes commencent par les mêmes signes : changez un contenu."


def _of_solution(form: RestoreForm) -> Iterator[Fault]:
    right = form.get("solution")
    if right is None or (isinstance(right, dict) and "compute" in right):
        return
    try:
        kept: Any = read(form, right)
    except UnreadableAnswer as error:
        yield ("solution",), f"la solution ne peut pas être saisie. {error}"
        return
    copy = copy_of(form, kept["copy"])
    found = line_of(form, fingerprint.of(copy["text"])) if copy else NO_LINE
    if found == NO_LINE or kept.get("line") != found:
        yield (
            ("solution",),
            f"l’empreinte de cette copie n’est pas celle de cette ligne du registre (elle est à : {found}).",
        )


def seconds(form: RestoreForm) -> float:
    """Return what it takes to try every copy."""
    return REGISTER + COPY * len(form["copies"]) if isinstance(form["copies"], list) else REGISTER
