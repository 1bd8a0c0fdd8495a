"""The verdicts that come with a copy: whatever the file holds, what is read is bounded, and of the expected types."""

import json

import pytest

from autograder.progress import tries
from autograder.progress.journal import Event
from autograder.progress.tries import Try

WRONG = Try("somme", "wrong", 0.5, ("moyenne",))


def verdict(state: str, points: float = 0, **more: object) -> Event:
    return Event("verdict", "M", 1, "somme", state=state, points=points, max_points=2, **more)  # type: ignore[arg-type]


def test_what_is_written_is_read_again() -> None:
    assert tries.read(tries.write([WRONG]).encode()) == [WRONG]
    assert tries.read(tries.write([]).encode()) == []


def test_only_the_verdicts_of_this_version_since_the_module_was_begun_again() -> None:
    events = [
        verdict("wrong"),
        Event("restart", "M"),
        verdict("partial", 1),
        Event("verdict", "M", 2, "somme", state="right"),
        Event("hint", "M", 1, "somme", level=1),
    ]
    assert tries.tries_of(events, "M", 1) == [Try("somme", "partial", 0.5)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"verdicts": 3}',
        b'{"verdicts": {"a": 1}}',
        b"[" * 100_000,
        b'{"verdicts": ["',
    ],
)
def test_a_file_that_is_not_of_ours_tells_nothing(content: bytes) -> None:
    assert tries.read(content) is None


@pytest.mark.parametrize(
    "row",
    [
        None,
        {},
        {"exercise": "x", "state": "wrong", "share": "nan", "outcomes": []},
        {"exercise": "x", "state": "wrong", "share": 2, "outcomes": []},
        {"exercise": "x", "state": "wrong", "share": 10**400, "outcomes": []},
        {"exercise": "x" * 1_000, "state": "wrong", "share": 0, "outcomes": []},
        {"exercise": "x", "state": ["wrong"], "share": 0, "outcomes": []},
        {"exercise": "x", "state": "wrong", "share": 0, "outcomes": [{"a": 1}]},
        {"exercise": "x", "state": "wrong", "share": 0, "outcomes": 3},
    ],
)
def test_a_verdict_that_is_not_one_is_left_out(row: object) -> None:
    sound = {"exercise": "somme", "state": "wrong", "share": 0.5, "outcomes": ["moyenne"]}
    assert tries.read(json.dumps({"verdicts": [row, sound]}).encode()) == [WRONG]


def test_the_last_verdicts_are_kept() -> None:
    many = tries.read(tries.write([Try("ancien", "wrong", 0), *[WRONG] * tries.MOST]).encode())
    assert many == [WRONG] * tries.MOST
