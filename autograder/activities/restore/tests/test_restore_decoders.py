"""What reads a restoration: whatever stands there, it is read or refused in words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.activities.restore.kind import Restored
from tests.anything import ANYTHING, THE_SAME, is_compared_or_refused, is_read_or_refused
from tests.restored import FORM

NEARLY = st.dictionaries(
    st.sampled_from(["copy", "line", "then"]),
    st.one_of(st.sampled_from(["a", "b", "x", "y", "aucune"]), ANYTHING),
)


@THE_SAME
@given(raw=st.one_of(ANYTHING, NEARLY))
def test_the_form_and_the_kind_read_or_refuse_whatever_is_sent(raw: object) -> None:
    is_read_or_refused(FORM, raw)
    is_compared_or_refused({"kind": "restore", **FORM}, raw)


@pytest.mark.parametrize(
    ("answer", "worth"),
    [
        ({"copy": "b", "line": "y"}, "proved"),
        ({"copy": "a", "line": "x"}, "proved"),
        ({"copy": "b"}, "unchecked"),
        ({"copy": "c", "line": "aucune"}, "damaged"),
        ({"copy": "c", "line": "y"}, "claimed"),
        ({"copy": "b", "line": "aucune"}, "overlooked"),
        ({"copy": "b", "line": "x"}, "other"),
    ],
)
def test_what_is_declared_is_compared_with_the_fingerprint_computed_again(answer: Any, worth: str) -> None:
    assert Restored().read(answer, FORM) == {"copy": answer["copy"], "check": worth}
