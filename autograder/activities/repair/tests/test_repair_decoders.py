"""What reads the settings of a chart: whatever stands there, it is read or refused in words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.activities.repair import show
from autograder.activities.repair.settings import read
from autograder.contract.forms import UnreadableAnswer
from tests.anything import ANYTHING, THE_SAME, is_compared_or_refused, is_read_or_refused

FORM: Any = {
    "widget": "repair",
    "label": "L",
    "data": [{"a": 1, "b": 2.5}, {"a": 2, "b": 3}],
    "across": "a",
    "series": {"b": "B"},
    "settings": {"axis": {"start": "cut"}, "title": {"start": "x", "options": {"x": "X", "y": "<b>Y</b>"}}},
}
NEARLY = st.dictionaries(
    st.sampled_from(["axis", "title", "kind"]), st.one_of(st.sampled_from(["zero", "x", "y"]), ANYTHING)
)


@THE_SAME
@given(raw=st.one_of(ANYTHING, NEARLY))
def test_the_form_the_kind_and_the_drawing_read_or_refuse_whatever_is_sent(raw: object) -> None:
    is_read_or_refused(FORM, raw)
    is_compared_or_refused({"kind": "repair", **FORM}, raw)
    assert show.drawn(FORM, {"value": raw}).startswith("<svg")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"kind": "bar"}, "n’a pas ce réglage"),
        ({"axis": "bas"}, "un des réglages proposés"),
        ({"axis": ["zero"]}, "un des réglages proposés"),
        (["axis"], "les choix affichés"),
    ],
)
def test_what_no_form_can_give_is_refused_in_words(raw: Any, said: str) -> None:
    with pytest.raises(UnreadableAnswer, match=said):
        read(FORM, raw)


def test_settings_left_out_stand_as_at_the_start() -> None:
    assert read(FORM, {"axis": "zero"}) == {"axis": "zero", "title": "x"}
