"""The learner's journal: what it keeps, and that nothing about it can cost a verdict."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.contract.names import GRADING_VARIABLES
from autograder.progress import journal
from autograder.progress.journal import Event, erase, read, record, since_restart, space_of

WRONG = Event("verdict", "F01-x", 1, "a", way="form", state="wrong", max_points=2, outcomes=["trop-grand"])
RIGHT = Event(
    "verdict", "F01-x", 1, "a", way="form", state="right", points=2, max_points=2, outcomes=["right"]
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module's folder in a learner's space."""
    for name in ("CAMPUS_WORK", *GRADING_VARIABLES):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".campus").mkdir()
    (tmp_path / "F01-x").mkdir()
    return tmp_path / "F01-x"


def test_events_come_back_in_order_and_dated(folder: Path) -> None:
    hint = Event("hint", "F01-x", 1, "a", level=1)
    for event in (WRONG, hint, RIGHT):
        record(folder, event)
    found = read(folder.parent)
    assert [event.event for event in found] == ["verdict", "hint", "verdict"]
    assert [event.state for event in found] == ["wrong", "", "right"]
    assert all(event.at for event in found)


def test_a_verdict_seen_again_is_not_written_again(folder: Path) -> None:
    for event in (WRONG, WRONG, RIGHT, RIGHT, WRONG):
        record(folder, event)
    assert [event.state for event in read(folder.parent)] == ["wrong", "right", "wrong"]


def test_the_same_answer_after_a_restart_is_a_new_try(folder: Path) -> None:
    for event in (RIGHT, Event("restart", "F02-y"), RIGHT, Event("restart", "F01-x"), RIGHT, RIGHT):
        record(folder, event)
    assert [event.event for event in read(folder.parent)] == ["verdict", "restart", "restart", "verdict"]
    assert [event.event for event in since_restart(read(folder.parent))] == ["restart", "restart", "verdict"]


def test_nothing_is_written_outside_of_a_learners_space_nor_in_grading(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert space_of(folder / "autre") is None
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    record(folder, RIGHT)
    assert read(folder.parent) == []
    monkeypatch.delenv("NBGRADER_EXECUTION")
    other = tmp_path / "ailleurs"
    (other / ".campus").mkdir(parents=True)
    monkeypatch.setenv("CAMPUS_WORK", str(other))
    record(folder, RIGHT)
    assert len(read(other)) == 1


@pytest.mark.parametrize(
    "damage", ["{", "[]", '{"event": "verdict"}', '{"event": "x", "at": "hier"}', "\x00" * 50, "é"]
)
def test_a_damaged_line_is_left_out(folder: Path, damage: str) -> None:
    record(folder, WRONG)
    path = folder.parent / ".campus" / "journal.jsonl"
    path.write_text(f"{damage}\n{path.read_text()}{damage}", encoding="utf-8")
    assert [event.state for event in read(folder.parent)] == ["wrong"]


def test_a_disk_that_refuses_costs_nothing(folder: Path) -> None:
    (folder.parent / ".campus" / "journal.jsonl").mkdir()
    record(folder, RIGHT)
    assert read(folder.parent) == []


def test_two_kernels_write_at_once(folder: Path) -> None:
    def write(name: str) -> None:
        for number in range(40):
            record(folder, Event("recall", "F01-x", 1, name, state="right", about=f"F01-x/{number}"))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read(folder.parent)) == 120


def test_a_long_journal_keeps_the_best_the_last_and_the_hints(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "MAX_BYTES", 3_000)
    record(folder, RIGHT)
    record(folder, Event("hint", "F01-x", 1, "a", level=2))
    for number in range(60):
        record(folder, Event("verdict", "F01-x", 1, "a", state="wrong", outcomes=[str(number)]))
    found = read(folder.parent)
    assert len(found) < 40
    assert found[0].state == "right"
    assert found[-1].outcomes == ["59"]
    assert any(event.level == 2 for event in found)


def test_a_long_journal_does_not_take_the_best_of_before_a_restart_for_that_of_after(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(folder, RIGHT)
    record(folder, Event("restart", "F01-x"))
    record(folder, replace(RIGHT, state="partial", points=1))
    record(folder, WRONG)
    monkeypatch.setattr(journal, "MAX_BYTES", 0)
    record(folder, Event("track", choice="fond"))
    assert [(event.event, event.points) for event in read(folder.parent)] == [
        ("verdict", 2),
        ("restart", 0),
        ("verdict", 1),
        ("verdict", 0),
        ("track", 0),
    ]


def test_it_can_be_erased(folder: Path) -> None:
    record(folder, RIGHT)
    erase(folder.parent)
    erase(folder.parent)
    assert read(folder.parent) == []


def test_it_holds_no_answer(folder: Path) -> None:
    record(folder, RIGHT)
    (line,) = (folder.parent / ".campus" / "journal.jsonl").read_text().splitlines()
    assert "value" not in json.loads(line)
