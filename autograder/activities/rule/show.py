"""What the page draws of a rule, and what is shown where no script runs."""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from autograder.activities.rule import words
from autograder.activities.rule.form import CONDITIONS, RuleForm, is_number
from autograder.activities.rule.outcome import outcome
from autograder.activities.rule.rules import ALL, ANY, NUMBER_TESTS, TEXT_TESTS, rule_of
from autograder.contract.forms import UnreadableAnswer, Value
from autograder.html import cell, heading, listed, table

JOINS = {ALL: "toutes ces conditions", ANY: "au moins une de ces conditions"}


def described(form: RuleForm) -> Mapping[str, Any]:
    """Return what the page needs: the table, what a rule may bear on, and the goal in words."""
    return {
        "criteria": [
            {
                "key": column,
                "name": name,
                "tests": list((NUMBER_TESTS if is_number(form, column) else TEXT_TESTS).items()),
                "values": None
                if is_number(form, column)
                else sorted({str(row[column]) for row in form["rows"]}),
            }
            for column, name in form["criteria"].items()
        ],
        "joins": list(JOINS.items()),
        "most": form.get("conditions", CONDITIONS),
        "threshold": _threshold(form),
        "heads": [form["criteria"].get(column, column) for column in form["rows"][0]],
        "column": words.COLUMN,
        "rows": [[words.written(one) for one in row.values()] for row in form["rows"]],
        "numbers": [is_number(form, column) for column in form["rows"][0]],
        "caption": words.caption(form),
        "goal": words.goal(form),
    }


def _threshold(form: RuleForm) -> Mapping[str, Any] | None:
    if "threshold" not in form:
        return None
    (name,), asked = form["criteria"].values(), form["threshold"]
    return {
        "words": words.threshold(name, asked["test"]),
        "min": asked["min"],
        "max": asked["max"],
        "step": asked.get("step", 1),
        "unit": asked.get("unit", ""),
    }


def tried(form: RuleForm, message: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a rule does, for the page to tell; nothing of a rule that cannot be read: saving it says why."""
    try:
        got = outcome(form, rule_of(form, message.get("value")))
    except UnreadableAnswer:
        return {"counts": [], "states": [], "reached": None}
    return {
        "counts": words.counts(got),
        "states": [[state, words.STATES[state]] for state in got.states],
        "reached": not got.over,
    }


def static(form: RuleForm, value: Value) -> str:
    """Return a rule in words, what it does, and the table with the state of each row."""
    rule = rule_of(form, value)
    got = outcome(form, rule)
    return str(
        Markup("<p>{}\u00a0:</p>{}<p>{}</p>{}").format(
            words.join(rule),
            listed(words.condition(form, one) for one in rule.conditions),
            " ".join(words.counts(got)),
            table(words.caption(form), _heads(form), _lines(form, got.states)),
        )
    )


def _heads(form: RuleForm) -> list[Markup]:
    names = [form["criteria"].get(column, column) for column in form["rows"][0]]
    return [heading(name) for name in (*names, words.COLUMN)]


def _lines(form: RuleForm, states: Any) -> Iterator[list[Markup]]:
    for row, state in zip(form["rows"], states, strict=True):
        yield [*(cell(words.written(one)) for one in row.values()), cell(words.STATES[state])]
