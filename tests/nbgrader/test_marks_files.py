"""`campus marks`: every mark where the administration keeps it, and nothing that looks like a mark and is none."""

import csv
import io
import shutil
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.followup.learner import Learner
from autograder.followup.marks.moodle import moodle as to_moodle
from autograder.followup.marks.moodle import told
from autograder.followup.marks.read import Copy, Marks, ModuleMarks
from autograder.grading.config import COURSE_ID
from autograder.grading.marks import Result
from tests.nbgrader.batch_course import MODULE, BatchCourse, make_course

SILENT = {"couleur": "b"}  # no free answer: nothing waits
CONFIG = '\nc.LateSubmissionPlugin.penalty_method = "zero"\n'
HOSTILE = {
    "formule": ("=1+1", "@SUM(A1)"),
    "virgule": ("Dupont, Martin", 'dit "Le; Grand"'),
    "ligne": ("deux\nlignes", "\tZoé"),
    "arabe": ("\u202eéoZ", "\u200bخالد"),
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> BatchCourse:
    """Ada: right, not read yet. Bob: half right, late. Carl: absent. Dora: handed in, not graded."""
    course = make_course(tmp_path_factory.mktemp("marks"))
    enrol(course, "ada", "Lovelace", "Ada", "ada@ville.fr")
    enrol(course, "bob", "Boole", "Bob", "bob@ville.fr")
    enrol(course, "carl", "Gauß", "Carl", "carl@ville.fr")
    with opened(course) as gradebook:
        gradebook.update_or_create_assignment(MODULE, duedate="2026-07-01 14:30 Europe/Paris")
    course.hand_in("ada", timestamp="2026-07-01 12:00:00 UTC")
    course.hand_in("bob", "total = 2", SILENT, timestamp="2026-07-01 14:35:00 UTC")
    course.grade()
    course.hand_in("dora")
    return course


@pytest.fixture
def course(template: BatchCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BatchCourse:
    shutil.copytree(template.root, tmp_path / "course")
    monkeypatch.setenv("CAMPUS_COURSE", str(tmp_path / "course"))
    return BatchCourse(tmp_path / "course", template.store)


def opened(course: BatchCourse) -> Gradebook:
    return Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID)


def enrol(course: BatchCourse, learner: str, last: str = "", first: str = "", email: str = "") -> None:
    with opened(course) as gradebook:
        gradebook.update_or_create_student(learner, last_name=last, first_name=first, email=email)


def mark(course: BatchCourse, learner: str, score: float) -> None:
    with opened(course) as gradebook:
        grade = gradebook.find_grade("avis-answer", MODULE, MODULE, learner)
        grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.db.commit()


def sheet(path: Path, delimiter: str = ";") -> dict[str, dict[str, str]]:
    """Read a file as a spreadsheet does: rows by their first cell, cells by their heading."""
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=delimiter))
    return {next(iter(row.values())): row for row in rows}


def totals(course: BatchCourse, *arguments: str) -> dict[str, dict[str, str]]:
    assert main(["marks", *arguments]) == 0
    return sheet(course.root / "exports" / "notes.csv")


def test_each_person_has_a_row_and_absent_is_not_zero(course: BatchCourse) -> None:
    rows = totals(course)
    assert list(rows) == ["bob", "dora", "carl", "ada"], "in order of names"
    own = {
        who: [row[f"T01 {name}"] for name in ("état", "points", "sur", "acquis")] for who, row in rows.items()
    }
    assert own == {
        "ada": ["provisoire", "4", "6", "oui"],
        "bob": ["noté", "2", "6", "non"],
        "carl": ["absent", "", "6", ""],
        "dora": ["à corriger", "", "6", "en attente"],
    }


def test_a_provisional_total_is_told_until_the_answer_is_read(
    course: BatchCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert totals(course)["ada"]["T01 réponses libres à lire"] == "1"
    said = capsys.readouterr().err
    assert "provisoire pour 1 copie ; 1 réponse libre à lire" in said
    assert "1 copie à corriger" in said and f"« campus grade {MODULE} »" in said
    mark(course, "ada", 1.5)
    row = totals(course)["ada"]
    assert (row["T01 état"], row["T01 points"], row["T01 réponses libres à lire"]) == ("noté", "5,5", "0")
    assert "provisoire" not in capsys.readouterr().err


def test_whether_it_is_acquired_may_hang_on_what_waits(course: BatchCourse) -> None:
    course.hand_in("eve", "total = 2", timestamp="2026-07-01 10:00:00 UTC")
    course.grade()
    assert totals(course)["eve"]["T01 acquis"] == "en attente"


def test_lateness_and_penalty_are_there(course: BatchCourse) -> None:
    row = totals(course)["bob"]
    assert row["T01 rendu le"].startswith("2026-07-01 à ")
    assert (row["T01 retard"], row["T01 pénalité de retard"]) == ("2\u00a0h\u00a005", "0")
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(CONFIG)
    course.grade(force=True)
    row = totals(course)["bob"]
    assert (row["T01 points"], row["T01 pénalité de retard"]) == ("0", "2")


def test_the_second_file_gives_the_points_of_each_exercise(course: BatchCourse) -> None:
    totals(course)
    rows = sheet(course.root / "exports" / "notes-par-exercice.csv")
    headings = [
        f"T01 Exercice {title} (sur 2)" for title in ("1 — La somme", "2 — La couleur", "3 — Votre avis")
    ]
    assert list(rows["ada"])[4:] == headings
    assert [rows["ada"][one] for one in headings] == ["2", "2", "à lire"]
    assert [rows["bob"][one] for one in headings] == ["0", "2", "0"]
    assert {rows["carl"][one] for one in headings} == {"absent"}


def test_a_later_copy_that_nobody_graded_is_told(course: BatchCourse) -> None:
    mark(course, "ada", 2)
    course.hand_in("ada", timestamp="2026-07-01 12:20:00 UTC")
    row = totals(course)["ada"]
    assert (row["T01 état"], row["T01 points"], row["T01 acquis"]) == (
        "nouvelle copie à corriger",
        "6",
        "en attente",
    )


def test_files_are_closed_to_others_and_as_spreadsheets_want_them(
    course: BatchCourse, tmp_path: Path
) -> None:
    totals(course)
    folder = course.root / "exports"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.iterdir():
        data = path.read_bytes()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\n") == data.count(b"\r\n") == 5
    assert main(["marks", "T01", "--output", str(tmp_path / "mars.csv")]) == 0
    assert sheet(tmp_path / "mars.csv") == sheet(folder / "notes.csv")
    assert sheet(tmp_path / "mars-par-exercice.csv") == sheet(folder / "notes-par-exercice.csv")


def test_hostile_names_stay_in_their_cells(course: BatchCourse) -> None:
    for learner, (last, first) in HOSTILE.items():
        enrol(course, learner, last, first)
    rows = totals(course)
    assert {who: (rows[who]["nom"], rows[who]["prénom"]) for who in HOSTILE} == {
        "formule": ("'=1+1", "'@SUM(A1)"),
        "virgule": ("Dupont, Martin", 'dit "Le; Grand"'),
        "ligne": ("deux lignes", "Zoé"),
        "arabe": ("éoZ", "خالد"),
    }


def test_two_hundred_people_each_have_their_row(course: BatchCourse) -> None:
    with opened(course) as gradebook:
        for number in range(200):
            gradebook.add_student(f"a{number:03}", last_name=f"Nom {number}")
    rows = totals(course)
    assert len(rows) == 204
    assert {rows[f"a{number:03}"]["T01 état"] for number in range(200)} == {"absent"}


def moodle(course: BatchCourse, *arguments: str) -> list[list[str]]:
    assert main(["marks", "--format", "moodle", *arguments]) == 0
    return list(csv.reader((course.root / "exports" / "notes-moodle.csv").read_text("utf-8").splitlines()))


def test_moodle_gets_what_is_final_and_nothing_else(
    course: BatchCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert moodle(course) == [["Email address", "T01"], ["bob@ville.fr", "2"]]
    said = capsys.readouterr().err
    assert f"{MODULE}, note provisoire laissée de côté : ada." in said and "--with-unread" in said
    assert "T01 sur 6" in said
    assert moodle(course, "--with-unread")[1:] == [["bob@ville.fr", "2"], ["ada@ville.fr", "4"]]
    mark(course, "ada", 0.5)
    assert moodle(course)[1:] == [["bob@ville.fr", "2"], ["ada@ville.fr", "4.5"]]


def test_who_has_no_address_of_their_own_is_told(
    course: BatchCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    for learner, email in {"eve": "", "fay": "bob@ville.fr", "guy": "=1+1@ville.fr"}.items():
        enrol(course, learner, email=email)
        course.hand_in(learner, forms=SILENT)
    course.grade()
    capsys.readouterr()
    assert moodle(course) == [["Email address", "T01"]]
    said = capsys.readouterr().err
    assert "faute d’adresse de courriel : dora, eve, guy." in said
    assert "celle de quelqu’un d’autre : bob, fay." in said


def test_an_empty_cell_would_erase_a_mark_in_moodle_and_it_is_told() -> None:
    result = Result("ada", "", 4, 0, 6, 0, 3)
    copy = Copy(result, {}, None, timedelta(), is_outdated=False)
    modules = [
        ModuleMarks("F01-a", 6, {}, {"ada": copy}, frozenset()),
        ModuleMarks("F02-b", 20, {}, {}, frozenset()),
    ]
    marks = Marks({"ada": Learner("ada", email="ada@ville.fr")}, modules)
    made = to_moodle(marks, with_unread=False)
    assert made.rows == [["Email address", "F01", "F02"], ["ada@ville.fr", "4", ""]]
    assert any("efface" in line for line in told(made, marks))


def test_without_any_address_moodle_gets_identifiers(course: BatchCourse) -> None:
    for learner in ("ada", "bob", "carl"):
        enrol(course, learner)
    assert moodle(course) == [["ID number", "T01"], ["bob", "2"]]


def test_a_module_that_is_unknown_or_a_gradebook_that_is_damaged_is_explained(
    course: BatchCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["marks", "Z99"]) == 1
    assert "aucun module de ce nom" in capsys.readouterr().err
    (course.root / "gradebook.db").write_bytes(b"ceci n'est pas une base" * 1_000)
    assert main(["marks"]) == 1
    said = capsys.readouterr().err
    assert "est abîmé" in said and "Traceback" not in said
    assert not (course.root / "exports").exists()
