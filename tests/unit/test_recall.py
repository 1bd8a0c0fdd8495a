"""The questions that a module begins with: their bank, their panels, and what of them reaches grading."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring.pipeline import BuiltModule
from autograder.authoring.recall import bank, earlier
from autograder.checks.exercises import load_exercises
from autograder.contract.names import GRADING_VARIABLES
from autograder.forms import recall
from autograder.forms.recall import ALL_RECALLED, NOT_GRADED, RecallPanel
from autograder.modules import load
from autograder.modules.load import load_module, load_modules
from autograder.modules.model import Module
from autograder.progress import journal


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, built_module: Callable[[str, Path], BuiltModule]) -> Path:
    return built_module("F02", tmp_path_factory.mktemp("course")).source


@pytest.fixture
def folder(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """F02 in a learner's space."""
    folder = tmp_path / built.name
    folder.mkdir()
    (tmp_path / ".campus").mkdir()
    (folder / ".exercises.json").write_bytes((built / ".exercises.json").read_bytes())
    for name in ("CAMPUS_WORK", *GRADING_VARIABLES):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(folder)
    return folder


def test_a_module_asks_about_what_comes_before_it_and_the_first_one_asks_nothing() -> None:
    first, second = load_modules(["F01", "F02"])
    assert earlier(first) == []
    assert [module.id for module in earlier(second)] == ["F01"]
    assert len(bank(second)) >= 4
    assert all(question["about"].startswith(first.folder_name) for question in bank(second))


def test_a_question_of_an_optional_step_is_asked_of_who_answered_there(folder: Path) -> None:
    asked_of = {one.about.partition("/")[2]: one.asked_of for one in load_exercises(folder).recall}
    assert asked_of["seuil"] == "begun" and asked_of["erreurs"] == "answered"


def test_a_copy_released_before_a_key_was_added_still_opens(folder: Path) -> None:
    path = folder / ".exercises.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for question in data["recall"]:
        del question["optional"]
    path.write_text(json.dumps(data), encoding="utf-8")
    assert {one.asked_of for one in load_exercises(folder).recall} <= {"begun", "code"}


def test_no_feedback_can_be_read_before_an_answer(built: Path) -> None:
    text = (built / ".exercises.json").read_text(encoding="utf-8")
    for exercise in load_modules(["F01"])[0].exercises.values():
        for message in exercise.recall.get("feedback", {}).values():
            assert json.dumps(message, ensure_ascii=False)[1:-1] not in text


def test_every_option_has_its_own_answer_and_one_is_right(folder: Path) -> None:
    exercises = load_exercises(folder)
    for question in exercises.recall:
        panel = RecallPanel(folder)
        panel.ask(exercises, question, "question 1 sur 3")
        shown = {}
        for option in question.form["options"]:
            panel._receive(panel, {"request": option, "action": "check", "value": option}, [])
            shown[option] = panel.verdict
        assert sum("Juste" in verdict for verdict in shown.values()) == 1
        assert len(set(shown.values())) == len(shown)
        assert not any("point" in verdict.split("</p>")[0] for verdict in shown.values())


def test_answers_are_remembered_by_their_state_alone_and_change_the_next_choice(folder: Path) -> None:
    exercises = load_exercises(folder)
    last = exercises.recall[-1]
    panel = RecallPanel(folder)
    panel.ask(exercises, last, "question 1 sur 1")
    for option in last.form["options"]:
        panel._receive(panel, {"request": "1", "action": "check", "value": option}, [])
    states = [event.state for event in journal.read(folder.parent)]
    assert sorted(states) == ["right", *["wrong"] * (len(states) - 1)]
    assert not (folder / "reponses.json").exists()


def test_grading_shows_one_line_and_draws_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert repr(recall()) == NOT_GRADED


def test_a_module_is_read_once_by_all_those_that_follow_it_and_again_once_changed(
    modules: Path, edit: Callable[[str, str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def counted(folder: Path) -> Module:
        read.append(folder.name)
        return load_module(folder)

    monkeypatch.setattr(load, "load_module", counted)
    first, second = load.load_once(modules / "X01-essai"), load.load_once(modules / "X01-essai")
    assert first is second
    edit("module.yml", "version: 1", "version: 2")
    assert load.load_once(modules / "X01-essai").version == 2
    assert read == ["X01-essai"] * 2


def test_who_has_begun_nothing_sees_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert recall() is None
    assert capsys.readouterr().out == ""
    begun = journal.Event("verdict", "F01-prendre-en-main", 1, "seuil", way="form", state="right")
    journal.record(folder, begun)
    recall()
    assert "Pour se remettre en mémoire" in capsys.readouterr().out


def test_who_has_found_all_the_questions_today_is_told_so(folder: Path) -> None:
    begun = journal.Event("verdict", "F01-prendre-en-main", 1, "seuil", way="form", state="right")
    journal.record(folder, begun)
    for question in load_exercises(folder).recall:
        asked = journal.Event("recall", "X01-essai", 1, "recall", state="right", about=question.about)
        journal.record(folder, asked)
    assert repr(recall()) == ALL_RECALLED
