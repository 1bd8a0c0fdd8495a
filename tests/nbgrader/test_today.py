"""What the page « Aujourd’hui » says of a real course, all along a session."""

import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder import paths
from autograder.cli import main
from autograder.grading import last_done
from autograder.grading.config import COURSE_ID
from autograder.grading.give_back import give_back
from autograder.grading.layout import DEPOSITS
from autograder.today import deeds, deposits, page, running
from autograder.today.errors import Refused
from autograder.today.gestures import following
from autograder.today.model import Standing
from autograder.today.standing import day
from autograder.today.told import Told, written
from tests.nbgrader.batch_course import MODULE, BatchCourse

LOCAL_NOON = datetime(2026, 12, 1, 12)


def standing(course: BatchCourse) -> Standing:
    (found,) = day(course.root).modules
    return found


def proposed(course: BatchCourse) -> str | None:
    step = following(standing(course))
    return step.gesture if step else None


def gradebook(course: BatchCourse) -> Gradebook:
    return Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID)


def read_all(course: BatchCourse) -> None:
    with gradebook(course) as opened:
        for submission in opened.assignment_submissions(MODULE):
            opened.find_grade("avis-answer", MODULE, MODULE, submission.student.id).manual_score = 1
            opened.find_grade("avis-answer", MODULE, MODULE, submission.student.id).needs_manual_grade = False
        opened.db.commit()


def in_exchange(course: BatchCourse, learner: str) -> None:
    """As `nbgrader submit` leaves it."""
    inbound = course.root / "exchange" / COURSE_ID / "inbound"
    folder = course.hand_in(learner, timestamp="2026-07-01 10:00:00.000000 UTC")
    shutil.copytree(folder, inbound / f"{learner}+{MODULE}+2026-07-01 10:00:00 UTC+abcd")
    shutil.rmtree(folder.parent)


def test_a_session_goes_from_one_action_to_the_next(
    course: BatchCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text(encoding="utf-8") + "\nc.ExchangeCollect.check_owner = False\n")
    assert proposed(course) == "release"

    assert main(["release", MODULE]) == 0
    assert (standing(course).published, proposed(course)) == (True, None)

    for learner in ("ada", "bao", "chloe"):
        in_exchange(course, learner)
    assert (standing(course).arrived, proposed(course)) == (3, "collect")

    assert main(["collect", MODULE]) == 0
    assert (standing(course).arrived, standing(course).handed_in, proposed(course)) == (0, 3, "grade")

    course.grade()
    assert (standing(course).graded, standing(course).waiting, proposed(course)) == (3, 3, "report")

    last_done.note(course.root, "report", MODULE, time.time())
    assert proposed(course) == "read"

    read_all(course)
    assert (standing(course).to_give, proposed(course)) == (3, "feedback")

    assert not give_back(course.root, MODULE, with_unread=False).failed
    assert (standing(course).given, proposed(course)) == (3, None)

    in_exchange(course, "dan")
    assert proposed(course) == "collect"


def test_a_copy_that_cannot_be_graded_does_not_stop_the_day(course: BatchCourse) -> None:
    course.hand_in("ada")
    (course.hand_in("bao") / f"{MODULE}.ipynb").write_text("{")
    assert standing(course).to_grade == 2
    course.grade()
    found = standing(course)
    assert (found.to_grade, found.graded, found.failed) == (0, 1, 1)


def test_a_copy_that_comes_again_is_to_grade_and_to_give_back_again(course: BatchCourse) -> None:
    course.hand_in("ada")
    course.grade()
    read_all(course)
    give_back(course.root, MODULE, with_unread=False)
    course.hand_in("ada", code="total = 0")
    assert standing(course).to_grade == 1
    course.grade()
    assert (standing(course).to_grade, standing(course).to_give) == (0, 1)


def test_grading_one_person_leaves_the_others_to_grade(course: BatchCourse) -> None:
    course.hand_in("ada")
    course.hand_in("bao")
    course.grade(learners=("ada",))
    assert (standing(course).graded, standing(course).to_grade) == (1, 1)


def test_the_class_list_says_who_handed_in_nothing_and_the_due_date_is_told(course: BatchCourse) -> None:
    with gradebook(course) as opened:
        for learner in ("ada", "bao", "chloe"):
            opened.update_or_create_student(learner, last_name="Martin")
        opened.update_or_create_assignment(MODULE, duedate=datetime(2026, 7, 1, 12, 30))
    course.hand_in("ada")
    course.hand_in("inconnu")
    found = standing(course)
    assert (found.listed, found.missing, found.due) == (3, 2, datetime(2026, 7, 1, 12, 30))
    here = datetime(2026, 7, 1, 12, 30, tzinfo=UTC).astimezone()
    text = html(course)
    assert f"{here.hour}\u00a0h\u00a0{here.minute:02} ({here.tzinfo})" in text, (
        "an hour without its zone misleads"
    )
    assert "2 sur 3" in text and "2 sans copie" in text and "3\u00a0personnes dans la liste" in text


def test_who_is_excluded_is_not_expected(
    course: BatchCourse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    with gradebook(course) as opened:
        for learner in ("ada", "essai"):
            opened.update_or_create_student(learner, last_name="Martin")
    exclude(course, "essai")
    course.hand_in("ada")
    assert (standing(course).listed, standing(course).missing) == (1, 0)
    main(["collect", MODULE])
    assert "Sans copie" not in capsys.readouterr().err


def test_answers_of_who_was_excluded_since_are_not_waited_for(course: BatchCourse) -> None:
    for learner in ("ada", "essai"):
        course.hand_in(learner)
    course.grade()
    assert (standing(course).graded, standing(course).waiting) == (2, 2)
    exclude(course, "essai")
    assert (standing(course).graded, standing(course).waiting, standing(course).unread) == (1, 1, 1)


def exclude(course: BatchCourse, learner: str) -> None:
    config = course.root / "nbgrader_config.py"
    line = f"\nc.CourseDirectory.student_id_exclude = {learner!r}\n"
    config.write_text(config.read_text(encoding="utf-8") + line, encoding="utf-8")


def html(course: BatchCourse, told: Told | None = None) -> str:
    return page.render(day(course.root), told or Told(), LOCAL_NOON, "/base/")


def test_without_a_class_list_the_page_says_how_to_give_one(course: BatchCourse) -> None:
    assert "Aucune liste de classe" in html(course)
    deeds.deposit(course.root, deposits.LIST, "liste.csv", b"identifiant;nom\nada;Martin\n")
    assert "Importer la liste de la classe" in html(course)
    last_done.note(course.root, "learners", deposits.LIST, time.time() + 1)  # as its runner does
    assert "Importer la liste de la classe" not in html(course)


def test_the_class_list_comes_first_until_there_is_one(course: BatchCourse) -> None:
    found = html(course)
    assert found.index("Liste de la classe") < found.index("Modules en cours")
    with gradebook(course) as opened:
        opened.update_or_create_student("ada", last_name="Martin")
    found = html(course)
    assert found.index("Liste de la classe") > found.index("Modules en cours")


def test_a_module_is_under_way_as_soon_as_it_is_published(
    course: BatchCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    assert "Modules pas encore publiés (1)" in html(course)
    assert main(["release", MODULE]) == 0
    assert "Modules pas encore publiés" not in html(course)


def test_a_lost_gradebook_is_told_with_its_remedy_and_none_is_begun(course: BatchCourse) -> None:
    course.hand_in("ada")
    course.grade()
    (course.root / "gradebook.db").unlink()
    assert "Remettez votre sauvegarde" in html(course)
    assert not (course.root / "gradebook.db").exists()


@pytest.mark.parametrize("about", ["../../etc", "", ".", "X99-inconnu", "T01-essai/.."])
def test_a_place_that_is_no_module_is_refused(course: BatchCourse, about: str) -> None:
    with pytest.raises(Refused):
        deeds.deposit(course.root, about, "a.zip", b"PK")
    with pytest.raises(Refused):
        deeds.do(course.root, "grade", about)
    assert not (course.root / DEPOSITS).exists()


@pytest.mark.parametrize("gesture", ["inconnu", "", "accept", "lab"])
def test_a_button_that_does_not_exist_is_refused(course: BatchCourse, gesture: str) -> None:
    with pytest.raises(Refused):
        deeds.do(course.root, gesture, MODULE)


def test_no_copy_is_taken_that_was_not_left_to_a_decision(course: BatchCourse) -> None:
    with pytest.raises(Refused, match="n’attend plus de décision"):
        deeds.do(course.root, "accept", f"collect/{MODULE}/ada")


def test_files_are_collected_by_the_command_and_told_in_its_words(
    course: BatchCourse, archive: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    deeds.deposit(course.root, MODULE, "copie d’ada.zip", archive)
    assert (standing(course).deposited, proposed(course)) == (1, "files")
    deeds.do(course.root, "files", MODULE)
    while (run := running.last(course.root)) is None or run.alive:
        time.sleep(0.05)
    assert run.code == 0, running.said(course.root)
    assert "1 copie nouvelle" in running.said(course.root)
    assert (standing(course).deposited, proposed(course)) == (0, "grade")


def test_what_came_the_other_way_still_waits(
    course: BatchCourse, archive: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Learners of one session hand in by the exchange, or send a file: collecting one leaves the other to collect."""
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    in_exchange(course, "bao")
    deeds.deposit(course.root, MODULE, "ada.zip", archive)
    assert (standing(course).arrived, proposed(course)) == (2, "files")

    assert main(["collect", MODULE, *map(str, deposits.kept(course.root, MODULE))]) == 0
    assert (standing(course).arrived, proposed(course)) == (1, "collect")

    deeds.deposit(course.root, MODULE, "chloé.zip", archive + b"\0")
    main(["collect", MODULE])
    assert (standing(course).deposited, proposed(course)) == (1, "files")


def test_files_from_elsewhere_leave_those_that_were_deposited(
    course: BatchCourse, archive: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    deeds.deposit(course.root, MODULE, "ada.zip", archive)
    (tmp_path / "ailleurs").mkdir()
    main(["collect", MODULE, str(tmp_path / "ailleurs")])
    assert (standing(course).deposited, proposed(course)) == (1, "files")


@pytest.fixture
def archive(course: BatchCourse, tmp_path: Path) -> bytes:
    folder = course.hand_in("ada")
    made = shutil.make_archive(str(tmp_path / "ada"), "zip", folder.parent.parent, "ada")
    shutil.rmtree(folder.parent)
    return Path(made).read_bytes()


def test_what_was_written_another_day_can_be_opened_again(course: BatchCourse) -> None:
    """The last gesture tells only its own files."""
    assert "Suivi, bilan et notes" not in html(course)
    for path in ("reports/suivi.html", "exports/notes.csv"):
        (course.root / path).parent.mkdir(exist_ok=True)
        (course.root / path).write_text("")
    text = html(course, Told(running.Run("grade", MODULE, 1, time.time(), time.time(), 0)))
    assert '<a href="/base/files/reports/suivi.html" target="_blank"' in text
    assert (
        '<a href="/base/files/exports/notes.csv" download>Télécharger les notes, pour un tableur</a>' in text
    )


def test_only_files_of_the_course_that_are_shown_are_offered(tmp_path: Path) -> None:
    course, secret = tmp_path / "course", tmp_path / "secret.html"
    paths.own(course / "rapports")
    for file in (course / "rapports" / "suivi é.html", secret, course / ".cache.html"):
        file.write_text("")
    os.symlink(secret, course / "lien.html")
    names = [
        course / "rapports" / "suivi é.html",
        secret,
        course / ".cache.html",
        course / "lien.html",
        course,
    ]
    said = "\n".join(f"Écrit : {name}" for name in names)
    assert written(course, said) == ["rapports/suivi é.html"]


def test_what_a_command_says_is_text(course: BatchCourse) -> None:
    run = running.Run("collect", MODULE, 1, time.time(), time.time(), 1)
    text = html(course, Told(run, "<img src=x onerror=alert(1)>", (), ('"><script>',)))
    assert "<img" not in text and "<script>" not in text
