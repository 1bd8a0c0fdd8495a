"""What people read of a rule and of what it does, in French."""

from autograder.activities.rule.form import Cell, RuleForm, is_number
from autograder.activities.rule.outcome import FALSE, FOUND, LEFT, MISSED, Outcome
from autograder.activities.rule.rules import ALL, NUMBER_TESTS, TEXT_TESTS, Condition, Rule
from autograder.french.marks import quoted
from autograder.french.numbers import NO_BREAK, short

STATES = {
    FOUND: "retenue, à raison",
    FALSE: "fausse alerte",
    MISSED: "manquée",
    LEFT: "laissée, à raison",
}
COLUMN = "Ce que fait votre règle"

GOALS = {
    "missed": ("aucune ligne cherchée manquée", "au plus {} ligne{s} cherchée{s} manquée{s}"),
    "wrong": ("aucune fausse alerte", "au plus {} fausse{s} alerte{s}"),
    "caught": ("aucune ligne retenue", "au plus {} ligne{s} retenue{s}"),
    "cost": ("aucun coût", "un coût d’au plus {} {unit}"),
}


def written(cell: Cell) -> str:
    """Return a cell as French readers write it."""
    return cell if isinstance(cell, str) else short(cell)


def goal(form: RuleForm) -> list[str]:
    """Return what a rule must reach, one measure a sentence."""
    unit = form["cost"]["unit"] if "cost" in form else ""
    return [_bounded(*GOALS[name], most, unit) for name, most in form["goal"].items()]


def _bounded(none: str, some: str, most: float, unit: str) -> str:
    return some.format(short(most), s="s" if most >= 2 else "", unit=unit) if most else none


def threshold(name: str, test: str) -> str:
    """Return the condition of a threshold, which « le nombre choisi » ends."""
    return f"{quoted(name)} vaut {NUMBER_TESTS[test].replace(' de', ' que')}"


def caption(form: RuleForm) -> str:
    """Return what the table is, and what is sought in it."""
    ((column, value),) = form["sought"].items()
    return f"{len(form['rows'])} lignes{NO_BREAK}; on cherche celles où {quoted(column)} vaut {quoted(written(value))}"


def condition(form: RuleForm, one: Condition) -> str:
    """Return a condition in words: « Montant : au moins 500 »."""
    tests = NUMBER_TESTS if is_number(form, one.column) else TEXT_TESTS
    value = quoted(one.value) if isinstance(one.value, str) else written(one.value)
    return f"{form['criteria'][one.column]}{NO_BREAK}: {tests[one.test]} {value}"


def join(rule: Rule) -> str:
    """Return how the conditions of a rule go together."""
    if len(rule.conditions) == 1:
        return "Une condition"
    return "Toutes ces conditions" if rule.join == ALL else "Au moins une de ces conditions"


def counts(got: Outcome) -> list[str]:
    """Return what a rule does, counted, one sentence each."""
    caught, false, missed = got.count(FOUND, FALSE), got.count(FALSE), got.count(MISSED)
    found = got.count(FOUND)
    many = "s" if caught > 1 else ""
    first = f"{caught or 'Aucune'} ligne{many} retenue{many} sur {len(got.states)}"
    if caught:
        first += f"{NO_BREAK}: {found} à raison, {_counted(false, 'fausse alerte', 'fausses alertes')}"
    second = f"{_counted(missed, 'ligne cherchée manquée', 'lignes cherchées manquées')} sur {found + missed}"
    return [f"{first}.", f"{second}.", *_cost(got)]


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {many if count > 1 else one}"


def _cost(got: Outcome) -> list[str]:
    if "cost" not in got.form:
        return []
    cost, measures = got.form["cost"], got.measures
    parts = [
        f"{measures[name]:.0f} {noun}{'s' if measures[name] > 1 else ''} × {short(cost[name])}"  # type: ignore[literal-required]
        for name, noun in (("caught", "retenue"), ("missed", "manquée"))
    ]
    return [f"Coût{NO_BREAK}: {short(measures['cost'])} {cost['unit']} ({', '.join(parts)})."]
