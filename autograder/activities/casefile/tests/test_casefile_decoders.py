"""What reads an answer on a drawn file: whatever stands there, it is read or refused in words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.activities.casefile.answer import read
from autograder.contract.forms import UnreadableAnswer
from tests.anything import ANYTHING, THE_SAME, is_compared_or_refused, is_read_or_refused
from tests.drawn_file import FORM

NEARLY = st.dictionaries(
    st.sampled_from(["drawn", "habitants", "avis", "then"]),
    st.one_of(st.sampled_from(["nord", "sud", "oui", "12", "1 200 habitants"]), ANYTHING),
)


@THE_SAME
@given(raw=st.one_of(ANYTHING, NEARLY))
def test_the_form_and_the_kind_read_or_refuse_whatever_is_sent(raw: object) -> None:
    is_read_or_refused(FORM, raw)
    is_compared_or_refused({"kind": "casefile", **FORM}, raw)


@pytest.mark.parametrize(
    "written", ["1200", "1 200", "environ 1 200", "1\u202f200 habitants", "1200 habitant", 1200, 1200.0]
)
def test_a_number_is_read_alone_or_before_its_unit(written: Any) -> None:
    assert read(FORM, {"drawn": "nord", "habitants": written}) == {"drawn": "nord", "habitants": 1200}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"drawn": "nord", "habitants": "1200 euros"}, "suivi de « habitants »"),
        ({"drawn": "nord", "habitants": "12,5"}, "nombre entier"),
        ({"drawn": "nord", "habitants": "beaucoup"}, "nombre entier"),
        ({"drawn": "nord", "habitants": float("inf")}, "nombre entier"),
        ({"drawn": "nord", "avis": "peut-être"}, "une des propositions"),
        ({"drawn": "est", "avis": "oui"}, "n’est pas un de ceux"),
        ({"avis": "oui"}, "n’est pas un de ceux"),
        ({"drawn": "nord", "autre": "oui"}, "les champs affichés"),
        (["nord"], "les champs affichés"),
    ],
)
def test_what_no_form_can_give_is_refused_in_words(raw: Any, said: str) -> None:
    with pytest.raises(UnreadableAnswer) as told:
        read(FORM, raw)
    assert said in str(told.value).replace("\u00a0", " ")


def test_a_draw_alone_is_no_answer() -> None:
    assert read(FORM, {"drawn": "nord"}) is None
    assert read(FORM, {"drawn": "nord", "avis": "", "habitants": None}) is None
