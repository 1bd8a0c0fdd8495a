"""What copies show is kept beside their marks, by `campus grade` and by nbgrader's own route alike."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from autograder.contract.names import TRIES
from autograder.progress import tries
from autograder.progress.tries import Try
from autograder.records.tables import OTHER, Person
from tests.nbgrader.batch_course import MODULE, BatchCourse, make_course
from tests.nbgrader.test_batch_nbgrader import autograde, grade, gradebook

pytestmark = pytest.mark.slow

COPIES = (
    "SELECT p.learner, c.module, c.version, c.has_tries FROM campus_copy c JOIN campus_person p USING (key)"
)
ANSWERS = """SELECT p.learner, a.exercise, a.state, a.share, a.first_share, a.tries
    FROM campus_answer a JOIN campus_person p USING (key) ORDER BY 1, 2"""
MISTAKES = """SELECT p.learner, m.exercise, m.mistake, m.is_kept, m.is_first, m.times
    FROM campus_mistake m JOIN campus_person p USING (key) ORDER BY 1, 2, 3"""
ON_THE_WAY = [
    Try("somme", "wrong", 0, ("moyenne",)),
    Try("somme", "problem", 0, ("unreadable",)),
    Try("somme", "wrong", 0, ("moyenne",)),
    Try("somme", "wrong", 0, ("look-again",)),
    Try("somme", "right", 1, ("right",)),
    Try("somme", "wrong", 0, ("nombre",)),
]


def enclose(folder: Path, met: list[Try]) -> None:
    (folder / TRIES).write_text(tries.write(met), encoding="utf-8")


def rows(course: BatchCourse, query: str) -> list[tuple[Any, ...]]:
    with gradebook(course.root) as opened:
        return sorted(tuple(row) for row in opened.db.execute(text(query)))


@pytest.fixture
def course(tmp_path: Path) -> BatchCourse:
    made = make_course(tmp_path)
    enclose(made.hand_in("ada"), ON_THE_WAY)
    made.hand_in("bob", "total = agents[-1]", {"couleur": "a"})
    made.hand_in("cleo", "total = 12345", {})
    return made


@pytest.mark.parametrize("route", ["campus", "nbgrader"])
def test_the_mistakes_of_a_copy_and_those_met_on_the_way_are_kept(course: BatchCourse, route: str) -> None:
    grade(course) if route == "campus" else autograde(course.root)
    assert rows(course, COPIES) == [("ada", MODULE, 1, 1), ("bob", MODULE, 1, 0), ("cleo", MODULE, 1, 0)]
    assert rows(course, ANSWERS) == [
        ("ada", "couleur", "right", 1, None, None),
        ("ada", "somme", "right", 1, 0, 4),
        ("bob", "couleur", "wrong", 0, None, None),
        ("bob", "somme", "partial", 0.5, None, None),
        ("cleo", "couleur", "unanswered", 0, None, None),
        ("cleo", "somme", "wrong", 0, None, None),
    ]
    assert rows(course, MISTAKES) == [
        ("ada", "somme", OTHER, 0, 0, 1),
        ("ada", "somme", "moyenne", 0, 1, 2),
        ("bob", "couleur", "herbe", 1, 0, 0),
        ("bob", "somme", "dernier", 1, 0, 0),
        ("cleo", "somme", OTHER, 1, 0, 0),
    ]
    graded = (course.folder("bob") / f"{MODULE}.ipynb").read_text(encoding="utf-8")
    assert "vnd.campus" not in graded


def test_what_is_told_on_the_way_changes_no_point_and_is_bounded(course: BatchCourse) -> None:
    lies = [Try("somme", "wrong", 0, ("<b>Jean</b>", "moyenne")), Try("autre", "right", 1, ("right",))]
    enclose(course.hand_in("bob", "total = agents[-1]", {"couleur": "a"}), lies * 3000)
    (course.hand_in("cleo", "total = 12345", {}) / TRIES).write_text('{"verdicts": [[[')
    grade(course)
    assert [row for row in rows(course, MISTAKES) if row[0] == "bob" and row[1] == "somme"] == [
        ("bob", "somme", "dernier", 1, 0, 0),
        ("bob", "somme", "moyenne", 0, 1, tries.MOST // 2),
    ]
    assert ("cleo", MODULE, 1, 0) in rows(course, COPIES)
    points = "SELECT s.student_id, sum(g.auto_score) FROM grade g JOIN submitted_notebook n ON n.id = g.notebook_id JOIN submitted_assignment s ON s.id = n.assignment_id GROUP BY 1"
    assert dict(rows(course, points)) == {"ada": 4, "bob": 1, "cleo": 0}  # type: ignore[arg-type]


def test_a_copy_graded_again_replaces_what_it_showed_and_keeps_its_key(course: BatchCourse) -> None:
    grade(course)
    with gradebook(course.root) as opened:
        before = dict(opened.db.execute(select(Person.learner, Person.key)).all())
    course.hand_in("bob")
    grade(course)
    assert not [row for row in rows(course, MISTAKES) if row[0] == "bob"]
    with gradebook(course.root) as opened:
        assert dict(opened.db.execute(select(Person.learner, Person.key)).all()) == before
        for table in ("campus_copy", "campus_answer", "campus_mistake"):
            names = opened.db.execute(text(f"SELECT * FROM {table}")).keys()
            assert "learner" not in names


def test_an_old_gradebook_is_filled_by_grading_again(course: BatchCourse) -> None:
    grade(course)
    whole = rows(course, MISTAKES)
    with gradebook(course.root) as opened:
        for table in ("campus_person", "campus_copy", "campus_answer", "campus_mistake"):
            opened.db.execute(text(f"DROP TABLE {table}"))
        opened.db.commit()
    grade(course)
    assert rows(course, MISTAKES) == whole


def test_a_renamed_mistake_keeps_its_copies(course: BatchCourse) -> None:
    private = course.root / "private" / f"{MODULE}.json"
    data = json.loads(private.read_text(encoding="utf-8"))
    own = data["exercises"]["somme"]
    for way in ("code", "form"):
        for row in own[way]["table"]:
            if row[2]["id"] == "moyenne":
                row[2]["id"] = "total-divise"
    own["was"] = {"moyenne": "total-divise"}
    private.chmod(0o600)
    private.write_text(json.dumps(data), encoding="utf-8")
    grade(course)
    assert ("ada", "somme", "total-divise", 0, 1, 2) in rows(course, MISTAKES)


def test_copies_that_differ_by_what_is_told_run_once(course: BatchCourse) -> None:
    shutil.copytree(course.root / "submitted" / "ada", course.root / "submitted" / "zoe")
    (course.root / "submitted" / "zoe" / MODULE / TRIES).unlink()
    report = course.grade(learners=("ada", "zoe"))
    assert report.ok
    assert (report.graded, report.reused) == (2, 1)
