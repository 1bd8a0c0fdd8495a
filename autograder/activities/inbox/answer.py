"""A sorted inbox as the answers file keeps it."""

from autograder.activities.inbox.box import UnreadableBox, read_box, write_box
from autograder.contract.forms import Form, UnreadableAnswer, Value


def read(form: Form, raw: object) -> Value:
    """Return a sorted inbox, None while nothing is sorted: its draw alone is not an answer."""
    try:
        box = read_box(raw)
    except UnreadableBox as error:
        raise UnreadableAnswer(str(error)) from error
    return write_box(box) if box.sorts else None
