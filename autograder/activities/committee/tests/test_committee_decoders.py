"""What reads an answer of this activity: whatever stands there, it is read or refused in words."""

from hypothesis import given

from tests.anything import ANYTHING, THE_SAME, is_compared_or_refused, is_read_or_refused


@THE_SAME
@given(raw=ANYTHING)
def test_the_form_reads_or_refuses_whatever_is_sent(raw):
    is_read_or_refused({"widget": "committee", "label": "L", "seed": 7, "round": 1}, raw)


@THE_SAME
@given(value=ANYTHING)
def test_the_kind_reads_or_refuses_whatever_is_answered(value):
    is_compared_or_refused({"kind": "committee", "seed": 7, "round": 1}, value)
