"""Each method that a copy's own cells may call after ours is called here: what ours made is the same before and after."""

import copy
import math
from collections.abc import Iterator
from typing import Any

import numpy
import pandas
import pytest

from autograder.sharing.own_cells_last import METHODS

HERE = "departement"


def frame() -> pandas.DataFrame:
    return pandas.DataFrame(
        {
            "nom": ["Evreux", "Paris", "Lyon", None],
            "departement": ["27", "75", "69", "69"],
            "population": [47_289, 2_133_111, 522_250, 12],
            "part": [0.5, 0.25, numpy.nan, 0.125],
        },
        index=[3, 1, 2, 0],
    )


def receivers(table: pandas.DataFrame) -> dict[str, Any]:
    """Return what a method may be called on, all of it from one table and a few texts of ours."""
    return {
        "table": table,
        "numbers": table[["population", "part"]],
        "column": table["population"],
        "column with holes": table["part"],
        "texts": table["nom"],
        "groups": table.groupby(HERE),
        "groups of a column": table.groupby(HERE)["population"],
        "parts of texts": table["nom"].str,
        "index": table.index,
        "columns": table.columns,
        "row": table.iloc[0],
        "two levels": table.set_index([HERE, "nom"])["population"],
        "mapping": {"a": [1], "b": [2]},
        "list": ["b", "a"],
        "text": "Evreux",
        "pandas": pandas,
        "numpy": numpy,
        "math": math,
        "number": numpy.float64(1.5),
    }


def arguments(table: pandas.DataFrame) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Yield what learners give these methods."""
    column = table["population"]
    yield (), {}
    for value in (
        0,
        1,
        2.5,
        "a",
        HERE,
        "population",
        ["population"],
        [1, 2],
        {"population": "sum"},
        {"nom": "ville"},
    ):
        yield (value,), {}
    for value in ("population > 10", "sum", "[a-z]+", column, table, table["nom"], len, str, lambda one: one):
        yield (value,), {}
    yield (2, HERE), {}
    yield ("population", "part"), {}
    yield ("a", "b"), {}
    yield (0, 1), {}
    yield (column > 10,), {}
    yield (column > 10, 0), {}
    yield (table[[HERE, "part"]],), {"on": HERE}
    yield ({"x": [1]},), {}
    yield ([table, table],), {}
    yield (column, 2), {}
    yield (table[HERE], table["nom"]), {}
    yield (["1", "2"],), {}
    yield (["2026-01-01"],), {}
    for named in (
        {"columns": "part"},
        {"columns": {"nom": "ville"}},
        {"index": HERE, "values": "population"},
    ):
        yield (), named
    for named in (
        {"axis": 1},
        {"by": "population"},
        {"subset": [HERE]},
        {"value": 0},
        {"total": 1},
        {"nouvelle": column},
    ):
        yield (), named
    for named in (
        {"total": ("population", "sum")},
        {"drop": True},
        {"ascending": False},
        {"deep": False},
        {"copy": False},
    ):
        yield (), named


def state(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in ("table", "numbers", "column", "texts", "mapping", "list")}


def same(one: Any, other: Any) -> bool:
    if isinstance(one, pandas.DataFrame | pandas.Series):
        return (
            one.equals(other)
            and one.index.equals(other.index)
            and one.index.names == other.index.names
            and one.axes[-1].equals(other.axes[-1])
            and getattr(one, "name", None) == getattr(other, "name", None)
            and str(getattr(one, "dtypes", "")) == str(getattr(other, "dtypes", ""))
        )
    return bool(one == other)


def accepted(method: str, receiver: Any, table: pandas.DataFrame) -> int:
    """Call a method with all these arguments; return how many of the calls Python accepts."""
    count = 0
    for given, named in [*arguments(table)]:  # all made before the first call
        try:
            getattr(receiver, method)(*given, **named)
        except Exception:  # arguments that are not for this method
            continue
        count += 1
    return count


@pytest.mark.parametrize("method", sorted(METHODS))
@pytest.mark.filterwarnings("ignore")
def test_a_listed_method_changes_nothing(method: str) -> None:
    table = frame()
    found = receivers(table)
    before, count = copy.deepcopy(state(found)), 0
    for name, receiver in found.items():
        if callable(getattr(receiver, method, None)):
            count += accepted(method, receiver, table)
            changed = [part for part, now in state(found).items() if not same(before[part], now)]
            assert changed == [], f"{method} on the {name}"
    assert count, "none of these calls is accepted: give one that is"


@pytest.mark.parametrize("method", ["update", "insert", "pop", "sort", "append"])
def test_a_method_that_changes_something_is_seen(method: str) -> None:
    with pytest.raises(AssertionError):
        test_a_listed_method_changes_nothing(method)
