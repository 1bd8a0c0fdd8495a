"""The explorer: each step does what its pandas line says, and nothing else can be asked of it."""

import pandas as pd
import pytest

from autograder.checks.explorer import BadStep, explore, number_of
from autograder.checks.reading import Unreadable

VILLES = pd.DataFrame(
    {
        "code": ["01", "02", "2A", "04", "05"],
        "nom": ["Ambérieu", "Laon", 'Ajaccio "la Corse"', "Digne", None],
        "dep": ["01", "02", "2A", "04", "02"],
        "population": [14_000.0, 24_000.0, 70_000.0, float("nan"), 300.0],
        "rang": [1, 2, 3, 4, 5],
    }
)
DEPARTEMENTS = pd.DataFrame({"dep": ["01", "02", "2A"], "nom": ["Ain", "Aisne", "Corse-du-Sud"]})
TABLES = {"villes": VILLES, "departements": DEPARTEMENTS, "doubles": VILLES[["dep", "rang"]]}

FILTER = {"op": "filter", "column": "dep", "test": "eq", "value": "02"}
STATES = [
    [],
    [FILTER],
    [{"op": "filter", "column": "dep", "test": "ne", "value": "02"}],
    [{"op": "filter", "column": "population", "test": "lt", "value": "24 000"}],
    [{"op": "filter", "column": "population", "test": "ge", "value": 24000}],
    [{"op": "filter", "column": "population", "test": "ne", "value": "300,0"}],
    [{"op": "filter", "column": "nom", "test": "contains", "value": '"LA'}],
    [{"op": "filter", "column": "nom", "test": "contains", "value": "a.o"}],
    [{"op": "filter", "column": "population", "test": "missing"}],
    [{"op": "filter", "column": "nom", "test": "present"}],
    [{"op": "sort", "column": "population", "descending": True}, {"op": "head", "rows": 2}],
    [{"op": "group", "column": "dep", "by": "count"}],
    [
        {"op": "group", "column": "dep", "by": "sum", "of": "population"},
        {"op": "sort", "column": "population"},
    ],
    [{"op": "group", "column": "dep", "by": "median", "of": "rang"}],
    [{"op": "keep", "columns": ["nom", "population"]}],
    [{"op": "join", "table": "departements", "key": "dep"}],
    [FILTER, {"op": "summary", "by": "count"}],
    [FILTER, {"op": "summary", "by": "mean", "of": "population"}],
    [{"op": "summary", "by": "max", "of": "rang"}],
    [{"op": "chart", "column": "dep", "of": "population"}],
]


@pytest.mark.parametrize("steps", STATES)
def test_each_step_gives_what_its_line_gives(steps: list[dict[str, object]]) -> None:
    found = explore(steps, TABLES, "villes")
    assert len(found.texts) == len(steps) == len(found.lines) - 1
    namespace: dict[str, object] = dict(TABLES)
    lines = found.lines[:-1] if found.chart else found.lines
    exec("\n".join(lines), namespace)
    pd.testing.assert_frame_equal(namespace["resultat"], found.table)
    assert namespace.get("valeur") == found.value


def test_rows_without_a_value_are_counted() -> None:
    assert (
        explore(
            [{"op": "filter", "column": "population", "test": "gt", "value": 1}], TABLES, "villes"
        ).missing
        == 1
    )


@pytest.mark.parametrize(
    "steps",
    [
        "filter",
        None,
        [None],
        [{"op": "eval", "code": "1"}],
        [{"op": "__class__"}],
        [FILTER] * 21,
        [{**FILTER, "column": "inconnue"}],
        [{**FILTER, "column": ["dep"]}],
        [{**FILTER, "test": "regex"}],
        [{**FILTER, "test": "lt"}],
        [{**FILTER, "value": {"a": 1}}],
        [{**FILTER, "value": "x" * 500}],
        [{**FILTER, "column": "population", "value": "beaucoup"}],
        [{**FILTER, "column": "population", "value": "nan"}],
        [{**FILTER, "column": "population", "value": 1e300}],
        [{"op": "group", "column": "dep", "by": "apply", "of": "rang"}],
        [{"op": "group", "column": "dep", "by": "sum", "of": "nom"}],
        [{"op": "group", "column": "rang", "by": "sum", "of": "rang"}],
        [{"op": "summary", "by": "__len__"}],
        [{"op": "keep", "columns": []}],
        [{"op": "keep", "columns": ["inconnue"]}],
        [{"op": "join", "table": "inconnue", "key": "dep"}],
        [{"op": "join", "table": "departements", "key": "code"}],
        [{"op": "join", "table": "doubles", "key": "dep"}],
        [{"op": "head", "rows": 10**9}],
        [{"op": "head", "rows": True}],
        [{"op": "summary", "by": "count"}, FILTER],
        [{**FILTER, "value": "99"}, {"op": "summary", "by": "mean", "of": "population"}],
    ],
)
def test_anything_else_is_refused_in_french(steps: object) -> None:
    with pytest.raises(BadStep, match=r"[a-zé]{3}"):
        explore(steps, TABLES, "villes")


def test_an_answer_is_the_number_that_its_steps_give() -> None:
    assert (
        number_of({"steps": [FILTER, {"op": "summary", "by": "sum", "of": "population"}]}, TABLES, "villes")
        == 24_300
    )
    for steps in ([FILTER], "x"):
        assert isinstance(number_of({"steps": steps}, TABLES, "villes"), Unreadable)
    assert number_of(12.5, TABLES, "villes") == 12.5
