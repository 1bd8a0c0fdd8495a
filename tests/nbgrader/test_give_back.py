"""`campus feedback` and `nbgrader release_feedback`: what is held back, what is said, what the page shows."""

import logging
import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError

from autograder.cli import main
from autograder.grading.config import COURSE_ID
from autograder.grading.exchange import ReleaseFeedback
from autograder.grading.release import load_config
from tests.nbgrader.batch_course import ANSWERS, MODULE, BatchCourse, make_course

PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SILENT = {"couleur": "b"}  # no free answer: nothing waits
OTHER = {"couleur": "b", "avis": "Pas assez de services."}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> BatchCourse:
    return make_course(tmp_path_factory.mktemp("give-back"))


@pytest.fixture
def course(released: BatchCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BatchCourse:
    shutil.copytree(released.root, tmp_path / "course")
    monkeypatch.setenv("CAMPUS_COURSE", str(tmp_path / "course"))
    return BatchCourse(tmp_path / "course", released.store)


def by_exchange(folder: Path) -> None:
    """What `nbgrader submit` adds to a copy."""
    (folder / "timestamp.txt").write_text("2026-01-05 10:00:00 UTC")
    (folder / "submission_secret.txt").write_text(folder.parent.name)


def page(course: BatchCourse, learner: str) -> Path:
    return course.root / "feedback" / learner / MODULE / f"{MODULE}.html"


def text(course: BatchCourse, learner: str) -> str:
    return page(course, learner).read_text(encoding="utf-8")


def given(course: BatchCourse) -> int:
    """How many pages the exchange holds."""
    return len(list((course.root / "exchange" / COURSE_ID / "feedback").glob("*.html")))


def mark(course: BatchCourse, learner: str, score: float = 1.5) -> None:
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        grade = gradebook.find_grade("avis-answer", MODULE, MODULE, learner)
        grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.find_comment("avis-answer", MODULE, MODULE, learner).manual_comment = "Bien argumenté."
        gradebook.db.commit()


def test_pages_whose_free_answers_wait_are_held_back_until_marked(
    course: BatchCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    by_exchange(course.hand_in("ada"))
    by_exchange(course.hand_in("bob", forms=SILENT))
    course.hand_in("cleo", forms=SILENT)
    course.grade()

    assert main(["feedback", "T01"]) == 0
    said = capsys.readouterr().err
    assert "2 page(s) faite(s) dans feedback/, 1 remise(s) par l’échange." in said
    assert "copies déposées hors de l’échange : cleo." in said
    assert f"feedback/IDENTIFIANT/{MODULE}/{MODULE}.html" in said, "where the pages to hand over are"
    assert "  ada : exercice « avis »" in said and "campus feedback T01 --with-unread" in said
    assert not page(course, "ada").exists()
    assert given(course) == 1

    mark(course, "ada")
    assert main(["feedback", "T01"]) == 0
    assert "retenue" not in capsys.readouterr().err
    assert "1,5 / 2" in text(course, "ada")
    assert given(course) == 2


def test_with_unread_the_page_says_what_is_not_marked_and_never_zero(course: BatchCourse) -> None:
    by_exchange(course.hand_in("ada", "total = 3"))
    course.grade()
    assert main(["feedback", "T01", "--with-unread"]) == 0
    assert given(course) == 1
    shown = text(course, "ada")
    assert "Pas encore notée (sur 2)" in shown
    assert "Résultat provisoire" in shown and "2 points peuvent s’ajouter" in shown
    assert "Pas encore acquis : le résultat dépend des réponses qui attendent une lecture" in shown
    assert "<strong>2 / 6</strong>" in shown


def test_the_mark_of_an_earlier_text_is_shown_as_old_and_does_not_count(course: BatchCourse) -> None:
    course.hand_in("ada")
    course.grade()
    mark(course, "ada")
    course.hand_in("ada", forms=OTHER)
    course.grade()
    assert main(["feedback", "T01", "--with-unread"]) == 0
    shown = text(course, "ada")
    assert "Note donnée à une version précédente de cette réponse : 1,5 / 2." in shown
    assert "Commentaire d’une version précédente" in shown
    assert "<strong>4 / 6</strong>" in shown


def test_the_head_names_the_learner_and_the_module_and_says_whether_it_is_acquired(
    course: BatchCourse,
) -> None:
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        gradebook.add_student("ada", first_name="Ada", last_name="Lovelace")
    course.hand_in("ada", forms=SILENT)
    course.hand_in("bob", None, {})
    course.grade()
    assert main(["feedback", "T01"]) == 0
    assert "Copie de <strong>Ada Lovelace (ada)</strong>" in text(course, "ada")
    assert "Un module d’essai</p>" in text(course, "ada")
    assert "Module acquis (acquis à partir de 3 sur 6)." in text(course, "ada")
    assert "Module pas encore acquis (acquis à partir de 3 sur 6)." in text(course, "bob")


def test_code_left_as_released_is_no_reproach(course: BatchCourse) -> None:
    course.hand_in("ada", None, {"couleur": "b"})
    course.grade()
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:  # graded before ours
        gradebook.find_comment("somme-answer", MODULE, MODULE, "ada").auto_comment = "No response."
        gradebook.db.commit()
    assert main(["feedback", "T01"]) == 0
    assert "No response." not in text(course, "ada")
    assert text(course, "ada").count("Pas de réponse.") == 1  # the free answer


@pytest.mark.parametrize("learner", ["p[1]", "q*", "r?", "zoé martin", "O'Brien", "a,b"])
def test_any_identifier_gets_its_page(course: BatchCourse, learner: str) -> None:
    by_exchange(course.hand_in(learner, forms=SILENT))
    by_exchange(course.hand_in("p1", forms=SILENT))
    course.grade()
    assert main(["feedback", "T01"]) == 0
    assert {path.name for path in page(course, learner).parent.iterdir()} == {
        path.name for path in page(course, "p1").parent.iterdir()
    }
    assert given(course) == 2


def test_a_name_of_two_lines_gets_its_page_and_is_left_to_the_instructor(
    course: BatchCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    by_exchange(course.hand_in("deux\nlignes", forms=SILENT))
    course.grade()
    assert main(["feedback", "T01"]) == 0
    assert page(course, "deux\nlignes").exists()
    assert "copies déposées hors de l’échange : deux\\nlignes." in capsys.readouterr().err


def test_a_page_that_cannot_be_made_is_told_and_stops_no_other(
    course: BatchCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    for learner in ("ada", "bob", "cleo"):
        course.hand_in(learner, forms=SILENT)
    course.grade()
    broken = course.folder("bob") / f"{MODULE}.ipynb"
    broken.chmod(0o644)
    broken.write_text("{")
    assert main(["feedback", "T01"]) == 1
    said = capsys.readouterr().err
    assert "1 page(s) en échec :" in said and "  bob : La copie corrigée n’est pas lisible" in said
    assert "Traceback" not in said
    assert page(course, "ada").exists() and page(course, "cleo").exists()


@pytest.mark.parametrize("verb", [["feedback", "T01"], ["collect", "T01", "."]])
def test_a_damaged_gradebook_is_told_with_its_remedy(
    course: BatchCourse, capsys: pytest.CaptureFixture[str], verb: list[str]
) -> None:
    course.hand_in("ada", forms=SILENT)
    course.grade()
    (course.root / "gradebook.db").write_bytes(b"ceci n'est pas une base" * 1_000)
    assert main(verb) == 1
    said = capsys.readouterr().err
    assert "est abîmé" in said and "gradebook.db.ancien" in said
    assert "SQL" not in said and "Traceback" not in said


def test_a_copy_that_left_the_gradebook_is_told_and_the_remedy_works(
    course: BatchCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    course.hand_in("ada", forms=SILENT)
    course.grade()
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        gradebook.remove_student("ada")
    assert main(["feedback", "T01"]) == 1
    assert f"« campus grade {MODULE} --learner ada »" in capsys.readouterr().err
    course.grade(learners=("ada",))
    assert main(["feedback", "T01"]) == 0


def test_without_any_graded_copy_the_remedy_is_said(
    course: BatchCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["feedback", "T01"]) == 1
    assert f"« campus grade {MODULE} »" in capsys.readouterr().err


def test_a_picture_pasted_in_an_added_cell_is_on_the_page_and_a_missing_one_is_told(
    course: BatchCourse,
) -> None:
    path = course.hand_in("ada", forms=SILENT) / f"{MODULE}.ipynb"
    nb = nbformat.read(path, as_version=4)
    added = nbformat.v4.new_markdown_cell(
        "![ma photo](attachment:photo.png) ![autre](attachment:absente.png)"
    )
    added.attachments = {"photo.png": {"image/png": PICTURE}}
    nb.cells.insert(3, added)
    nbformat.write(nb, path)
    course.grade()
    assert main(["feedback", "T01"]) == 0
    assert f'src="data:image/png;base64,{PICTURE}"' in text(course, "ada")
    assert "Image jointe introuvable ou trop lourde : absente.png" in text(course, "ada")


def test_a_copy_that_bombs_its_page_stops_no_other(course: BatchCourse) -> None:
    course.hand_in("bombe", forms=OTHER | {"avis": "<div>" * 60_000})
    course.hand_in("zoe", forms=ANSWERS["forms"])
    course.grade()
    assert main(["feedback", "T01", "--with-unread"]) == 0
    assert len(text(course, "bombe")) < 300_000
    assert page(course, "zoe").exists()


def release_by_nbgrader(course: BatchCourse, caplog: pytest.LogCaptureFixture, **options: bool) -> list[str]:
    """What `nbgrader release_feedback` does; return its warnings."""
    config = load_config(course.root)
    config.ReleaseFeedback.update(options)
    coursedir = CourseDirectory(config=config)
    coursedir.assignment_id, log = MODULE, logging.getLogger("release")
    caplog.clear()
    ReleaseFeedback(coursedir=coursedir, config=config, log=log).start()
    return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]


def test_nbgrader_s_release_says_what_is_wrong_with_the_gradebook(
    course: BatchCourse, caplog: pytest.LogCaptureFixture
) -> None:
    course.hand_in("ada", forms=SILENT)
    course.grade()
    (course.root / "gradebook.db").write_bytes(b"ceci n'est pas une base" * 1_000)
    with pytest.raises(ExchangeError, match="est abîmé"):
        release_by_nbgrader(course, caplog)


def test_nbgrader_s_release_holds_them_too_and_names_the_option(
    course: BatchCourse, caplog: pytest.LogCaptureFixture
) -> None:
    by_exchange(course.hand_in("ada"))
    by_exchange(course.hand_in("bob", forms=SILENT))
    course.grade()
    main(["feedback", "T01", "--with-unread"])
    shutil.rmtree(course.root / "exchange" / COURSE_ID)

    (warning,) = release_by_nbgrader(course, caplog)
    assert warning.startswith("ada : page retenue") and "c.ReleaseFeedback.with_unread = True" in warning
    assert given(course) == 1
    assert release_by_nbgrader(course, caplog, with_unread=True) == []
    assert given(course) == 2


def test_a_page_made_before_the_mark_is_not_released_as_it_is(
    course: BatchCourse, caplog: pytest.LogCaptureFixture
) -> None:
    by_exchange(course.hand_in("ada"))
    course.grade()
    main(["feedback", "T01", "--with-unread"])
    shutil.rmtree(course.root / "exchange" / COURSE_ID)
    mark(course, "ada")
    (warning,) = release_by_nbgrader(course, caplog)
    assert "elle date d’avant votre lecture" in warning
    assert given(course) == 0


def test_a_graded_copy_without_a_page_is_told(course: BatchCourse, caplog: pytest.LogCaptureFixture) -> None:
    by_exchange(course.hand_in("p[1]", forms=SILENT))
    course.grade()
    (warning,) = release_by_nbgrader(course, caplog)
    assert (
        warning.startswith("p[1] : copie corrigée sans page") and f"« campus feedback {MODULE} »" in warning
    )
