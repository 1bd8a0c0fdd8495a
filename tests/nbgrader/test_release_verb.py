"""`campus release`: handed out by the exchange, with its due date, and as often as one likes."""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from nbgrader.api import Gradebook

from autograder.cli import _release, main
from autograder.grading.config import COURSE_ID
from autograder.grading.due_date import in_french
from tests.nbgrader.batch_course import MODULE, BatchCourse, make_course

DUE = "2026-07-01 14:30 Europe/Paris"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BatchCourse:
    course = make_course(tmp_path)
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    return course


def published(course: BatchCourse) -> Path:
    return course.root / "exchange" / COURSE_ID / "outbound" / MODULE


def due(course: BatchCourse) -> datetime | None:
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        found: datetime | None = gradebook.find_assignment(MODULE).duedate
        return found


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("UTC", "1er juillet 2026 à 12\u00a0h\u00a030 (UTC), soit 14\u00a0h\u00a030 à Paris"),
        ("Europe/Paris", "1er juillet 2026 à 14\u00a0h\u00a030 (Europe/Paris)"),
        ("America/Martinique", "1er juillet 2026 à 8\u00a0h\u00a030 (America/Martinique)"),
    ],
)
def test_a_date_is_told_with_its_zone(zone: str, told: str) -> None:
    moment = datetime(2026, 7, 1, 12, 30, tzinfo=ZoneInfo("UTC"))
    assert in_french(moment.astimezone(ZoneInfo(zone))) == told


def test_what_is_handed_out_where_and_until_when_is_said(
    course: BatchCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["release", "T01", "--due", DUE]) == 0
    said = capsys.readouterr().err
    assert f"Module publié : {MODULE}. Dans l’échange : {published(course)}" in said
    assert "À rendre avant le 1er juillet 2026 à 14\u00a0h\u00a030 (Europe/Paris)." in said
    assert "déjà passée" in said
    assert due(course) == datetime(2026, 7, 1, 12, 30)
    assert {path.name for path in published(course).iterdir()} == {
        path.name for path in (course.root / "release" / MODULE).iterdir()
    }


def test_again_leaves_the_same_files_and_the_same_date(course: BatchCourse) -> None:
    main(["release", "T01", "--due", DUE])
    before = published(course).stat().st_ino
    assert main(["release", "T01"]) == 0
    assert published(course).stat().st_ino == before, "a learner may be fetching it"
    assert due(course) == datetime(2026, 7, 1, 12, 30)


def test_what_changed_is_handed_out_again(course: BatchCourse) -> None:
    main(["release", "T01"])
    (course.root / "source" / MODULE / "carte.txt").write_text("une carte")
    assert main(["release", "T01"]) == 0
    assert (published(course) / "carte.txt").read_text() == "une carte"


@pytest.mark.parametrize("date", ["2026-07-01 14:30", "2026-07-01 14:30:00", "01/07/2026", "demain"])
def test_a_date_without_a_zone_is_refused_before_anything_is_done(
    course: BatchCourse, capsys: pytest.CaptureFixture[str], date: str
) -> None:
    with pytest.raises(SystemExit):
        main(["release", "T01", "--due", date])
    assert DUE in capsys.readouterr().err
    assert not published(course).exists()


def test_a_date_given_after_grading_says_how_to_count_lateness_again(
    course: BatchCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    course.hand_in("ada")
    course.grade()
    main(["release", "T01", "--due", DUE])
    assert f"« campus grade {MODULE} --force »" in capsys.readouterr().err
    main(["release", "T01", "--due", DUE])
    assert "--force" not in capsys.readouterr().err


def test_an_exchange_that_refuses_is_told_and_the_module_stays_ready(
    course: BatchCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(course.root / "exchange")
    (course.root / "exchange").write_text("")
    assert main(["release", "T01"]) == 1
    said = capsys.readouterr().err
    assert "est prêt" in said and "ne l’a pas pris" in said
    assert (course.root / "release" / MODULE).is_dir()


def test_the_course_of_one_learner_hands_out_nothing(course: BatchCourse) -> None:
    """What `campus lab` calls."""
    assert _release(MODULE)
    assert not published(course).exists()
