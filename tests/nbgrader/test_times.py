"""A slow copy holds up nobody, and loses nothing in silence."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from autograder.grading.batch import cli, run
from autograder.grading.batch.run import Report
from autograder.grading.config import MARK
from autograder.grading.engine.engine import Copy, Graded
from tests.nbgrader.batch_course import BatchCourse, FakeEngine, source_of
from tests.security.graded import Assignment, answers_file, our_assignment

SLOW = "total = long()"


@dataclass
class SlowEngine(FakeEngine):
    """Finds that slow code has used up the time that it is given, unless that is all the time of a notebook."""

    turns: list[tuple[str, float | None]] = field(default_factory=list)

    def grade(self, copy: Copy) -> Graded:
        code = source_of(copy.notebook, "somme-answer")
        self.turns.append((code, copy.seconds))
        return replace(super().grade(copy), late="long()" in code and copy.seconds is not None)


@pytest.fixture
def course(course: BatchCourse) -> BatchCourse:
    """A released module, and a copy that comes after two slow ones."""
    course.engine = SlowEngine()
    course.hand_in("ada", SLOW)
    course.hand_in("bob", SLOW + "  # autrement")
    course.hand_in("zoe")
    return course


def turns(course: BatchCourse) -> list[tuple[str, float | None]]:
    assert isinstance(course.engine, SlowEngine)
    return course.engine.turns


def test_a_slow_copy_comes_after_the_others_with_all_of_its_time(course: BatchCourse) -> None:
    assert course.grade(workers=1).graded == 3
    last = turns(course)[3:]
    assert {seconds for _, seconds in turns(course)[:3]} == {45}
    assert [seconds for _, seconds in last] == [None, None]
    assert all(SLOW in code for code, _ in last)


def test_slow_copies_without_time_left_are_told_and_keep_what_they_had(
    course: BatchCourse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    course.hand_in("ada")
    course.grade(learners=("ada",))
    before = (course.folder("ada") / MARK).read_bytes()
    course.hand_in("ada", SLOW)
    monkeypatch.setattr(run, "SLOW_SECONDS", 0)
    report = course.grade()
    assert (report.ok, sorted(report.postponed), report.graded) == (False, ["ada", "bob"], 1)
    assert (course.folder("ada") / MARK).read_bytes() == before
    assert not course.folder("bob").exists()
    assert said(report, capsys).startswith("1 copie(s) corrigée(s)")
    assert "2 copie(s) à reprendre" in said(report, capsys)
    assert "« campus grade T01-essai --patient »" in said(report, capsys)
    again = course.grade(patient=True)
    assert (again.ok, again.graded, again.unchanged) == (True, 2, 1)


def said(report: Report, capsys: pytest.CaptureFixture[str]) -> str:
    cli._print_report("T01-essai", report, None)
    return capsys.readouterr().err


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return our_assignment(tmp_path)


def test_what_a_stopped_copy_answered_by_form_counts(assignment: Assignment, tmp_path: Path) -> None:
    with assignment.engine:
        nb = assignment.copy({"somme-answer": "while True: pass"})
        (tmp_path / "reponses.json").write_text(answers_file(couleur="b")["reponses.json"])
        graded = assignment.engine.grade(Copy(nb, tmp_path, seconds=0.5))
    assert graded.late
    assert any("les formulaires comptent" in flag or "temps dépassé" in flag for flag in graded.flags)
    shown = next(
        cell for cell in graded.notebook.cells if cell.get("id") and "couleur-check" in str(cell.metadata)
    )
    assert shown.outputs[-1].data["text/plain"] == "2"


def test_names_and_reasons_can_forge_nothing_in_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    forged = "mia\n  z_honnete : 0 point, fraude prouvée\x1b[2J"
    report = Report(
        failed={forged: "Le carnet\x1b]0;titre\x07"},
        flags={forged: ("copie faite\n  z_honnete : fraude", "x" * 3_000_000)},
    )
    text = said(report, capsys)
    assert "\x1b" not in text and "\x07" not in text
    assert not any(line.strip().startswith("z_honnete") for line in text.split("\n"))
    assert len(text) < 10_000


def test_what_is_the_same_for_several_copies_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    note = "copie faite sur la version 2 du module, corrigée avec la version 3"
    report = Report(flags={f"l{number:02}": (note,) for number in range(29)})
    text = said(report, capsys)
    assert text.count(note) == 1
    assert "29 copies (l00, l01, " in text and "l11 et 17 autres) : copie" in text


def test_a_weaker_protection_is_said_in_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Landlock, sans espaces de noms" in said(Report(tiers={"namespaces", "landlock"}), capsys)
