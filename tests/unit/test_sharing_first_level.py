"""The names that a cell gives at its first level, and how."""

import pytest

from autograder.sharing import names
from autograder.sharing.first_level import END, given, outside, recipes


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("a = 1", {"a"}),
        ("a, (b, *c) = f()", {"a", "b", "c"}),
        ("a += 1", {"a"}),
        ("table['a'] += 1", {"table"}),
        ("a: int", set()),
        ("a: int = 1", {"a"}),
        ("def f(x):\n    a = x", {"f"}),
        ("class C:\n    a = 1", {"C"}),
        ("import os.path\nimport math as m\nfrom json import loads", {"os", "m", "loads"}),
        ("for a in b:\n    c = 1", {"a", "c"}),
        ("if x:\n    a = 1\nelse:\n    b = 1", {"a", "b"}),
        ("with open(x) as f:\n    a = f", {"f", "a"}),
        ("print(a := 1)", {"a"}),
        ("[a for a in b]", set()),
        ("[(c := a) for a in b]", {"c"}),
        ("f = lambda a: (b := a)", {"f"}),
        ("found.append(1)", {"found"}),
        ("table['a'] = 1", set()),
        ("%time a = 1", set()),
        ("a = 33 085", set()),
        ("a = '\0'", set()),
    ],
)
def test_names_are_given_at_the_first_level(cell: str, expected: set[str]) -> None:
    assert given(names.parse(cell)).keys() == expected


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("a = 1", (1, 5)),
        ("a = (\n  1)", (2, 4)),
        ("a = 1\na = 2", (1, 5)),
        ("for a in b:\n  pass", (1, 10)),
        ("x = [a := 1, 2]", (1, 11)),
    ],
)
def test_a_name_has_its_value_from_a_place(cell: str, place: tuple[int, int]) -> None:
    assert given(names.parse(cell))["a"] == place < END


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("a = a + b", {"a", "b"}),
        ("a = 1\nb = a", set()),
        ("a += 1", {"a"}),
        ("a = 0\nfor x in rows:\n    a += x", {"rows"}),
        ("[a for a in b]", {"b"}),
        ("def f(a, b=c):\n    d = a + e\n    return d + f(a)", {"c", "e"}),
        ("def f():\n    global a\n    a = a + 1", {"a"}),
        ("f = lambda a: a + b", {"b"}),
    ],
)
def test_names_are_read_from_outside(cell: str, expected: set[str]) -> None:
    assert outside(names.parse(cell)) == expected


def recipe(cell: str, name: str) -> tuple[str, set[str]]:
    """Return the text of the recipe of a name, on one line, and the names that it reads."""
    found = recipes(names.parse(cell))[name]
    return found.text.replace("\n", "; "), set(found.inputs)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("a = x  # why\nprint(a)", ("a = x", {"x"})),
        ("b = y\na = x", ("a = x", {"x"})),
        ("b = y\na = b + x", ("b = y; a = b + x", {"x", "y"})),
        ("a = x\na = y", ("a = y", {"y"})),
        ("a = x\na['b'] = y", ("a = x; a['b'] = y", {"x", "y"})),
        ("def f(z): return z + y\na = f(x)", ("def f(z):;     return z + y; a = f(x)", {"x", "y"})),
    ],
)
def test_a_recipe_has_only_what_makes_a_name(cell: str, expected: tuple[str, set[str]]) -> None:
    assert recipe(cell, "a") == expected


@pytest.mark.parametrize(
    ("cell", "grows"),
    [
        ("a += 1", True),
        ("a = 0\na += 1", False),
        ("for x in y:\n    a.append(x)", True),
        ("a = sorted(a)", False),
    ],
)
def test_a_name_grows_when_it_is_added_to_an_older_value(cell: str, grows: bool) -> None:
    assert recipes(names.parse(cell))["a"].grows is grows
