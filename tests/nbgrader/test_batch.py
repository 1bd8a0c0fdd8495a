"""`campus grade`, with an engine that runs nothing: what is graded, reused, left alone, refused."""

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder import fingerprint
from autograder.authoring.pipeline import build
from autograder.cli import main
from autograder.grading import gradebook_file
from autograder.grading.batch.module import find_module, load_graded_module
from autograder.grading.batch.outdated import outdated
from autograder.grading.batch.result import Result
from autograder.grading.batch.reuse import ResultStore
from autograder.grading.config import COURSE_ID, MARK
from autograder.grading.engine.engine import Copy, Graded
from autograder.grading.errors import GradingError
from autograder.progress.tries import Try
from tests.nbgrader.batch_course import MODULE, MODULES, RIGHT, BatchCourse, FakeEngine, score


def test_every_copy_is_graded_and_one_bad_copy_stops_no_other(course: BatchCourse) -> None:
    course.hand_in("ada")
    course.hand_in("bob", "total = 1", {"couleur": "a"})
    (course.hand_in("cleo") / f"{MODULE}.ipynb").write_text('{"cells": [')
    course.hand_in("dina", "casser le moteur")
    (course.hand_in("eve") / f"{MODULE}.ipynb").unlink()
    report = course.grade(workers=2)
    assert (score(course, "ada"), score(course, "bob")) == (4, 0)
    assert report.graded == 2
    assert "n’est pas lisible" in report.failed["cleo"]
    assert "le moteur est cassé" in report.failed["dina"]
    assert f"{MODULE}.ipynb manque" in report.failed["eve"]
    assert not report.ok
    assert not course.folder("cleo").exists()


def test_what_is_done_is_left_alone_and_what_changed_is_graded_again(course: BatchCourse) -> None:
    for learner in ("ada", "bob"):
        course.hand_in(learner, f"total = {learner!r}")
    course.grade()
    course.hand_in("bob", RIGHT)
    engine = FakeEngine()
    report = course.grade(engine)
    assert (report.graded, report.unchanged, engine.runs) == (1, 1, [RIGHT])
    assert score(course, "bob") == 4


@pytest.mark.parametrize(
    "changed",
    [
        "activities/committee/rule.py",
        "activities/inbox/bank.yml",
        "assistant/claims.py",
        "checks/kinds/scalars.py",
    ],
)
def test_after_a_rule_a_bank_or_a_text_changed_copies_are_graded_again(
    course: BatchCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    package = tmp_path / "autograder"
    shutil.copytree(fingerprint.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fingerprint, "PACKAGE", package)
    names_activities(course, ["committee", "inbox"])
    course.hand_in("ada")
    course.grade()
    assert course.grade().unchanged == 1
    with (package / changed).open("a") as file:
        file.write("\n")
    report = course.grade()
    assert (report.graded, report.reused, report.unchanged) == (1, 0, 0)


def test_after_an_activity_changed_only_the_modules_that_use_it_are_graded_again(
    course: BatchCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "autograder"
    shutil.copytree(fingerprint.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fingerprint, "PACKAGE", package)
    names_activities(course, ["committee"])
    course.hand_in("ada")
    course.grade()
    for file, again in (("inbox/bank.yml", 0), ("committee/README.md", 0), ("committee/rule.py", 1)):
        with (package / "activities" / file).open("a") as opened:
            opened.write("\n")
        assert course.grade().graded == again, file


def names_activities(course: BatchCourse, names: list[str]) -> None:
    """Have the module's table say that it was built with these activities."""
    private = course.root / "private" / f"{MODULE}.json"
    table = json.loads(private.read_text(encoding="utf-8"))
    table["built_from"]["activities"] = names
    private.write_text(json.dumps(table), encoding="utf-8")


def test_a_build_older_than_the_text_or_the_program_is_told(
    course: BatchCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "depot"
    shutil.copytree(MODULES / MODULE, home / "modules" / MODULE)
    monkeypatch.setenv("CAMPUS_HOME", str(home))
    assert outdated(MODULE, course.root) is None
    with monkeypatch.context() as patch:
        patch.setattr(fingerprint, "NOT_BUILDING", (*fingerprint.NOT_BUILDING, "checks"))
        assert "Le logiciel ou l’environnement a changé" in str(outdated(MODULE, course.root))
    with (home / "modules" / MODULE / "answers.yml").open("a") as file:
        file.write("# une remarque\n")
    told = str(outdated(MODULE, course.root))
    assert "Le texte du module a changé" in told
    assert f"« campus build {MODULE} »" in told


def test_points_lost_from_the_gradebook_are_written_again(course: BatchCourse) -> None:
    """What an interrupted `nbgrader autograde` leaves, and then skips."""
    course.hand_in("ada")
    course.grade()
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        gradebook.find_grade("somme-check", MODULE, MODULE, "ada").auto_score = 0
        gradebook.db.commit()
    assert course.grade().graded == 1
    assert score(course, "ada") == 4


def test_the_same_input_is_run_once_whenever_each_answer_was_saved(course: BatchCourse) -> None:
    for number in range(5):
        course.hand_in(
            f"l{number}",
            saved_at=f"2026-01-0{number + 1}T00:00:00+00:00",
            timestamp=f"2026-02-0{number + 1} 00:00:00 UTC",
        )
    report = course.grade(workers=3)
    assert (report.graded, report.reused, len(course.engine.runs)) == (5, 4, 1)
    again = course.grade(force=True)
    assert (again.graded, again.reused, len(course.engine.runs)) == (5, 5, 1)
    fresh = course.grade(force=True, reuse=False)
    assert (fresh.graded, fresh.reused, len(course.engine.runs)) == (5, 0, 6)


@pytest.mark.parametrize(
    "change",
    [
        lambda course: course.hand_in("bob", RIGHT + "  # un autre texte"),
        lambda course: course.hand_in("bob", forms={"couleur": "a"}),
        lambda course: (course.hand_in("bob") / "donnees.csv").write_text("1"),
    ],
)
def test_another_input_is_run(course: BatchCourse, change: object) -> None:
    course.hand_in("ada")
    course.grade()
    assert callable(change)
    change(course)
    assert course.grade().reused == 0
    assert len(course.engine.runs) == 2


def test_another_build_of_the_module_is_run(course: BatchCourse) -> None:
    course.hand_in("ada")
    course.grade()
    private = course.root / "private" / f"{MODULE}.json"
    private.write_text(json.dumps(json.loads(private.read_text()) | {"fingerprint": "autre"}))
    report = course.grade()
    assert (report.graded, report.reused) == (1, 0)


def test_a_module_that_says_so_is_never_reused(course: BatchCourse) -> None:
    private = course.root / "private" / f"{MODULE}.json"
    private.write_text(json.dumps(json.loads(private.read_text()) | {"deterministic": False}))
    for learner in ("ada", "bob"):
        course.hand_in(learner)
    assert course.grade().reused == 0
    assert len(course.engine.runs) == 2


def test_what_a_module_says_of_itself_reaches_grading(tmp_path: Path) -> None:
    modules = tmp_path / "modules"
    shutil.copytree(MODULES, modules)
    with (modules / MODULE / "module.yml").open("a") as description:
        description.write("deterministic: false\n")
    (built,) = build([MODULE], tmp_path, root=modules)
    assert json.loads(built.private.read_text())["deterministic"] is False


def test_an_accident_is_flagged_and_not_kept_for_another_day(course: BatchCourse) -> None:
    for learner in ("ada", "bob"):
        course.hand_in(learner, "while True: pass")
    report = course.grade()
    assert report.flags == {"ada": ("boucle sans fin",), "bob": ("boucle sans fin",)}
    assert len(course.engine.runs) == 1
    course.grade(force=True)
    assert len(course.engine.runs) == 2
    assert course.grade().flags == report.flags  # said again, though nothing is run


def test_what_was_repaired_is_told(course: BatchCourse) -> None:
    folder = course.hand_in("ada")
    (folder / f"{MODULE}.ipynb").rename(folder / "copie.ipynb")
    (folder / "carnet de notes").symlink_to(course.root / "gradebook.db")
    report = course.grade()
    assert report.flags["ada"] == (
        "« carnet de notes » n’est pas un fichier ordinaire : laissé de côté",
        "carnet rendu sous un autre nom : copie.ipynb",
    )
    assert not (course.folder("ada") / "carnet de notes").exists()
    assert score(course, "ada") == 4


def test_a_failed_regrade_keeps_what_was_graded(course: BatchCourse) -> None:
    course.hand_in("ada")
    course.grade()
    course.hand_in("ada", "casser le moteur")
    assert "ada" in course.grade().failed
    assert score(course, "ada") == 4
    assert (course.folder("ada") / MARK).is_file()


def test_a_mark_handed_in_by_a_learner_counts_for_nothing(course: BatchCourse) -> None:
    course.hand_in("ada")
    course.grade()
    forged = (course.folder("ada") / MARK).read_bytes()
    (course.hand_in("bob", "total = 0") / MARK).write_bytes(forged)
    assert course.grade().graded == 1
    assert score(course, "bob") == 2


def test_only_the_chosen_learners(course: BatchCourse) -> None:
    for learner in ("ada", "bob"):
        course.hand_in(learner)
    assert course.grade(learners=("bob",)).done == ["bob"]
    with pytest.raises(GradingError, match="zoe"):
        course.grade(learners=("zoe",))


def test_two_runs_at_once_are_refused(course: BatchCourse) -> None:
    course.hand_in("ada")

    class Nested(FakeEngine):
        def grade(self, copy: Copy) -> Graded:
            with pytest.raises(GradingError, match="Une autre correction est en cours"):
                course.grade()
            return super().grade(copy)

    assert course.grade(Nested()).ok


def test_a_gradebook_taken_while_copies_are_graded_stops_the_run_and_loses_nothing(
    course: BatchCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gradebook_file, "WAIT_SECONDS", 0)
    course.hand_in("ada")
    course.grade()
    course.hand_in("ada", "total = 0")
    other = sqlite3.connect(course.root / "gradebook.db", isolation_level=None, check_same_thread=False)

    class Taken(FakeEngine):
        def grade(self, copy: Copy) -> Graded:
            other.execute("BEGIN EXCLUSIVE")
            return super().grade(copy)

    with pytest.raises(GradingError, match="occupé par un autre programme"):
        course.grade(Taken())
    assert (course.folder("ada") / MARK).is_file()
    other.close()
    assert score(course, "ada") == 4
    assert course.grade().graded == 1


def test_a_module_is_found_by_its_id_and_steps_of_an_institution_are_not_left_out(
    course: BatchCourse,
) -> None:
    assert find_module("t01", course.root) == MODULE
    with pytest.raises(GradingError, match="aucun module de ce nom"):
        find_module("F99", course.root)
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.Autograde.autograde_preprocessors = []\n")
    with pytest.raises(GradingError, match="autograde_preprocessors"):
        load_graded_module(MODULE, course.root)


def test_a_learner_reads_nothing_of_what_differs_for_everyone(course: BatchCourse) -> None:
    """Else a result would not be a function of its key."""
    seen: list[list[str]] = []

    class Looking(FakeEngine):
        def grade(self, copy: Copy) -> Graded:
            seen.append(sorted(os.listdir(copy.files)))
            assert "saved_at" not in (copy.files / "reponses.json").read_text()
            return super().grade(copy)

    (course.hand_in("ada", timestamp="2026-01-01 00:00:00 UTC") / "submission_secret.txt").write_text(
        "secret"
    )
    assert course.grade(Looking()).ok
    assert seen == [[".exercises.json", "reponses.json"]]


def test_odd_files_and_texts_stop_nothing(course: BatchCourse) -> None:
    folder = course.hand_in("ada", RIGHT + "\nprint('\\ud800')")
    (folder / ".exercises.json").unlink()
    (folder / ".exercises.json").mkdir()  # where one of the module's files goes
    (folder / ".exercises.json" / "piege").write_text("")
    with open(os.fsencode(folder) + b"/non-utf8-\xff.txt", "w"):
        pass
    os.mkfifo(folder / "tube")
    os.symlink(os.fsencode(course.root), os.fsencode(folder) + b"/lien-\xff")
    (folder / "timestamp.txt").write_text("avant-hier")
    (course.hand_in("bob") / "reponses.json").write_text('{"answers": {"couleur": {"value": "\\ud800"}}}')
    nested = course.hand_in("cleo") / f"{MODULE}.ipynb"
    nested.write_text('{"cells": ' + "[" * 100_000)
    report = course.grade()
    assert list(report.failed) == ["cleo"]
    assert "n’est pas lisible" in report.failed["cleo"]
    assert [flag.split(" : ")[0] for flag in report.flags["ada"]] == [
        r"« lien-\udcff », « tube » ne sont pas des fichiers ordinaires",
        "date de remise illisible (timestamp.txt)",
    ]
    assert (course.folder("ada") / ".exercises.json").is_file()


def test_an_output_with_half_characters_is_written(course: BatchCourse) -> None:
    class Printing(FakeEngine):
        def grade(self, copy: Copy) -> Graded:
            graded = super().grade(copy)
            graded.notebook.cells[-1].metadata["affichage"] = "\ud800"
            return graded

    course.hand_in("ada")
    assert course.grade(Printing()).ok
    assert '"affichage": "?"' in (course.folder("ada") / f"{MODULE}.ipynb").read_text(encoding="utf-8")


def test_only_the_last_used_results_are_kept(tmp_path: Path) -> None:
    store = ResultStore(tmp_path / "kept", max_results=2, max_bytes=10**6)
    result = Result("{}", {"a": 1.0}, {"b": None}, {}, {"a": Try("a", "wrong", 0, ("x",))}, (), "namespaces")
    for number, key in enumerate(("a", "b", "c")):
        store.put(key, result)
        os.utime(tmp_path / "kept" / f"{key}.json", (number, number))
    assert store.get("a") == result  # used again: « b » is now the oldest
    store.trim()
    assert [store.get(key) is not None for key in ("a", "b", "c")] == [True, False, True]
    (tmp_path / "kept" / "a.json").write_text("{")
    assert store.get("a") is None
    heavy = ResultStore(tmp_path / "kept", max_bytes=1)
    heavy.trim()
    assert heavy.get("c") is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["F99"], "aucun module de ce nom"),
        (["T01"], "Aucune copie du module"),
        (["T01", "--learner", "zoe"], "Aucune copie de zoe"),
    ],
)
def test_the_command_says_what_is_wrong(
    arguments: list[str],
    message: str,
    course: BatchCourse,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if "--learner" in arguments:
        course.hand_in("ada")
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    assert main(["grade", *arguments]) == 1
    assert message in capsys.readouterr().err
