"""`campus report` on a real gradebook: the pages, who may read them, what the administration is told, and told again."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from shlex import quote

import pytest
from nbgrader.api import Gradebook, Student
from sqlalchemy import delete, select

from autograder import paths
from autograder.cli import main
from autograder.followup.report.rows import Outcomes
from autograder.grading.config import COURSE_ID
from autograder.records.summary import Summary
from autograder.records.tables import OTHER, Answer, GradedCopy, Mistake, Person
from tests.made_up_cohort import MadeUp, made_up, write
from tests.nbgrader.batch_course import MODULE, MODULES, BatchCourse

EXERCISES = [
    MadeUp("somme", 0.4, 0.6, {"dernier": 0.5, "moyenne": 0.3, "ancien": 0.05, OTHER: 0.15}),
    MadeUp("couleur", 0.7, 0.5, {"herbe": 0.7, "brique": 0.1, OTHER: 0.2}),
]
PEOPLE = 80
CLOSED = datetime(2020, 7, 1, 12, 30)


@contextmanager
def opened(course: BatchCourse) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        yield gradebook
        gradebook.db.commit()


@pytest.fixture
def course(course: BatchCourse, monkeypatch: pytest.MonkeyPatch) -> BatchCourse:
    """Eighty people whose outcomes are known, one who wrote nothing, one copy collected and not graded; the module is closed."""
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    monkeypatch.setattr(paths, "modules", lambda: MODULES)
    course.hand_in("bob", timestamp="2020-07-01 16:35 +0200")
    course.grade()
    course.hand_in("eve")
    with opened(course) as gradebook:
        write(gradebook, MODULE, made_up(PEOPLE, 3, EXERCISES))
        gradebook.update_or_create_student("ana", first_name="Anaïs", last_name="=cmd()<script>")
        gradebook.find_assignment(MODULE).duedate = CLOSED
    return course


def report(course: BatchCourse, *arguments: str) -> dict[str, str]:
    """Run the verb; return what it wrote, by name of file."""
    assert main(["report", *arguments]) == 0
    return {path.name: path.read_text(encoding="utf-8") for path in (course.root / "reports").iterdir()}


def exclude(course: BatchCourse, learners: str) -> None:
    config = course.root / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8") + f"\nc.CourseDirectory.student_id_exclude = {learners!r}\n"
    config.write_text(text, encoding="utf-8")


def test_who_is_excluded_from_the_course_is_nowhere(course: BatchCourse) -> None:
    """A trainer's own test account must change no figure, as for marks."""
    assert "Anaïs" in report(course)["suivi.html"]
    with opened(course) as gradebook:
        (somebody, *_) = gradebook.db.scalars(select(Person.learner).where(Person.learner != "bob"))
    exclude(course, f"ana,bob,eve,{somebody}")
    pages = report(course)
    assert "Anaïs" not in pages["suivi.html"]
    assert not {"bob", "eve", somebody} & {
        line.split(";")[0] for line in pages["suivi-personnes.csv"].splitlines()
    }
    assert f"{PEOPLE - 1} copies" in pages["suivi.html"]


def keyed(first: str, cohort: Outcomes) -> Outcomes:
    """Other people: their keys begin with a letter of their own."""
    frames = (cohort.copies, cohort.answers, cohort.mistakes)
    return Outcomes(*(frame.assign(key=first + frame["key"]) for frame in frames))


def test_the_instructors_page_says_who_waits_and_on_what(course: BatchCourse) -> None:
    pages = report(course, "T01")
    page = pages["suivi.html"]
    assert "Anaïs =cmd()&lt;script&gt;" in page
    assert "<code>campus grade T01</code>" in page, "for eve"
    assert "2\u00a0h\u00a005" in page, "bob is late"
    assert "Vous avez pris le dernier nombre." in page and "Erreur retirée du module (ancien)." in page
    assert "Erreur non prévue" in page
    assert all(f">{heading}</h2>" in page for heading in ("Aujourd’hui", "Par exercice", "Par personne"))
    assert "<script" not in page and "http" not in page.replace("http-equiv", "")


def test_files_are_for_their_owner_alone_and_for_a_french_spreadsheet(course: BatchCourse) -> None:
    pages = report(course)
    folder = course.root / "reports"
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    people = pages["suivi-personnes.csv"]
    assert people.startswith("\ufeffidentifiant;nom;module;copie;")
    assert "ana;Anaïs =cmd()<script>;" in people, "a formula begins a cell, or is none"
    assert "\ufeffmodule;exercice;erreur;" in pages["suivi-exercices.csv"]


def test_the_report_is_data_too(course: BatchCourse, capsys: pytest.CaptureFixture[str]) -> None:
    report(course, "--json")
    (module,) = (found := json.loads(capsys.readouterr().out))["modules"]
    assert module["missing"][0] == "ana" and module["to_grade"] == ["eve"]
    assert module["figures"]["copies"] == PEOPLE + 1 == len(module["standings"]), "bob, graded, too"
    assert found["people"]["ana"].startswith("Anaïs")


def test_nobody_is_in_the_source_of_what_the_administration_reads(course: BatchCourse) -> None:
    pages = report(course, "--interne")
    with opened(course) as gradebook:
        keys = gradebook.db.scalars(select(Person.key)).all()
        students = [(one.id, one.first_name, one.last_name) for one in gradebook.students]
    told = "".join(text for name, text in pages.items() if name.startswith("bilan"))
    named = {word for student in students for word in student if word} | {*keys}
    assert len(named) > 2 * PEOPLE
    assert not [word for word in named if word in told]
    assert "Ne pas diffuser" in pages["bilan-interne.html"] and "Ne pas diffuser" not in pages["bilan.html"]


def test_a_module_that_is_not_closed_is_named_without_a_number(course: BatchCourse) -> None:
    with opened(course) as gradebook:
        gradebook.find_assignment(MODULE).duedate = None
    page = report(course)["bilan.html"]
    assert "Aucun module n’est clos." in page and "campus release T01 --due" in page and "<td" not in page
    with opened(course) as gradebook:
        gradebook.find_assignment(MODULE).duedate = datetime(2100, 1, 1)
    assert "clos le 1er janvier 2100" in report(course)["bilan.html"]


def test_two_reports_one_person_apart_are_the_same_to_the_byte(course: BatchCourse) -> None:
    def told() -> dict[str, str]:
        return {name: text for name, text in report(course, "--interne").items() if name.startswith("bilan")}

    first = told()
    assert "<td" in first["bilan.html"], "something is told"
    with opened(course) as gradebook:
        write(gradebook, MODULE, keyed("b", made_up(1, 9, EXERCISES)))
    assert told() == first, "a late copy"
    with opened(course) as gradebook:
        for table in (GradedCopy, Answer, Mistake, Person):
            gradebook.db.execute(delete(table).where(table.key == "00000000"))
    assert told() == first, "a purge"
    with opened(course) as gradebook:
        for row in gradebook.db.scalars(select(Answer).where(Answer.key == "00000005")):
            row.state, row.share, row.first_share = "wrong", 0.0, 0.0
    assert told() == first, "a copy graded anew"


def test_what_is_kept_for_the_administration_names_nobody(course: BatchCourse) -> None:
    report(course)
    columns = {column.name for column in Summary.__table__.columns}
    assert columns == {"module", "part", "category", "people", "told_on"}
    with opened(course) as gradebook:
        kept = gradebook.db.scalars(select(Summary)).all()
        assert sum(row.people for row in kept if row.part == "somme") == PEOPLE


def test_enough_newcomers_are_counted(course: BatchCourse) -> None:
    first = report(course)["bilan.html"]
    with opened(course) as gradebook:
        write(gradebook, MODULE, keyed("a", made_up(400, 4, EXERCISES)))
    second = report(course)["bilan.html"]
    assert f"{PEOPLE} copies" in first and f"{PEOPLE + 400} copies" in second


def test_grades_given_before_mistakes_were_kept_are_told(
    course: BatchCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(course) as gradebook:
        for table in (GradedCopy, Answer, Mistake):
            gradebook.db.execute(delete(table))
    page = report(course)["suivi.html"]
    assert "campus grade T01\u00a0»" in page


def test_without_scipy_a_message_says_how_to_get_it(
    course: BatchCourse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = [name for name in sys.modules if name.startswith("autograder.followup.report.")]
    for name in (*ours, "scipy"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "scipy", None)
    assert main(["report"]) == 1
    said = capsys.readouterr().err
    assert f"make -C {quote(str(paths.home()))} instructor" in said and "Traceback" not in said


def test_who_left_the_class_list_is_told_by_their_identifier(course: BatchCourse) -> None:
    with opened(course) as gradebook:
        gradebook.db.execute(delete(Student).where(Student.id == "p-00000004"))
    assert '<th scope="row">p-00000004</th>' in report(course)["suivi.html"]


def test_a_name_turns_no_text_around(course: BatchCourse) -> None:
    with opened(course) as gradebook:
        gradebook.update_or_create_student("ana", first_name="Ana", last_name="\u202eDupont\u2066")
    pages = report(course)
    assert "Ana Dupont" in pages["suivi.html"]
    assert not [name for name, text in pages.items() if "\u202e" in text or "\u2066" in text]


def test_an_unknown_module_is_told(course: BatchCourse, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "Z99"]) == 1
    assert "Z99" in capsys.readouterr().err
    assert not os.path.exists(course.root / "reports")
