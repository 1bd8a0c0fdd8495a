"""`campus lab` releases what has changed, then fills the learner's space."""

import os
from pathlib import Path

import pytest

from autograder.lab import cli
from autograder.lab.home import ModuleCard, TrackCard

F01 = ModuleCard("F01", "F01-carnet", "Prendre en main son carnet", 20, ("N0",), "Un.", (), "fond")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of one built module, not yet released."""
    course = tmp_path / "course"
    monkeypatch.setenv("CAMPUS_COURSE", str(course))
    monkeypatch.setattr(cli, "cards", lambda: [TrackCard("fond", "Les fondamentaux", "Un.", (F01,))])
    (course / "guides").mkdir(parents=True)
    (course / "source" / F01.folder).mkdir(parents=True)
    (course / "source" / F01.folder / f"{F01.folder}.ipynb").write_text("avec solutions")
    return course


def test_only_what_changed_is_released(course: Path, tmp_path: Path) -> None:
    source = course / "source" / F01.folder / f"{F01.folder}.ipynb"
    target = course / "release" / F01.folder / f"{F01.folder}.ipynb"
    released = []

    def release(folder: str) -> None:
        released.append(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("sans solutions")

    cli.prepare(tmp_path / "travail", release)
    cli.prepare(tmp_path / "travail", release)
    assert released == [F01.folder]
    assert (tmp_path / "travail" / F01.folder / f"{F01.folder}.ipynb").read_text() == "sans solutions"
    assert F01.title in (tmp_path / "travail" / "Accueil.md").read_text(encoding="utf-8")

    later = target.stat().st_mtime + 1
    os.utime(source, (later, later))
    cli.prepare(tmp_path / "travail", release)
    assert released == [F01.folder] * 2
