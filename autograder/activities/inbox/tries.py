"""Whole inboxes sorted well or badly: what the module's author proves the grader with."""

from typing import Any

from autograder.activities.inbox.bank import PHISHING
from autograder.activities.inbox.box import Box, draw, write_box
from autograder.activities.inbox.habits import STRATEGIES
from autograder.activities.inbox.words import FILE, RIGHT_SORTS


def perfect(seed: int) -> dict[str, Any]:
    """Return the inbox of a seed, sorted without error."""
    return write_box(Box(seed, {message.id: RIGHT_SORTS[message.kind] for message in draw(seed)}))


def sorted_by(habit: str, seed: int) -> dict[str, Any]:
    """Return the inbox of a seed, sorted with a strategy of `habits`."""
    return write_box(Box(seed, {message.id: STRATEGIES[habit](message) for message in draw(seed)}))


def thrown_away(seed: int) -> dict[str, Any]:
    """Return the inbox of a seed, well sorted, but for the phishing, put with the unwanted mail."""
    sorts = {m.id: FILE if m.kind == PHISHING else RIGHT_SORTS[m.kind] for m in draw(seed)}
    return write_box(Box(seed, sorts))
