"""What reads a learner's answer: whatever stands there, it is read or refused in words, and reading it again changes nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks.answers import AnswersFile
from autograder.contract.names import ANSWERS
from tests.anything import ANYTHING, is_compared_or_refused, is_read_or_refused

TWO = {"a": "A", "b": "B"}
FORMS = {
    "choice": {"options": TWO},
    "choices": {"options": TWO},
    "order": {"options": TWO},
    "match": {"items": {"x": "X", "y": "Y"}, "options": TWO},
    "labels": {"items": {"x": "X", "y": "Y"}, "options": TWO},
    "number": {},
    "slider": {"min": 0, "max": 10},
    "text": {},
    "log": {
        "items": {"x": "X", "y": "Y"},
        "fields": {"f": {"label": "F", "options": TWO}, "g": {"label": "G"}},
    },
}
SPECS = {
    "number": {"tolerance": 0.5},
    "text": {},
    "boolean": {},
    "choice": {"options": ["a", "b"]},
    "choices": {"options": ["a", "b"]},
    "order": {"options": ["a", "b"]},
    "match": {"items": ["x", "y"], "options": ["a", "b"]},
    "labels": {"items": ["x", "y"], "options": ["a", "b"]},
    "sequence": {},
    "set": {},
    "series": {},
    "frame": {"columns": ["a"]},
    "function": {"cases": [[1]]},
    "chart": {"requires": ["mark"]},
    "log": {"items": ["x", "y"], "fields": {"f": ["a", "b"], "g": []}},
}


@pytest.mark.parametrize("widget", FORMS)
@given(raw=ANYTHING)
def test_a_form_reads_or_refuses_whatever_is_sent(widget, raw):
    is_read_or_refused({"widget": widget, "label": "L", **FORMS[widget]}, raw)


@pytest.mark.parametrize("kind", SPECS)
@given(value=ANYTHING)
def test_a_kind_reads_or_refuses_whatever_is_answered(kind, value):
    is_compared_or_refused({"kind": kind, **SPECS[kind]}, value)


@given(content=st.one_of(st.binary(max_size=40), ANYTHING.map(lambda value: json.dumps(value).encode())))
def test_an_answers_file_is_read_or_told_whatever_it_holds(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("copie")
    (folder / ANSWERS).write_bytes(content)
    answers = AnswersFile(folder)
    assert answers.get("mediane") is None or answers.problem is None
