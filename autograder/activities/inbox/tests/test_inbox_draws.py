"""All draws are equally hard, whatever the seed; a saved inbox is read with care; habits are told by their names."""

import json
import statistics
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from autograder.activities.inbox import report
from autograder.activities.inbox.bank import Message, bank
from autograder.activities.inbox.box import (
    SEEDS,
    SIZE,
    STRATA,
    Box,
    UnreadableBox,
    draw,
    read_box,
    write_box,
)
from autograder.activities.inbox.habits import STRATEGIES, habits
from autograder.activities.inbox.kind import Inbox
from autograder.activities.inbox.tries import perfect, sorted_by, thrown_away
from autograder.activities.inbox.words import FILE, HANDLE, REPORT, RIGHT_SORTS, SAFE_SORTS, SORTS
from autograder.authoring import tables
from autograder.authoring.derive import Derived, derive
from autograder.checks.judge import judge
from autograder.checks.outcomes import ClearTable
from autograder.checks.text import render
from autograder.checks.verdict import Verdict
from autograder.contract.kinds import Problem
from autograder.modules.load import load_modules
from autograder.modules.model import Module

SEEDS_TRIED = [*range(300), SEEDS - 1]
PASS_MARK = 0.7

NAIVE: dict[str, Callable[[Message], str]] = {
    **STRATEGIES,
    "test-suspect": lambda message: REPORT if message.top == "test" else HANDLE,
    "lien-suspect": lambda message: REPORT if message.links else HANDLE,
    "piece-jointe-suspecte": lambda message: REPORT if message.attachments else HANDLE,
    "https-sur": lambda message: HANDLE if all("https" in link.target for link in message.links) else REPORT,
}


def score(strategy: Callable[[Message], str], seed: int) -> float:
    return sum(worth(message, strategy(message)) for message in draw(seed)) / SIZE


def worth(message: Message, sort: str) -> float:
    """A message named badly but kept out of harm is worth half."""
    return 1.0 if sort == RIGHT_SORTS[message.kind] else 0.5 * (sort == SAFE_SORTS.get(message.kind))


@pytest.fixture(scope="module")
def derived() -> tuple[Module, dict[str, Derived]]:
    (module,) = load_modules(["F07"])
    return module, derive(module, {})


@pytest.fixture(scope="module")
def table(derived: tuple[Module, dict[str, Derived]]) -> ClearTable:
    """The module's own table: one for every draw."""
    return derived[1]["tri"].tables["form"]


@pytest.fixture(scope="module")
def verdict(table: ClearTable) -> Callable[[Any], Verdict]:
    return lambda value: judge(value, {"kind": "inbox"}, table, 6, "Regardez encore.", "form")


def test_every_draw_has_the_same_number_of_each_kind_and_level() -> None:
    for seed in SEEDS_TRIED:
        messages = draw(seed)
        assert Counter((message.kind, message.level) for message in messages) == STRATA
        assert len({message.id for message in messages}) == SIZE == 12


def test_draws_differ_and_use_the_whole_bank() -> None:
    draws = {tuple(message.id for message in draw(seed)) for seed in SEEDS_TRIED}
    assert len(draws) == len(SEEDS_TRIED)
    assert {name for drawn in draws for name in drawn} == set(bank())
    assert draw(7) == draw(7)


@pytest.mark.parametrize("name", NAIVE)
def test_naive_strategies_never_pass_and_earn_about_the_same_on_every_draw(name: str) -> None:
    scores = [score(NAIVE[name], seed) for seed in SEEDS_TRIED]
    assert max(scores) < PASS_MARK
    assert statistics.pstdev(scores) < 0.1


@pytest.mark.parametrize(("name", "messages"), [("tout-signaler", 5), ("tout-traiter", 4)])
def test_sorting_all_the_same_way_earns_exactly_the_same(name: str, messages: int) -> None:
    assert {score(STRATEGIES[name], seed) * SIZE for seed in SEEDS_TRIED} == {messages}


def test_a_perfect_sort_earns_all_the_points_whatever_the_seed(verdict: Callable[[Any], Verdict]) -> None:
    for seed in SEEDS_TRIED[:60]:
        judged = verdict(perfect(seed))
        assert (judged.state, judged.points) == ("right", 6)


@pytest.mark.parametrize("habit", STRATEGIES)
def test_sorting_without_looking_stays_under_the_pass_mark(
    habit: str, verdict: Callable[[Any], Verdict]
) -> None:
    for seed in SEEDS_TRIED[:60]:
        judged = verdict(sorted_by(habit, seed))
        assert judged.points < PASS_MARK * 6 and habit in judged.outcomes


def test_each_wrong_sort_is_met_with_the_words_of_that_message(verdict: Callable[[Any], Verdict]) -> None:
    met = set()
    for seed in SEEDS_TRIED:
        right = perfect(seed)
        for message in draw(seed):
            for sort in SORTS:
                if sort == RIGHT_SORTS[message.kind] or (message.id, sort) in met:
                    continue
                met.add((message.id, sort))
                judged = verdict({**right, "sorts": {**right["sorts"], message.id: sort}})
                assert judged.points == pytest.approx(6 * (11 + worth(message, sort)) / 12, abs=0.01)
                assert (
                    message.why in judged.messages[-1] and render(message.why)[3:-4] in judged._repr_html_()
                )
    assert len(met) == 3 * len(bank())


def test_habits_are_recognised_from_the_errors() -> None:
    for seed in SEEDS_TRIED[:60]:
        assert habits(read_box(perfect(seed))) == []
        assert habits(read_box(thrown_away(seed))) == ["supprimer"]
        for name in STRATEGIES:
            assert name in habits(read_box(sorted_by(name, seed)))


def test_a_box_comes_back_as_it_was_saved() -> None:
    box = read_box(unfinished(4))
    assert read_box(write_box(box)) == box and len(box.missing) == 3


def unfinished(seed: int) -> dict[str, Any]:
    """Return an inbox well sorted, but for its last three messages."""
    return {"seed": seed, "sorts": dict(list(perfect(seed)["sorts"].items())[:-3])}


FIRST = draw(4)[0].id
STRANGER = next(key for key in bank() if key not in {message.id for message in draw(4)})


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "boîte",
        [],
        {},
        {"sorts": {FIRST: REPORT}},
        {"seed": "4", "sorts": {}},
        {"seed": True, "sorts": {}},
        {"seed": 4.0, "sorts": {}},
        {"seed": -1, "sorts": {}},
        {"seed": SEEDS, "sorts": {}},
        {"seed": 10**400, "sorts": {}},
        {"seed": float("nan"), "sorts": {}},
        {"seed": 4, "sorts": [FIRST]},
        {"seed": 4, "sorts": {FIRST: "exec"}},
        {"seed": 4, "sorts": {FIRST: ["signaler"]}},
        {"seed": 4, "sorts": {FIRST: None}},
        {"seed": 4, "sorts": {STRANGER: REPORT}},
        {"seed": 4, "sorts": {"exemple-innocent": REPORT}},
        {"seed": 4, "sorts": {1: REPORT}},
        {"seed": 4, "sorts": {f"x{i}": REPORT for i in range(2000)}},
    ],
)
def test_what_is_not_a_sorted_inbox_is_refused_in_french(raw: Any) -> None:
    with pytest.raises(UnreadableBox, match=r"tri|classements"):
        read_box(raw)
    with pytest.raises(Problem):
        Inbox().read(raw, {})


def test_points_cannot_be_forged_by_naming_messages_of_other_draws(verdict: Callable[[Any], Verdict]) -> None:
    """Only the twelve messages of the seed count, each once."""
    everything = {message.id: RIGHT_SORTS[message.kind] for message in bank().values()}
    assert verdict({"seed": 4, "sorts": everything}).points == 0
    extra = {**perfect(4), "points": 99, "kind": "number"}
    assert verdict(extra).points == 6


def test_the_released_files_hold_no_truth_of_the_bank_in_clear(
    derived: tuple[Module, dict[str, Derived]],
) -> None:
    released = json.dumps(tables.public(*derived)["exercises"]["tri"], ensure_ascii=False)
    for message in bank().values():
        assert message.why not in released and f"«\u00a0{message.subject}\u00a0»" not in released
        assert f'"{message.id}' not in released


@pytest.mark.parametrize(
    ("left", "told"), [(12, "Encore 12 messages"), (3, "Encore 3 messages"), (1, "Encore 1 message ")]
)
def test_an_unfinished_box_is_to_complete_and_tells_neither_points_nor_what_is_wrong(
    left: int, told: str, verdict: Callable[[Any], Verdict]
) -> None:
    sorts = dict.fromkeys([message.id for message in draw(4)][: SIZE - left], FILE)
    judged = verdict({"seed": 4, "sorts": sorts})
    shown = judged._repr_html_()
    assert judged.state == "problem" and len(judged.messages) == 1 and told in judged.messages[0]
    assert "À compléter" in shown and "point" not in shown


def test_the_matrix_counts_every_message_once_all_are_sorted() -> None:
    assert report.matrix(read_box(unfinished(4))) == ""
    table = report.matrix(read_box(perfect(4)))
    assert "<caption>" in table and table.count('scope="row"') == 4
    assert table.count("<td>4</td>") == 2 and table.count("<td>2</td>") == 2


def test_the_summary_escapes_nothing_less_than_it_shows() -> None:
    assert "non trié" in report.summary(Box(4)) and "hameçonnage" in report.summary(read_box(perfect(4)))
