"""What reads an answer of this activity: whatever stands there, it is read or refused in words."""

from typing import Any

import pytest
from hypothesis import given

from autograder.activities.generator import show
from tests.anything import ANYTHING, THE_SAME, is_read_or_refused
from tests.communes import SHARE, TO_SET


@pytest.mark.parametrize("form", [SHARE, TO_SET])
def test_the_form_reads_or_refuses_whatever_is_sent(form: Any) -> None:
    @THE_SAME
    @given(raw=ANYTHING)
    def read(raw: object) -> None:
        is_read_or_refused(form, raw)

    read()


@pytest.mark.parametrize("draw", [0, -1, 10**9, True, 1.5, "2", None, [1]])
def test_a_draw_that_is_no_rank_is_the_first(draw: Any) -> None:
    value = {"order": 2, "temperature": 1}
    assert show.drawn(TO_SET, {"value": value, "draw": draw}) == show.drawn(
        TO_SET, {"value": value, "draw": 1}
    )


@pytest.mark.parametrize("value", [None, "x", {"order": 9, "temperature": 1}, {"order": 2}])
def test_a_setting_that_is_not_offered_gives_the_first(value: Any) -> None:
    first = {"order": 2, "temperature": 0}
    assert show.drawn(TO_SET, {"value": value}) == show.drawn(TO_SET, {"value": first})
