"""The reading of free answers: marks land in nbgrader's gradebook, second readings beside it, and no reader erases another's."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from nbgrader.api import Grade, Gradebook
from sqlalchemy import select

from autograder.cli import main
from autograder.followup.reading import compare_page, list_page, reading_page
from autograder.followup.reading.answers import Answer, answers
from autograder.followup.reading.frame import Place
from autograder.followup.reading.marking import Changed, OtherText, give
from autograder.followup.reading.questions import Count, Question, count, find, question_of, questions
from autograder.followup.reading.second import compared, drawn, give_second, sample, size
from autograder.followup.reading.state import State, read_state
from autograder.grading.config import COURSE_ID
from autograder.grading.waiting import waiting
from autograder.records.tables import Reading
from tests.nbgrader.batch_course import ANSWERS, MODULE, BatchCourse, make_course, score

PLACE = Place("/campus/lecture", "jeton")
FULL = State(points=2, waiting=False, comment="Clair.", criteria=(1, 2))
HALF = State(points=1, waiting=False, comment="", criteria=(1,))


def says(text: str) -> dict[str, str]:
    return {**ANSWERS["forms"], "avis": text}


@contextmanager
def gradebook_of(course: BatchCourse) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        yield gradebook


@contextmanager
def reading(course: BatchCourse) -> Iterator[tuple[Gradebook, Question, dict[str, Answer]]]:
    """The gradebook, the free question, and its answers by learner."""
    with gradebook_of(course) as gradebook:
        question = find(gradebook, MODULE, "avis")
        yield gradebook, question, {one.learner: one for one in answers(gradebook, question, course.root)}


def mark(course: BatchCourse, learner: str, new: State = FULL) -> State:
    """Mark an answer as the page does."""
    with reading(course) as (gradebook, question, found):
        answer = found[learner]
        grade = gradebook.db.get(Grade, answer.id)
        return give(gradebook, question, grade, answer.text, answer.state, new)


def mark_in_second(course: BatchCourse, learner: str, reader: str, new: State) -> None:
    with reading(course) as (gradebook, question, found):
        answer = found[learner]
        give_second(gradebook, question, gradebook.db.get(Grade, answer.id), reader, answer.text, new)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> BatchCourse:
    """Three copies, graded; one of them without an answer to the free question."""
    course = make_course(tmp_path_factory.mktemp("reading"))
    course.hand_in("ada")
    course.hand_in("bob", forms=says("Pas assez de services, à la mairie par exemple."))
    course.hand_in("zoé", forms={"couleur": "b"})
    assert course.grade().ok
    return course


@pytest.fixture
def course(graded: BatchCourse, tmp_path: Path) -> BatchCourse:
    shutil.copytree(graded.root, tmp_path / "course")
    return BatchCourse(tmp_path / "course", graded.store)


def test_a_question_comes_with_its_scheme_and_its_counts(course: BatchCourse) -> None:
    with gradebook_of(course) as gradebook:
        (question,) = questions(gradebook)
        assert (question.title, question.most) == ("Exercice 3 — Votre avis", 2)
        assert [one.title for one in question.scheme.criteria] == ["Argument", "Exemple"]
        assert question.scheme.points(question.most) == 1
        assert "MARK SCHEME" not in question.statement
        told = count(gradebook, question)
        assert (told.read, told.waiting, told.empty) == (0, 2, 1)
        page = list_page.page(PLACE, [(question, told)])
    assert "2 réponses attendent une lecture." in page
    assert f'href="/campus/lecture/{MODULE}/avis"' in page


def test_what_waits_is_first_in_the_list_then_what_has_answers(course: BatchCourse) -> None:
    with gradebook_of(course) as gradebook:
        (question,) = questions(gradebook)
    none, read, waiting = Count(0, 0, 0), Count(2, 0, 0), Count(0, 3, 1)
    rows = [
        (replace(question, module=name), told)
        for name, told in (("A01-rien", none), ("B01-lu", read), ("F02-attend", waiting))
    ]
    page = list_page.page(PLACE, rows)
    assert page.index("F02-attend") < page.index("B01-lu") < page.index("A01-rien")


def test_a_mark_lands_where_nbgrader_keeps_it(course: BatchCourse) -> None:
    mark(course, "ada")
    with gradebook_of(course) as gradebook:
        grade = gradebook.find_grade("avis-answer", MODULE, MODULE, "ada")
        assert (grade.manual_score, grade.needs_manual_grade) == (2, False)
        assert gradebook.find_comment("avis-answer", MODULE, MODULE, "ada").manual_comment == "Clair."
        assert waiting(gradebook, MODULE) == {"bob": ["avis-answer"]}
    assert score(course, "ada") == 6


def test_the_feedback_shows_the_mark_and_the_comment(
    course: BatchCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(course, "ada")
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    main(["feedback", MODULE])
    page = (course.root / "feedback" / "ada" / MODULE / f"{MODULE}.html").read_text()
    assert "Clair." in page
    assert "Résultat provisoire" not in page


def test_what_was_ticked_comes_back_with_the_mark(course: BatchCourse) -> None:
    mark(course, "ada", HALF)
    with reading(course) as (_, _, found):
        assert found["ada"].state == HALF


def test_a_mark_changed_in_the_formgrader_is_shown_without_what_was_ticked(course: BatchCourse) -> None:
    mark(course, "ada", HALF)
    with gradebook_of(course) as gradebook:
        gradebook.find_grade("avis-answer", MODULE, MODULE, "ada").manual_score = 1.5
        gradebook.db.commit()
    with reading(course) as (_, _, found):
        assert found["ada"].state == State(1.5, False, "", ())


def test_a_regrade_of_the_same_text_asks_nothing(course: BatchCourse) -> None:
    mark(course, "ada")
    assert course.grade(force=True).ok
    with reading(course) as (_, _, found):
        assert found["ada"].state == FULL


def test_a_changed_text_waits_with_the_former_mark_and_nothing_ticked(course: BatchCourse) -> None:
    mark(course, "ada")
    course.hand_in("ada", forms=says("J’ai changé d’avis."))
    assert course.grade().ok
    with reading(course) as (_, _, found):
        assert found["ada"].state == State(2, True, "Clair.", ())
        assert "J’ai changé d’avis." in found["ada"].html
    mark(course, "ada", HALF)
    assert course.grade(force=True).ok
    with reading(course) as (_, _, found):
        assert found["ada"].state == HALF


def test_an_undone_mark_waits_again(course: BatchCourse) -> None:
    mark(course, "ada")
    mark(course, "ada", State(None, True, "", ()))
    with gradebook_of(course) as gradebook:
        assert waiting(gradebook, MODULE) == {"ada": ["avis-answer"], "bob": ["avis-answer"]}
        assert gradebook.db.scalars(select(Reading)).all() == []


def test_a_mark_given_meanwhile_is_not_replaced(course: BatchCourse) -> None:
    with reading(course) as (gradebook, question, found):
        seen = found["ada"]
        mark(course, "ada", HALF)
        with pytest.raises(Changed) as told:
            give(gradebook, question, gradebook.db.get(Grade, seen.id), seen.text, seen.state, FULL)
    assert told.value.now == HALF
    assert score(course, "ada") == 5


def test_of_readers_who_press_at_once_one_wins_and_all_others_are_told(course: BatchCourse) -> None:
    """Each thread has its own session, and the same sight of the answer."""
    start, told = threading.Barrier(4), []

    def read(points: float) -> None:
        with reading(course) as (gradebook, question, found):
            seen = found["ada"]
            gradebook.db.rollback()
            start.wait()
            try:
                grade = gradebook.db.get(Grade, seen.id)
                give(gradebook, question, grade, seen.text, seen.state, State(points, False, "", ()))
                told.append(points)
            except Changed as other:
                told.append(other.now.points)

    readers = [threading.Thread(target=read, args=[points]) for points in (0.5, 1, 1.5, 2)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    with reading(course) as (_, _, found):
        assert told == [found["ada"].state.points] * 4


def test_a_text_graded_again_meanwhile_is_not_marked_unread(course: BatchCourse) -> None:
    with reading(course) as (_, _, found):
        seen = found["ada"]
    course.hand_in("ada", forms=says("Tout autre chose."))
    assert course.grade().ok
    with reading(course) as (gradebook, question, _), pytest.raises(OtherText):
        give(gradebook, question, gradebook.db.get(Grade, seen.id), seen.text, seen.state, FULL)


@pytest.mark.parametrize("points", [-0.5, 2.5, float("nan"), float("inf"), "2", True])
def test_points_out_of_bounds_are_refused(points: object) -> None:
    with pytest.raises(ValueError):
        read_state({"points": points, "comment": "", "criteria": []}, most=2)


def test_what_a_machine_marks_is_no_question_to_read(course: BatchCourse) -> None:
    with gradebook_of(course) as gradebook:
        grade = gradebook.find_grade("couleur-check", MODULE, MODULE, "ada")
        with pytest.raises(LookupError):
            question_of(gradebook, grade)


def test_the_page_hides_who_wrote_unless_asked(course: BatchCourse) -> None:
    with reading(course) as (_, question, found):
        hidden = reading_page.page(PLACE, question, list(found.values()), named=False)
        shown = reading_page.page(PLACE, question, list(found.values()), named=True)
    assert "bob" not in hidden and "Copie de bob" in shown


def test_the_second_reader_sees_neither_points_nor_comments(course: BatchCourse) -> None:
    mark(course, "ada", State(1.75, False, "Une remarque.", (1,)))
    with reading(course) as (gradebook, question, _):
        page = reading_page.second_page(PLACE, question, sample(gradebook, question, course.root, "AB"), "AB")
    assert "1.75" not in page and "1,75" not in page
    assert "Une remarque." not in page and "ada" not in page


def test_a_second_reading_changes_no_mark_and_is_compared(course: BatchCourse) -> None:
    mark(course, "ada")
    mark(course, "bob", HALF)
    mark_in_second(course, "ada", "AB", HALF)
    mark_in_second(course, "bob", "AB", HALF)
    assert score(course, "ada") == 6
    with reading(course) as (gradebook, question, _):
        (found,) = compared(gradebook, question, course.root)
        page = compare_page.page(PLACE, question, [found])
    assert (found.reader, found.figures.answers, found.figures.raw) == ("AB", 2, 0.5)
    assert [pair.answer.learner for pair in found.disagreements] == ["ada"]
    assert "Désaccords avec AB" in page and "Trop de services." in page and "ada" not in page


def test_readings_of_another_text_are_not_compared(course: BatchCourse) -> None:
    mark(course, "ada")
    mark_in_second(course, "ada", "AB", HALF)
    course.hand_in("ada", forms=says("J’ai changé d’avis."))
    assert course.grade().ok
    mark(course, "ada", HALF)
    with reading(course) as (gradebook, question, _):
        assert compared(gradebook, question, course.root) == []
        assert [one.state.waiting for one in sample(gradebook, question, course.root, "AB")] == [True, True]


def test_one_answer_in_five_is_drawn_ten_at_least_and_the_draw_is_kept() -> None:
    ids = [f"{number:032x}" for number in range(200)]
    assert [size(count) for count in (4, 10, 29, 60, 200)] == [4, 10, 10, 12, 40]
    assert drawn(ids) == drawn(reversed(ids))
    assert len(drawn(ids)) == 40


HOSTILE = (
    '<script>alert(1)</script><img src="x" onerror="alert(1)"><h1 id="points" class="badge">Note : 2</h1>'
    '<article data-id="x" data-state="{}">faux</article><button data-criterion="1">+</button>'
    "<style>*{display:none}</style><a href='javascript:alert(1)'>ici</a>"
)


def test_a_hostile_text_is_inert(course: BatchCourse) -> None:
    course.hand_in("ada", forms=says(HOSTILE))
    assert course.grade().ok
    with reading(course) as (_, question, found):
        html = str(found["ada"].html)
        page = reading_page.page(PLACE, question, list(found.values()), named=False)
    for word in (
        "script",
        "onerror",
        "<h1",
        "data-",
        "<button",
        "style",
        "href",
        "id=",
        "class=",
        "<article",
    ):
        assert word not in html
    assert "Note : 2" in html
    assert page.count("<article") == 2


def test_a_copy_that_is_gone_is_told(course: BatchCourse) -> None:
    (course.folder("ada") / f"{MODULE}.ipynb").unlink()
    with reading(course) as (_, _, found):
        assert "campus grade" in found["ada"].html
    with pytest.raises(OtherText):
        mark(course, "ada")
