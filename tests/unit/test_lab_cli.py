"""`campus lab` publishes what has changed or is no longer whole, then fills the learner's space."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from autograder.lab import opening, publication, turn
from autograder.lab.launch import LaunchError
from autograder.modules.load import load_modules

(F01,) = load_modules(["F01"])
NOTEBOOK, EXERCISES = f"{F01.folder_name}.ipynb", ".exercises.json"


class Course:
    """A course of one module: what was built, what was released, the learner's space."""

    def __init__(self, folder: Path):
        self.source = folder / "source" / F01.folder_name
        self.release = folder / "release" / F01.folder_name
        self.work = folder.parent / "travail"
        self.mine = self.work / F01.folder_name
        self.published: list[str] = []

    def write(self, notebook: str) -> None:
        self.source.mkdir(parents=True, exist_ok=True)
        (self.source / NOTEBOOK).write_text(notebook)
        (self.source / EXERCISES).write_text("exercices")

    def publish(self, folder: str) -> bool:
        """Stand in for nbgrader: it makes the folder anew."""
        self.published.append(folder)
        self.release.mkdir(parents=True, exist_ok=True)
        (self.release / NOTEBOOK).write_text((self.source / NOTEBOOK).read_text().replace("avec", "sans"))
        (self.release / EXERCISES).write_bytes((self.source / EXERCISES).read_bytes())
        return True

    def open(self, release: Callable[[str], bool] | None = None) -> None:
        opening.prepare(lambda names: None, release or self.publish)
        opening.fill(self.work)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    folder = tmp_path / "course"
    (folder / "guides").mkdir(parents=True)
    monkeypatch.setenv("CAMPUS_COURSE", str(folder))
    monkeypatch.setattr(publication, "authored", lambda: [F01])
    monkeypatch.setattr(opening, "write_settings", lambda: None)
    one = Course(folder)
    one.write("avec solutions")
    return one


def test_only_what_changed_is_published(course: Course) -> None:
    course.open()
    course.open()
    assert course.published == [F01.folder_name]
    assert (course.mine / NOTEBOOK).read_text() == "sans solutions"

    course.write("avec d’autres solutions")
    course.open()
    assert course.published == [F01.folder_name] * 2
    assert (course.mine / NOTEBOOK).read_text() == "sans d’autres solutions"


@pytest.mark.parametrize("name", [NOTEBOOK, EXERCISES])
@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_a_release_that_is_no_longer_whole_is_made_again(course: Course, name: str, harm: str) -> None:
    course.open()
    for folder in (course.release, course.mine):
        (folder / name).unlink() if harm == "gone" else (folder / name).write_text("")
    course.open()
    assert (course.release / name).read_text()
    if name == EXERCISES or harm == "gone":  # an emptied notebook is the learner's own doing
        assert (course.mine / name).read_bytes() == (course.release / name).read_bytes()


def test_a_version_that_could_not_be_published_is_tried_again(course: Course) -> None:
    course.open()
    course.write("avec une question de plus")
    course.open(lambda _: False)
    assert (course.mine / NOTEBOOK).read_text() == "sans solutions"
    course.open()
    assert (course.mine / NOTEBOOK).read_text() == "sans une question de plus"


def test_the_published_list_holds_no_answer(course: Course) -> None:
    course.open()
    told = json.loads(publication.path().read_text())
    assert [card["id"] for card in told["cards"]] == ["F01"]
    assert set(told["cards"][0]) <= {
        *("id", "folder_name", "title", "summary", "track", "audience", "minutes", "version", "pass_mark"),
        *("prerequisites", "datasets", "exercises", "optional", "free_points", "competences"),
        *("objectives", "code", "takeaway"),
    }
    assert told["cards"][0]["optional"] == ["etapes", "perimee", "erreurs"]


def test_an_account_that_may_not_write_the_course_opens_what_is_released(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publication, "may_publish", lambda: False)
    with pytest.raises(LaunchError, match="campus publish"):
        course.open()
    monkeypatch.undo()
    monkeypatch.setenv("CAMPUS_COURSE", str(course.source.parents[1]))
    monkeypatch.setattr(publication, "authored", lambda: [F01])
    course.open()

    monkeypatch.setattr(publication, "may_publish", lambda: False)
    monkeypatch.setattr(publication, "authored", lambda: pytest.fail("the texts of modules hold answers"))
    opening.fill(course.work)
    course.open()
    assert (course.mine / NOTEBOOK).exists()


def test_a_second_opening_waits_and_says_so(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = course.source.parents[1]
    first = FileLock(folder / turn.LOCK, thread_local=False)
    first.acquire()
    threading.Timer(0.3, first.release).start()
    course.open()
    said = capsys.readouterr().out
    assert "attend son tour, 10 minutes au plus" in said
    assert "L’autre ouverture est prête" in said

    monkeypatch.setattr(turn, "WAIT_SECONDS", 0.1)
    with FileLock(folder / turn.LOCK), pytest.raises(LaunchError, match="fermez-la"):
        course.open()


TWO = """
import sys, time
from pathlib import Path
from autograder.lab import opening, publication
from autograder.modules.load import load_modules
course = Path(sys.argv[1])
(module,) = load_modules(["F01"])
publication.authored = lambda: [module]
opening.write_settings = lambda: None
def release(folder):
    target = course / "release" / folder
    target.mkdir(parents=True)  # fails where another opening is at work
    for file in (course / "source" / folder).iterdir():
        (target / file.name).write_bytes(file.read_bytes())
        time.sleep(0.3)
    return True
opening.prepare(lambda names: None, release)
opening.fill(course.parent / "travail")
"""


def test_two_first_openings_at_once_both_succeed(course: Course) -> None:
    command = [sys.executable, "-c", TWO, course.source.parents[1]]
    openings = [subprocess.Popen(command, env=os.environ.copy()) for _ in range(3)]
    assert [opening.wait() for opening in openings] == [0, 0, 0]
    assert sorted(path.name for path in course.mine.iterdir()) == sorted([NOTEBOOK, EXERCISES])


def test_a_full_disk_is_told_in_french(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "travail/F01")

    monkeypatch.setattr(opening, "sync", full)
    assert opening._told(lambda: opening.fill(course.work) or 0) == 1
    assert "Vérifiez qu’il reste de la place" in capsys.readouterr().err
