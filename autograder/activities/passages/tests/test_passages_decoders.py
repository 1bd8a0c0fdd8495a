"""What reads an answer of this activity: whatever stands there, it is read or refused in words."""

from typing import Any

import pytest
from hypothesis import given

from tests.anything import ANYTHING, THE_SAME, is_read_or_refused

DOCUMENT = "[a]{Un.} [b]{Deux.} [x]{Trois.}"
FORMS: dict[str, dict[str, Any]] = {
    "one": {},
    "several": {},
    "label": {"labels": {"a": "A", "y": "Y"}},
}


@pytest.mark.parametrize("pick", FORMS)
@THE_SAME
@given(raw=ANYTHING)
def test_the_form_reads_or_refuses_whatever_is_sent(pick: str, raw: object) -> None:
    form = {"widget": "passages", "label": "L", "document": DOCUMENT, "pick": pick, **FORMS[pick]}
    is_read_or_refused(form, raw)
