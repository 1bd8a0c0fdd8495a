"""What reads an answer of this activity: whatever stands there, it is read or refused in words."""

from typing import Any

from hypothesis import given

from tests.anything import ANYTHING, THE_SAME, is_read_or_refused

FORM: dict[str, Any] = {
    "widget": "estimator",
    "label": "L",
    "pools": ["digits"],
    "counted": "signes",
    "target": 80,
}


@THE_SAME
@given(raw=ANYTHING)
def test_the_form_reads_or_refuses_whatever_is_sent(raw: object) -> None:
    is_read_or_refused(FORM, raw)
