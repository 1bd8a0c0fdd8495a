"""`campus lab` releases what has changed, then fills the learner's space."""

import os
from pathlib import Path

import pytest

from autograder.lab import cli, home
from autograder.lab.home import TrackCard
from autograder.modules.load import load_modules

(F01,) = load_modules(["F01"])


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of one built module, not yet released."""
    course = tmp_path / "course"
    monkeypatch.setenv("CAMPUS_COURSE", str(course))
    monkeypatch.setattr(home, "cards", lambda: [TrackCard("fond", "Les fondamentaux", "Un.", (F01,))])
    (course / "guides").mkdir(parents=True)
    (course / "source" / F01.folder_name).mkdir(parents=True)
    (course / "source" / F01.folder_name / f"{F01.folder_name}.ipynb").write_text("avec solutions")
    return course


def test_only_what_changed_is_released(course: Path, tmp_path: Path) -> None:
    source = course / "source" / F01.folder_name / f"{F01.folder_name}.ipynb"
    target = course / "release" / F01.folder_name / f"{F01.folder_name}.ipynb"
    released = []

    def release(folder: str) -> None:
        released.append(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("sans solutions")

    cli.prepare(tmp_path / "travail", release)
    cli.prepare(tmp_path / "travail", release)
    assert released == [F01.folder_name]
    assert (
        tmp_path / "travail" / F01.folder_name / f"{F01.folder_name}.ipynb"
    ).read_text() == "sans solutions"

    later = target.stat().st_mtime + 1
    os.utime(source, (later, later))
    cli.prepare(tmp_path / "travail", release)
    assert released == [F01.folder_name] * 2
