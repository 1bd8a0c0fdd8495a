"""What reads the cursors of a file: whatever stands there, it is read or refused in words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.activities.generalise import show
from autograder.activities.generalise.settings import read
from autograder.contract.forms import UnreadableAnswer
from tests.anything import ANYTHING, THE_SAME, is_compared_or_refused, is_read_or_refused
from tests.readers import READERS

NEARLY = st.dictionaries(
    st.sampled_from(["lieu", "age", "sexe"]), st.one_of(st.sampled_from(["ville", "retire"]), ANYTHING)
)


@THE_SAME
@given(raw=st.one_of(ANYTHING, NEARLY))
def test_the_form_the_kind_and_the_page_read_or_refuse_whatever_is_sent(raw: object) -> None:
    is_read_or_refused(READERS, raw)
    is_compared_or_refused({"kind": "generalise", **READERS}, raw)
    assert "<svg" in show.tried(READERS, {"value": raw})["drawn"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"sexe": "garde"}, "pas de curseur de ce nom"),
        ({"lieu": "pays"}, "un des crans proposés"),
        ({"lieu": ["ville"]}, "un des crans proposés"),
        (["lieu"], "les curseurs affichés"),
    ],
)
def test_what_no_form_can_give_is_refused_in_words(raw: Any, said: str) -> None:
    with pytest.raises(UnreadableAnswer, match=said):
        read(READERS, raw)


def test_cursors_left_out_stand_at_their_finest() -> None:
    assert read(READERS, {"age": "retire"}) == {"lieu": "quartier", "age": "retire"}
