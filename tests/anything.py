"""Whatever may stand where an answer is read: for tests of forms and kinds, those of activities too."""

import json
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from autograder.checks.kinds import kind_of
from autograder.contract.forms import UnreadableAnswer
from autograder.contract.kinds import Problem
from autograder.forms.values import read_value

THE_SAME = settings(deadline=None, derandomize=True, database=None)
"""The same examples each time, and no clock: what is found is found for all, on any machine."""

WORDS = st.sampled_from(
    [
        "a",
        "b",
        "x",
        "y",
        "x.f",
        "x.g",
        "seed",
        "sorts",
        "steps",
        "op",
        "half_years",
        "decisions",
        "round",
        "join",
        "conditions",
        "",
        "é",
        "1",
    ]
)
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS, st.text(max_size=5))
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=8,
)


def is_read_or_refused(form: dict[str, Any], raw: object) -> None:
    """A form reads what is sent, and reads it again as the same, or refuses it in words."""
    try:
        value = read_value(form, raw)
    except UnreadableAnswer as error:
        assert str(error)
    else:
        assert read_value(form, value) == value
        json.dumps(value)


def is_compared_or_refused(spec: dict[str, Any], value: object) -> None:
    """A kind gives the facets of an answer, or says what is wrong with it."""
    try:
        facets = kind_of(spec["kind"]).read(value, spec)
    except Problem as problem:
        assert problem.code and problem.message
    else:
        assert all(isinstance(text, str) for pair in facets.items() for text in pair)
