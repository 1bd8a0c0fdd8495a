"""Regrading respects people's work: a mark stays with the text that it was given to, on both routes."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Grade, Gradebook
from sqlalchemy import text

from autograder.grading.config import COURSE_ID
from autograder.grading.marks import ForGraders
from autograder.grading.release import load_config
from autograder.grading.waiting import waiting
from tests.nbgrader.batch_course import ANSWERS, MODULE, BatchCourse, make_course

OTHER = {"couleur": "b", "avis": "Pas assez de services."}
Regrade = Callable[[BatchCourse], None]


@contextmanager
def grade_of(course: BatchCourse, learner: str = "ada") -> Iterator[Grade]:
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        yield gradebook.find_grade("avis-answer", MODULE, MODULE, learner)
        gradebook.db.commit()


def mark(course: BatchCourse, score: float = 1.5, comment: str = "Bien argumenté.") -> None:
    """What a grader does in the formgrader."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        grade = gradebook.find_grade("avis-answer", MODULE, MODULE, "ada")
        grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.find_comment("avis-answer", MODULE, MODULE, "ada").manual_comment = comment
        gradebook.db.commit()


def state(course: BatchCourse) -> tuple[float | None, bool]:
    """The mark given by hand, and whether it is asked."""
    with grade_of(course) as grade:
        return grade.manual_score, grade.needs_manual_grade


def by_campus(course: BatchCourse) -> None:
    assert course.grade(force=True).ok


def by_nbgrader(course: BatchCourse) -> None:
    command = [sys.executable, "-m", "nbgrader", "autograde", MODULE, "--force"]
    subprocess.run(command, cwd=course.root, check=True, capture_output=True)


@pytest.fixture(params=[by_campus, pytest.param(by_nbgrader, marks=pytest.mark.slow)])
def regrade(request: pytest.FixtureRequest) -> Regrade:
    return request.param


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> BatchCourse:
    return make_course(tmp_path_factory.mktemp("marked"))


@pytest.fixture
def course(released: BatchCourse, tmp_path: Path) -> BatchCourse:
    """One copy, graded, its free answer marked by a person."""
    shutil.copytree(released.root, tmp_path / "course")
    own = BatchCourse(tmp_path / "course", released.store)
    own.hand_in("ada")
    by_campus(own)
    assert state(own) == (None, True)
    mark(own)
    return own


def test_a_mark_stays_with_an_unchanged_text(course: BatchCourse, regrade: Regrade) -> None:
    course.hand_in("ada", "total = 3")  # the code changed, not the free answer
    regrade(course)
    regrade(course)
    assert state(course) == (1.5, False)


def test_a_changed_text_is_asked_again_with_the_old_mark_kept(course: BatchCourse, regrade: Regrade) -> None:
    course.hand_in("ada", forms=OTHER)
    regrade(course)
    assert state(course) == (1.5, True)
    regrade(course)
    assert state(course) == (1.5, True)
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        assert gradebook.find_comment("avis-answer", MODULE, MODULE, "ada").comment == "Bien argumenté."
        assert waiting(gradebook, MODULE) == {"ada": ["avis-answer"]}


def test_the_new_text_once_marked_is_the_one_that_counts(course: BatchCourse, regrade: Regrade) -> None:
    course.hand_in("ada", forms=OTHER)
    regrade(course)
    mark(course, 2)
    regrade(course)
    assert state(course) == (2, False)
    course.hand_in("ada")  # back to the first text, whose mark is no longer there
    regrade(course)
    assert state(course) == (2, True)


def test_a_learner_who_comes_back_to_the_marked_text_is_not_asked_again(
    course: BatchCourse, regrade: Regrade
) -> None:
    course.hand_in("ada", forms=OTHER)
    regrade(course)
    course.hand_in("ada")
    regrade(course)
    assert state(course) == (1.5, False)


def test_an_answer_that_was_emptied_is_asked_again(course: BatchCourse, regrade: Regrade) -> None:
    course.hand_in("ada", forms={"couleur": "b"})
    regrade(course)
    assert state(course) == (1.5, True)


def test_a_gradebook_from_before_keeps_its_marks(course: BatchCourse, regrade: Regrade) -> None:
    forget(course)
    regrade(course)
    assert state(course) == (1.5, False)


def test_what_was_marked_before_and_changed_since_is_asked_again(
    course: BatchCourse, regrade: Regrade
) -> None:
    forget(course)
    course.hand_in("ada", forms=OTHER)
    regrade(course)
    assert state(course) == (1.5, True)


def test_without_the_graded_copy_nobody_knows_what_was_marked_before(
    course: BatchCourse, regrade: Regrade
) -> None:
    forget(course)
    shutil.rmtree(course.folder("ada"))
    regrade(course)
    assert state(course) == (1.5, True)


def test_ends_of_lines_are_no_change(course: BatchCourse, regrade: Regrade) -> None:
    course.hand_in("ada", forms={**ANSWERS["forms"], "avis": "Trop de services. \r\n"})
    regrade(course)
    assert state(course) == (1.5, False)


def test_the_two_ways_know_of_each_other_s_gradings(course: BatchCourse) -> None:
    course.hand_in("ada", forms=OTHER)
    by_nbgrader(course)
    mark(course, 1)
    by_campus(course)
    by_nbgrader(course)
    assert state(course) == (1, False)


def test_what_was_marked_goes_with_the_learner(course: BatchCourse) -> None:
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        gradebook.remove_student("ada")
        assert list(gradebook.db.execute(text("SELECT * FROM campus_free_answer"))) == []


def test_code_left_as_released_is_no_reproach_to_who_answered_by_form(
    course: BatchCourse, regrade: Regrade
) -> None:
    course.hand_in("ada", None, {"somme": 41})
    regrade(course)
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        comments = {
            name: gradebook.find_comment(name, MODULE, MODULE, "ada").auto_comment
            for name in ("somme-answer", "avis-answer")
        }
    assert comments == {"somme-answer": None, "avis-answer": "Pas de réponse."}


def test_the_formgrader_says_above_an_answer_that_its_mark_is_of_an_earlier_text(course: BatchCourse) -> None:
    def shown() -> str:
        with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
            own = gradebook.find_submission_notebook(MODULE, MODULE, "ada")
            nb = nbformat.read(course.folder("ada") / f"{MODULE}.ipynb", as_version=4)
            step = ForGraders(config=load_config(course.root))
            nb, _ = step.preprocess(nb, {"submission_id": own.id})
        return "\n".join(cell.source for cell in nb.cells)

    assert "version précédente" not in shown()
    assert "**Barème :**" in shown() and "MARK SCHEME" not in shown()
    course.hand_in("ada", forms=OTHER)
    by_campus(course)
    before, _, after = shown().partition("**Note donnée à une version précédente de cette réponse : 1,5.**")
    assert OTHER["avis"] in after and OTHER["avis"] not in before


def forget(course: BatchCourse) -> None:
    """Make the gradebook one from before `marked` was kept."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        gradebook.db.execute(text("DROP TABLE campus_free_answer"))
        gradebook.db.commit()
