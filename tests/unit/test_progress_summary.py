"""Progress from the journal: by module, track, competence; what is next."""

from dataclasses import replace
from operator import attrgetter

from autograder.progress.journal import Event
from autograder.progress.summary import ModuleFacts, Next, Share, last_points, summarise

F01 = ModuleFacts(
    "F01", "F01-x", 1, "fond", 20, 0.7, (), {"a": 2, "b": 2}, {"pix:1.2": ("a",), "pix:1.3": ("a", "b")}
)
F02 = ModuleFacts("F02", "F02-y", 2, "fond", 40, 0.5, ("F01",), {"c": 1, "d": 3}, {"pix:1.3": ("c", "d")})
MODULES = [F01, F02]
POINTS = attrgetter("points")


def verdict(
    module: ModuleFacts, exercise: str, state: str, points: float = 0, version: int | None = None
) -> Event:
    return Event(
        "verdict",
        module.folder,
        module.version if version is None else version,
        exercise,
        state=state,
        points=points,
    )


def test_nothing_done_yet() -> None:
    found = summarise(MODULES, [])
    assert found.modules["F01"].state == "new"
    assert found.modules["F02"].minutes_left == 40
    assert found.tracks == {"fond": Share(0, 4)}
    assert found.next == Next("F01-x", "first")


def test_the_best_verdict_counts_whatever_came_after() -> None:
    events = [verdict(F01, "a", "wrong"), verdict(F01, "a", "right", 2), verdict(F01, "a", "partial", 1)]
    one = summarise(MODULES, events).modules["F01"]
    assert (one.state, one.points, one.tried, one.right, one.minutes_left) == ("started", 2, 1, 1, 10)


def test_a_module_is_done_when_all_is_tried_and_the_pass_mark_reached() -> None:
    events = [verdict(F01, "a", "right", 2), verdict(F01, "b", "partial", 0.8)]
    found = summarise(MODULES, events)
    assert (found.modules["F01"].state, found.modules["F01"].minutes_left) == ("done", 0)
    assert found.next == Next("F02-y", "follows", "F01")
    assert found.competences == {"pix:1.2": Share(1, 1), "pix:1.3": Share(1, 4)}


def test_a_module_is_done_without_its_optional_exercises_whose_points_count() -> None:
    one = replace(F01, optional=("b",), pass_mark=0.5)
    assert summarise([one], [verdict(one, "b", "right", 2)]).modules["F01"].state == "started"
    found = summarise([one], [verdict(one, "a", "right", 2)]).modules["F01"]
    assert (found.state, found.points, found.max_points) == ("done", 2, 4)


def test_a_module_begun_again_is_back_at_zero_and_the_others_are_where_they_were() -> None:
    before = [verdict(F01, "a", "right", 2), verdict(F01, "b", "right", 2), verdict(F02, "c", "right", 1)]
    events = [*before, Event("restart", F01.folder)]
    found = summarise(MODULES, events)
    one = found.modules["F01"]
    assert (one.state, one.points, one.tried, one.minutes_left) == ("new", 0, 0, 20)
    assert (found.modules["F02"].points, found.tracks["fond"]) == (1, Share(1, 4))
    assert last_points(events, F01.folder, F01.version, POINTS) == {}
    again = [*events, verdict(F01, "a", "partial", 1)]
    assert summarise(MODULES, again).modules["F01"].points == 1
    assert last_points(again, F01.folder, F01.version, POINTS) == {"a": 1}


def test_verdicts_of_another_version_or_of_unknown_exercises_do_not_count() -> None:
    events = [verdict(F02, "c", "right", 1, version=1), verdict(F02, "gone", "right", 1)]
    assert summarise(MODULES, events).modules["F02"].tried == 0


def test_an_answer_saved_but_not_verified_is_a_start_and_goes_first() -> None:
    found = summarise(MODULES, [], opened=["F02-y"])
    assert found.modules["F02"].state == "started"
    assert found.next == Next("F02-y", "started")


def test_when_all_is_done_nothing_is_next() -> None:
    events = [verdict(m, key, "right", points) for m in MODULES for key, points in m.exercises.items()]
    assert summarise(MODULES, events).next is None


def test_the_module_begun_that_was_worked_on_last_comes_first() -> None:
    other = replace(F01, id="F07", folder="F07-z")
    events = [verdict(other, "a", "wrong"), verdict(F01, "a", "wrong")]
    assert summarise([other, F01], events).next == Next("F01-x", "started")


def test_the_track_followed_comes_before_the_order_of_the_programme() -> None:
    decide = ModuleFacts("D01", "D01-d", 1, "decideurs", 60, 0.7, ("F02",), {"e": 1}, {})
    free = replace(F01, id="D02", folder="D02-e", track="decideurs")
    follows = Event("track", choice="decideurs")
    assert summarise([*MODULES, decide], [follows]).next == Next("F01-x", "prepares", "D01")
    assert summarise([*MODULES, free], [follows]).next == Next("D02-e", "track")
    assert summarise([*MODULES, free], [follows, Event("track")]).next == Next("F01-x", "first")
    begun = verdict(F02, "c", "wrong")
    assert summarise([*MODULES, free], [follows, begun]).next == Next("F02-y", "started")


def test_modules_that_require_each_other_are_no_trap() -> None:
    one, other = replace(F01, prerequisites=("F02",)), replace(F02, prerequisites=("F01",))
    found = summarise([one, other], [Event("track", choice="fond")]).next
    assert found is not None and found.reason == "prepares"
