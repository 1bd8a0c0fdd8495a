"""What is wrong in the form of a rule although its schema accepts it, in words for its author."""

from collections.abc import Collection, Iterator
from typing import Any

from autograder.activities.rule import words
from autograder.activities.rule.form import RuleForm, is_number, is_sought
from autograder.activities.rule.outcome import FALSE, FOUND, LEFT, MISSED, Outcome, outcome
from autograder.activities.rule.rules import MAX_TEXT, rule_of
from autograder.contract.activity import Fault
from autograder.contract.forms import UnreadableAnswer

FEWEST, MOST = 4, 200
"""Rows of a table that is read beside the rule."""

TABLE, CONDITION = 20, 90
"""Seconds to read a table, and to set one condition: a column, a comparison, a value."""


def faults(form: RuleForm, exercises: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong. Rows that the build computes are looked at there."""
    rows: Any = form["rows"]
    if isinstance(rows, dict) and "compute" in rows:
        return
    slips = list(_of_rows(rows))
    slips = slips or list(_of_columns(form))
    slips = slips or [*_of_threshold(form), *_of_goal(form)]
    yield from slips or _of_solution(form)


def _of_rows(rows: Any) -> Iterator[Fault]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        yield (
            ("rows",),
            "« rows » doit être une liste de lignes, chacune avec ses colonnes : tableau.to_dict('records').",
        )
        return
    if not FEWEST <= len(rows) <= MOST:
        yield ("rows",), f"il y a {len(rows)} lignes : il en faut de {FEWEST} à {MOST}, que l’on puisse lire."
        return
    for place, row in enumerate(rows):
        if list(row) != list(rows[0]):
            yield (
                ("rows", place),
                "cette ligne n’a pas les mêmes colonnes que la première, dans le même ordre.",
            )
        for column, cell in row.items():
            if isinstance(cell, bool) or not isinstance(cell, int | float | str) or cell != cell:
                yield (
                    ("rows", place),
                    f"« {column} » n’est ni un nombre, ni un texte : écrivez un mot, entre guillemets s’il le faut ("
                    '« inconnu » pour une case vide, "oui" plutôt que true).',
                )
            elif isinstance(cell, str) and not 0 < len(cell.strip()) <= MAX_TEXT:
                yield ("rows", place), f"« {column} » doit avoir de 1 à {MAX_TEXT} signes."
            elif isinstance(cell, str) != isinstance(rows[0].get(column), str):
                yield ("rows", place), f"« {column} » mélange des nombres et des textes : choisissez."


def _of_columns(form: RuleForm) -> Iterator[Fault]:
    columns = form["rows"][0]
    ((aim, _),) = form["sought"].items()
    for place, name in (("sought", aim), *(("criteria", name) for name in form["criteria"])):
        if name not in columns:
            yield (place,), f"« {name} » n’est pas une colonne de « rows » ({', '.join(columns)})."
    if aim in form["criteria"]:
        yield ("criteria",), f"« {aim} » dit ce qui est cherché : une règle ne peut pas porter dessus."


def _of_threshold(form: RuleForm) -> Iterator[Fault]:
    if "threshold" not in form:
        return
    if "conditions" in form:
        yield ("conditions",), "« threshold » demande un seul nombre : ôtez « conditions »."
    if len(form["criteria"]) != 1 or not is_number(form, next(iter(form["criteria"]))):
        yield ("criteria",), "« threshold » porte sur une seule colonne de nombres : ne nommez qu’elle."
    if form["threshold"]["min"] >= form["threshold"]["max"]:
        yield ("threshold",), "« min » doit être plus petit que « max »."


def _of_goal(form: RuleForm) -> Iterator[Fault]:
    """A goal can be missed: neither catching everything nor catching nothing reaches it."""
    if "cost" in form["goal"] and "cost" not in form:
        yield ("goal",), "le but borne « cost » : dites ce que coûte une ligne, dans « cost »."
        return
    right = [is_sought(form, row) for row in form["rows"]]
    if not any(right) or all(right):
        found = "aucune ligne n’est cherchée" if not any(right) else "toutes les lignes sont cherchées"
        yield ("sought",), f"{found} : relisez la valeur de « sought »."
        return
    for said, caught, left in (
        ("en retenant toutes les lignes", FOUND, FALSE),
        ("sans rien retenir", MISSED, LEFT),
    ):
        if not Outcome(form, [caught if one else left for one in right]).over:
            yield ("goal",), f"le but est atteint {said} : demandez davantage."


def _of_solution(form: RuleForm) -> Iterator[Fault]:
    if "solution" not in form or (isinstance(form["solution"], dict) and "compute" in form["solution"]):
        return
    try:
        got = outcome(form, rule_of(form, form["solution"]))
    except UnreadableAnswer as error:
        yield ("solution",), f"la solution ne peut pas être saisie. {error}"
        return
    if got.over:
        yield ("solution",), f"la solution n’atteint pas le but. {' '.join(words.counts(got))}"


def seconds(form: RuleForm) -> float:
    """Return what it takes to read the table, and to set each condition of the solution."""
    right = form.get("solution")
    conditions = len(right["conditions"]) if isinstance(right, dict) and "conditions" in right else 1
    return TABLE + CONDITION * conditions
