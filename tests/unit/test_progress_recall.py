"""Which questions are asked again (docs/decisions/recall.md)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from autograder.contract.names import Audience
from autograder.progress.journal import Event
from autograder.progress.recall import choose

NOW = datetime(2026, 11, 27, tzinfo=UTC)
BANK: dict[str, Audience] = dict.fromkeys((f"F01-x/{name}" for name in "abcde"), "begun")


def verdict(name: str, state: str, days: float) -> Event:
    at = (NOW - timedelta(days=days)).isoformat()
    return Event("verdict", "F01-x", 1, name, at=at, state=state)


def hint(name: str, level: int) -> Event:
    return Event("hint", "F01-x", 1, name, at=NOW.isoformat(), level=level)


def recalled(name: str, state: str, days: float) -> Event:
    at = (NOW - timedelta(days=days)).isoformat()
    return Event("recall", "F02-y", 1, "recall", at=at, state=state, about=f"F01-x/{name}")


def test_nothing_is_asked_of_who_has_begun_nothing() -> None:
    assert choose(BANK, [], NOW) == []


def test_only_modules_that_were_begun_are_asked_about() -> None:
    bank = BANK | {"F03-z/a": "begun"}
    assert choose(bank, [verdict("a", "right", 10)], NOW, 9)[-5:] == [f"F01-x/{name}" for name in "bcdea"]


def test_a_question_about_code_is_asked_of_who_codes() -> None:
    bank: dict[str, Audience] = {"F01-x/a": "code", "F01-x/b": "begun"}
    by_form = verdict("a", "right", 10)
    by_code = replace(by_form, way="code")
    assert choose(bank, [by_form], NOW) == ["F01-x/b"]
    assert choose(bank, [by_code], NOW) == ["F01-x/b", "F01-x/a"]


def test_a_question_of_an_optional_step_is_asked_of_who_answered_there() -> None:
    bank: dict[str, Audience] = {"F01-x/a": "answered", "F01-x/b": "begun"}
    assert choose(bank, [verdict("b", "right", 10)], NOW) == ["F01-x/b"]
    assert choose(bank, [verdict("a", "right", 10)], NOW) == ["F01-x/b", "F01-x/a"]


def test_what_went_wrong_comes_first_and_the_more_it_did_the_sooner() -> None:
    events = [
        *(verdict(name, "right", 10) for name in "abcde"),
        verdict("c", "wrong", 12),
        verdict("e", "wrong", 12),
        verdict("e", "partial", 11),
        verdict("c", "right", 9),
        verdict("e", "right", 9),
    ]
    assert choose(BANK, events, NOW)[:2] == ["F01-x/e", "F01-x/c"]


def test_a_second_hint_counts_and_a_first_one_does_not() -> None:
    events = [*(verdict(name, "right", 10) for name in "abcde"), hint("d", 2), hint("b", 1)]
    assert choose(BANK, events, NOW)[0] == "F01-x/d"
    assert choose(BANK, events, NOW)[1] == "F01-x/a"


def test_of_equals_the_longest_unseen() -> None:
    events = [verdict(name, "right", days) for name, days in zip("abcde", (3, 30, 5, 20, 10), strict=True)]
    assert choose(BANK, events, NOW) == ["F01-x/b", "F01-x/d", "F01-x/e"]


def test_a_question_missed_last_time_comes_before_all_and_one_found_today_after_all() -> None:
    events = [
        *(verdict(name, "right", 10) for name in "abcde"),
        verdict("a", "wrong", 11),
        recalled("c", "wrong", 0.1),
        recalled("a", "right", 0.1),
    ]
    assert choose(BANK, events, NOW, 5)[0] == "F01-x/c"
    events.append(verdict("a", "right", 0.1))
    assert choose(BANK, events, NOW, 5)[-1] == "F01-x/a"


def test_a_question_asked_again_and_found_is_not_asked_the_same_day() -> None:
    events = [*(verdict(name, "right", 0.2) for name in "ab"), recalled("a", "right", 0.1)]
    bank = {f"F01-x/{name}": "begun" for name in "ab"}
    assert choose(bank, events, NOW) == ["F01-x/b"]
    later = NOW + timedelta(days=2)
    assert choose(bank, events, later) == ["F01-x/b", "F01-x/a"]
    assert choose(bank, [*events, recalled("b", "wrong", 0.1)], NOW) == ["F01-x/b"]
