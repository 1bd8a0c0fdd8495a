"""What the course view asks the server: where a learner stands in a module, predictions, missing files."""

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from autograder import paths
from autograder.checks.answers import AnswersFile
from autograder.checks.verdict import Verdict
from autograder.contract.names import GRADING_VARIABLES
from autograder.lab import actions, card, course, publication, workspace
from autograder.lab import home as home_page
from autograder.lab.actions import ActionError
from autograder.lab.buttons import ACTIONS, Request
from autograder.lab.home import home, offer
from autograder.progress import journal
from autograder.progress.journal import Event

FOLDER = "F02-lire-un-tableau"


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's space where F02 was copied, in a course where all modules are published."""
    for name in ("CAMPUS_WORK", *GRADING_VARIABLES):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "course"
    released = folder / "release" / FOLDER
    released.mkdir(parents=True)
    for name in ("programme.yml", "competences.yml"):
        shutil.copy(paths.course() / name, folder)
    monkeypatch.setenv("CAMPUS_COURSE", str(folder))
    modules = tuple(map(card.card, publication.authored()))
    card.write(publication.path(), card.Publication(modules, {}))
    (released / f"{FOLDER}.ipynb").write_text('{"cells": []}')
    (released / ".exercises.json").write_text("{}")
    workspace.sync([released], tmp_path / "travail")
    return tmp_path / "travail"


@pytest.fixture
def version(space: Path) -> int:
    return next(one.version for one in offer().modules if one.folder_name == FOLDER)


def test_points_are_those_of_the_home_page(space: Path, version: int) -> None:
    for points in (0.5, 2, 1):
        event = Event("verdict", FOLDER, version, "unite", state="partial", points=points, max_points=2)
        journal.record(space / FOLDER, event)
    now, told = course.where(space, FOLDER, version), home(space).progress.modules["F02"]
    assert (now["points"], now["max"]) == (told.points, told.max_points) == (2, told.max_points)
    assert now["exercises"]["unite"] == {"state": "partial", "points": 2, "max": 2, "lost": 1}
    assert all(one["state"] == "" for key, one in now["exercises"].items() if key != "unite")
    assert "note" not in now["exercises"], "a person reads it"


def test_an_answer_that_was_erased_is_worth_nothing_any_more(space: Path, version: int) -> None:
    answers = AnswersFile(space / FOLDER, FOLDER)
    event = Event("verdict", FOLDER, version, "unite", state="right", points=2, max_points=2, way="form")
    journal.record(space / FOLDER, event)
    answers.set("unite", "a", module=FOLDER, version=version)
    assert course.where(space, FOLDER, version)["exercises"]["unite"]["lost"] == 0
    answers.set("unite", None, module=FOLDER, version=version)
    assert course.where(space, FOLDER, version)["exercises"]["unite"]["lost"] == 2


@pytest.mark.parametrize(("worth", "lost"), [(0, 2), (0.5, 1.5), (2, 0), (3, 0)])
def test_an_answer_changed_since_its_verdict_is_judged_as_it_is(
    space: Path, version: int, monkeypatch: pytest.MonkeyPatch, worth: float, lost: float
) -> None:
    """So is a game begun again, whose moves are saved and not verified yet."""
    event = Event("verdict", FOLDER, version, "unite", state="right", points=2, max_points=2, way="form")
    journal.record(space / FOLDER, event)
    later = {"value": "b", "saved_at": "2999-01-01T00:00:00+00:00"}
    (space / FOLDER / "reponses.json").write_text(json.dumps({"answers": {"unite": later}}))
    judged: list[str] = []

    def judge(exercise: str, folder: Path) -> Verdict:
        judged.append(exercise)
        return Verdict("partial", worth, 2, [])

    monkeypatch.setattr(course, "judge_saved", judge)
    for _ in range(2):
        assert course.where(space, FOLDER, version)["exercises"]["unite"]["lost"] == lost
    assert judged == ["unite"], "once for each answer saved"


def test_an_answer_that_cannot_be_judged_is_worth_nothing(space: Path, version: int) -> None:
    event = Event("verdict", FOLDER, version, "unite", state="right", points=2, max_points=2, way="form")
    journal.record(space / FOLDER, event)
    later = {"value": "b", "saved_at": "2999-01-01T00:00:00+00:00"}
    (space / FOLDER / "reponses.json").write_text(json.dumps({"answers": {"unite": later}}))
    assert course.where(space, FOLDER, version)["exercises"]["unite"]["lost"] == 2


def test_an_answer_by_form_is_told_without_what_it_is(space: Path, version: int) -> None:
    answers = {"answers": {"note": {"value": "Mon texte."}, "unite": {"value": None}}}
    (space / FOLDER / "reponses.json").write_text(json.dumps(answers))
    now = course.where(space, FOLDER, version)
    assert now["answered"] == ["note"]
    assert "Mon texte" not in json.dumps(now)


def test_what_is_next_is_never_the_module_itself(space: Path, version: int) -> None:
    found = course.where(space, FOLDER, version)["next"]
    assert found["path"] == "F03-controler-et-reparer/F03-controler-et-reparer.ipynb"
    assert found["title"].startswith("F03 – ")
    assert found["why"] == ""


def next_after(space: Path, id: str) -> str:
    """Return what the end of a module proposes: an id, and why."""
    one = next(one for one in offer().modules if one.id == id)
    found = course.where(space, one.folder_name, one.version)["next"]
    return f"{found['title'].split(' ')[0]} {found['why']}".strip() if found else ""


def ids_of(track: str) -> list[str]:
    """Return the modules of a track, in its order."""
    return next([module.id for module in one.modules] for one in offer().tracks if one.id == track)


def do(space: Path, *ids: str) -> None:
    for one in offer().modules:
        for key, points in one.exercises.items() if one.id in ids else ():
            event = Event("verdict", one.folder_name, one.version, key, state="right", points=points)
            journal.record(space / one.folder_name, event)


def begin(space: Path, id: str) -> None:
    one = next(one for one in offer().modules if one.id == id)
    event = Event("verdict", one.folder_name, one.version, next(iter(one.exercises)), state="wrong")
    journal.record(space / one.folder_name, event)


def test_each_module_leads_to_the_next_of_the_programme_once_those_before_are_done(space: Path) -> None:
    for track in offer().tracks:
        ids = [one.id for one in track.modules]
        for here, after in pairwise(ids):
            do(space, "F01", here)
            assert next_after(space, here) == after


def test_what_a_module_asks_for_comes_first_and_what_was_missed_comes_last(space: Path) -> None:
    ids = [one.id for one in offer().tracks[0].modules]
    assert next_after(space, "F01") == "F02"
    assert next_after(space, "F02") == "F03"
    assert next_after(space, "F03") == "F01 à faire avant F04", "F04 asks for F02, which asks for F01"
    do(space, "F01")
    assert next_after(space, ids[-1]) == "F02 laissé de côté dans ce parcours"
    do(space, *ids)
    assert next_after(space, ids[-1]).endswith("d’un autre parcours")
    do(space, *(one.id for one in offer().modules))
    assert [next_after(space, one.id) for one in offer().modules] == [""] * len(offer().modules)


def test_the_track_followed_leads_wherever_one_is(space: Path) -> None:
    do(space, "F01", "F02")
    journal.record(space / FOLDER, Event("track", choice="decideurs"))
    leaders = ids_of("decideurs")
    assert next_after(space, "F02") == leaders[0]
    do(space, *leaders)
    assert next_after(space, leaders[-1]) == "F03 d’un autre parcours"
    assert next_after(space, "F02") == "F03"


def test_after_the_last_module_of_a_track_comes_the_track_followed_else_what_the_home_page_proposes(
    space: Path,
) -> None:
    leaders = ids_of("decideurs")
    do(space, "F01", "F02", *leaders)
    begin(space, "F05")
    begin(space, "K01")
    proposed = home(space).progress.next
    assert proposed and proposed.folder.startswith("K01"), "the last one begun"
    assert next_after(space, leaders[-1]) == "K01 déjà commencé"
    journal.record(space / FOLDER, Event("track", choice="decideurs"))
    assert next_after(space, leaders[-1]) == "K01 déjà commencé", "nothing is left in this track"
    journal.record(space / FOLDER, Event("track", choice="fondamentaux"))
    assert next_after(space, leaders[-1]) == "F03", (
        "the first of the track that is not done, whatever was begun further"
    )


def test_what_was_worked_on_before_is_said(space: Path) -> None:
    do(space, "F01", "F02", "F03")
    journal.record(space / FOLDER, Event("restart", "F03-controler-et-reparer"))
    assert next_after(space, "F02") == "F03 déjà travaillé, à reprendre"
    begin(space, "F03")
    assert next_after(space, "F02") == "F03 déjà commencé"


def test_the_first_prediction_is_the_one_that_is_kept(space: Path, version: int) -> None:
    for choice in ("plus", "moins"):
        course.predict(space, FOLDER, version, "c1", choice)
    course.predict(space, FOLDER, version, "c2", "")
    assert course.where(space, FOLDER, version)["predictions"] == {"c1": "plus", "c2": ""}
    assert course.where(space, FOLDER, version + 1)["predictions"] == {}


def test_a_module_begun_again_stands_at_its_beginning(space: Path, version: int) -> None:
    pristine = course.where(space, FOLDER, version)
    for key, points in offer().modules[1].exercises.items():
        event = Event("verdict", FOLDER, version, key, state="right", points=points, max_points=points)
        journal.record(space / FOLDER, event)
    course.predict(space, FOLDER, version, "c1", "plus")
    assert home(space).progress.modules["F02"].state == "done"
    tries = len(journal.read(space))
    ACTIONS["recommencer"](Request(space, FOLDER, "", ""))
    now = course.where(space, FOLDER, version)
    assert {**now, "modified": ""} == {**pristine, "modified": ""}
    assert home(space).progress.modules["F02"].state == "new"
    assert FOLDER in home(space).reached, "the card was theirs: the module was done"
    assert len(journal.read(space)) > tries, "the tries are still in the journal"
    course.predict(space, FOLDER, version, "c1", "moins")
    assert course.where(space, FOLDER, version)["predictions"] == {"c1": "moins"}


def test_the_journal_and_the_offer_are_read_once(
    space: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    for module, name in ((journal, "read"), (home_page, "offer"), (course, "offer")):
        real = getattr(module, name)
        monkeypatch.setattr(
            module, name, lambda *given, real=real, name=name: asked.append(name) or real(*given)
        )
    course.where(space, FOLDER, version)
    assert sorted(asked) == ["offer", "read"]
    asked.clear()
    course.predict(space, FOLDER, version, "c1", "plus")
    assert asked == ["read"]


def test_a_broken_programme_leaves_a_module_open(space: Path, version: int) -> None:
    before = course.where(space, FOLDER, version)
    (paths.course() / "programme.yml").write_text("tracks: [")
    assert course.where(space, FOLDER, version) == before


@pytest.mark.parametrize("gone", [".exercises.json", f"{FOLDER}.ipynb"])
def test_a_missing_file_is_told_and_put_back(space: Path, version: int, gone: str) -> None:
    (space / FOLDER / gone).unlink()
    assert course.where(space, FOLDER, version)["missing"]
    assert "remis en place" in actions.complete(space, FOLDER).message
    assert (space / FOLDER / gone).exists()
    assert not course.where(space, FOLDER, version)["missing"]


def test_a_file_whose_original_is_gone_too_says_what_to_do(space: Path) -> None:
    (space / FOLDER / ".exercises.json").unlink()
    shutil.rmtree(space / ".campus" / "origine")
    with pytest.raises(ActionError, match="Relancez « make lab »"):
        actions.complete(space, FOLDER)


@pytest.mark.parametrize("name", ["..", ".campus", f"{FOLDER}/..", "", "absent", "/etc"])
def test_only_a_folder_of_the_space_is_asked_about(space: Path, name: str) -> None:
    assert not workspace.is_folder(space, name)
    assert workspace.is_folder(space, FOLDER)


def test_an_older_version_kept_for_its_work_is_told(space: Path, version: int) -> None:
    (space / ".campus" / workspace.KEPT).write_text(json.dumps([FOLDER]))
    assert course.where(space, FOLDER, version)["newer"]
