"""What reads a learner's answer: whatever stands there, it is read or refused in words, and reading it again changes nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks.answers import FILE_NAME, AnswersFile
from autograder.checks.kinds import KINDS
from autograder.checks.reading import Problem
from autograder.forms.values import UnreadableAnswer, read_value

TWO = {"a": "A", "b": "B"}
FORMS = {
    "choice": {"options": TWO},
    "choices": {"options": TWO},
    "order": {"options": TWO},
    "match": {"items": {"x": "X", "y": "Y"}, "options": TWO},
    "number": {},
    "slider": {"min": 0, "max": 10},
    "text": {},
    "log": {
        "items": {"x": "X", "y": "Y"},
        "fields": {"f": {"label": "F", "options": TWO}, "g": {"label": "G"}},
    },
    "committee": {"seed": 7, "round": 1},
    "inbox": {},
}
SPECS = {
    "number": {"tolerance": 0.5},
    "text": {},
    "boolean": {},
    "choice": {"options": ["a", "b"]},
    "choices": {"options": ["a", "b"]},
    "order": {"options": ["a", "b"]},
    "match": {"items": ["x", "y"], "options": ["a", "b"]},
    "sequence": {},
    "set": {},
    "series": {},
    "frame": {"columns": ["a"]},
    "function": {"cases": [[1]]},
    "chart": {"requires": ["mark"]},
    "log": {"items": ["x", "y"], "fields": {"f": ["a", "b"], "g": []}},
    "committee": {"seed": 7, "round": 1},
    "inbox": {},
}
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
        "",
        "é",
        "1",
    ]
)
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS, st.text(max_size=5))
ANY = st.recursive(
    PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=8,
)


@pytest.mark.parametrize("widget", FORMS)
@given(raw=ANY)
def test_a_form_reads_or_refuses_whatever_is_sent(widget, raw):
    form = {"widget": widget, "label": "L", **FORMS[widget]}
    try:
        value = read_value(form, raw)
    except UnreadableAnswer as error:
        assert str(error)
    else:
        assert read_value(form, value) == value
        json.dumps(value)


@pytest.mark.parametrize("kind", SPECS)
@given(value=ANY)
def test_a_kind_reads_or_refuses_whatever_is_answered(kind, value):
    try:
        facets = KINDS[kind].read(value, {"kind": kind, **SPECS[kind]})
    except Problem as problem:
        assert problem.code and problem.message
    else:
        assert all(isinstance(text, str) for pair in facets.items() for text in pair)


@given(content=st.one_of(st.binary(max_size=40), ANY.map(lambda value: json.dumps(value).encode())))
def test_an_answers_file_is_read_or_told_whatever_it_holds(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("copie")
    (folder / FILE_NAME).write_bytes(content)
    answers = AnswersFile(folder)
    assert answers.get("mediane") is None or answers.problem is None
