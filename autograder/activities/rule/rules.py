"""A rule: conditions on columns, joined by « all » or « any ». What is read here may have been written by anybody."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.activities.rule.form import CONDITIONS, Cell, Row, RuleForm, is_number, unit
from autograder.contract.forms import UnreadableAnswer, Value
from autograder.french.entries import NotANumber, number_of
from autograder.french.numbers import short

ALL, ANY = "all", "any"
MAX_TEXT = 100

Holds = Callable[[Any, Any], bool]


def _folded(text: Cell) -> Cell:
    return text.strip().casefold() if isinstance(text, str) else text


TESTS: dict[str, Holds] = {
    "ge": operator.ge,
    "le": operator.le,
    "gt": operator.gt,
    "lt": operator.lt,
    "eq": lambda cell, value: _folded(cell) == _folded(value),
    "ne": lambda cell, value: _folded(cell) != _folded(value),
    "contains": lambda cell, value: str(_folded(value)) in str(_folded(cell)),
}
NUMBER_TESTS = {
    "ge": "au moins",
    "le": "au plus",
    "gt": "plus de",
    "lt": "moins de",
    "eq": "égal à",
    "ne": "différent de",
}
TEXT_TESTS = {"eq": "est", "ne": "n’est pas", "contains": "contient"}
OPPOSITE = {"ge": "lt", "lt": "ge", "le": "gt", "gt": "le", "eq": "ne", "ne": "eq"}


@dataclass(frozen=True)
class Condition:
    """A test on a column."""

    column: str
    test: str
    value: Cell

    def holds(self, row: Row) -> bool:
        return TESTS[self.test](row[self.column], self.value)


@dataclass(frozen=True)
class Rule:
    """Conditions, of which all must hold, or any."""

    join: str
    conditions: tuple[Condition, ...]

    def catches(self, row: Row) -> bool:
        """Tell whether a row is caught."""
        held = (condition.holds(row) for condition in self.conditions)
        return all(held) if self.join == ALL else any(held)


def read(form: RuleForm, raw: object) -> Value:
    """Return the answer to keep: a number for a threshold, else `{"join", "conditions"}`; raise UnreadableAnswer."""
    rule = rule_of(form, raw)
    if "threshold" in form:
        return rule.conditions[0].value
    return {
        "join": rule.join,
        "conditions": [[one.column, one.test, one.value] for one in rule.conditions],
    }


def rule_of(form: RuleForm, raw: object) -> Rule:
    """Return the rule that an answer stands for; raise UnreadableAnswer."""
    if "threshold" in form:
        (column,) = form["criteria"]
        return Rule(ALL, (Condition(column, form["threshold"]["test"], _threshold(form, raw)),))
    if not isinstance(raw, Mapping) or not isinstance(raw.get("conditions"), list):
        raise UnreadableAnswer("Composez une règle avec les listes affichées.")
    join, given = raw.get("join", ALL), raw["conditions"]
    if join not in (ALL, ANY):
        raise UnreadableAnswer("Dites si la règle demande toutes ses conditions, ou l’une d’elles.")
    if not 1 <= len(given) <= form.get("conditions", CONDITIONS):
        most = form.get("conditions", CONDITIONS)
        raise UnreadableAnswer(f"Une règle a ici une condition au moins, {most} au plus.")
    return Rule(join, tuple(_condition(form, number, one) for number, one in enumerate(given, start=1)))


def _threshold(form: RuleForm, raw: object) -> float:
    low, high = form["threshold"]["min"], form["threshold"]["max"]
    (column,) = form["criteria"]
    try:
        number = _number(raw, form["threshold"].get("unit") or unit(form, column))
    except NotANumber as error:
        raise UnreadableAnswer(str(error)) from error
    if not low <= number <= high:
        raise UnreadableAnswer(f"Indiquez un nombre entre {short(low)} et {short(high)}.")
    return number


def _condition(form: RuleForm, number: int, raw: object) -> Condition:
    if not isinstance(raw, list) or len(raw) != 3:
        raise UnreadableAnswer(
            f"Condition {number}\u00a0: choisissez une colonne, une comparaison et une valeur."
        )
    column, test, value = raw
    if not isinstance(column, str) or column not in form["criteria"]:
        raise UnreadableAnswer(f"Condition {number}\u00a0: choisissez une des colonnes proposées.")
    numeric = is_number(form, column)
    if not isinstance(test, str) or test not in (NUMBER_TESTS if numeric else TEXT_TESTS):
        raise UnreadableAnswer(f"Condition {number}\u00a0: choisissez une des comparaisons proposées.")
    if not numeric:
        return Condition(column, test, _text(number, value))
    try:
        return Condition(column, test, _number(value, unit(form, column)))
    except NotANumber as error:
        said = str(error)
        raise UnreadableAnswer(f"Condition {number}\u00a0: {said[0].lower()}{said[1:]}") from error


def _text(number: int, raw: object) -> str:
    """Return the text of a condition."""
    if not isinstance(raw, str) or not raw.strip():
        raise UnreadableAnswer(f"Condition {number}\u00a0: il manque la valeur à comparer.")
    if len(raw) > MAX_TEXT:
        raise UnreadableAnswer(
            f"Condition {number}\u00a0: ce texte est trop long ({MAX_TEXT} caractères au plus)."
        )
    return raw.strip()


def _number(raw: object, asked: str) -> float:
    """Return a number as the cells of a table are. Raises NotANumber."""
    number = number_of(raw, asked)
    return int(number) if float(number).is_integer() else number
