"""Grading gives the same marks wherever the course is, in each tier that this machine has."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.proofs.rehearsal import rehearse
from autograder.sandbox import SandboxRefused, Zygote, places
from tests.conftest import is_temporary


@pytest.fixture
def temporary() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        assert is_temporary(Path(name))
        yield Path(name)


def plain(outside: Path, temporary: Path) -> Path:
    return outside / "cours"


def under_the_temporary_folder(outside: Path, temporary: Path) -> Path:
    return temporary / "cours"


def odd_name(outside: Path, temporary: Path) -> Path:
    return outside / "Été 2026 (copie 1)" / "cours d’été l'an 2"


def through_a_link(outside: Path, temporary: Path) -> Path:
    (outside / "vrai").mkdir()
    (outside / "lien").symlink_to("vrai")
    return outside / "lien" / "cours"


def through_a_link_to_the_temporary_folder(outside: Path, temporary: Path) -> Path:
    (outside / "lien").symlink_to(temporary)
    return outside / "lien" / "cours"


PLACES = [
    plain,
    odd_name,
    pytest.param(through_a_link, marks=pytest.mark.weekly),
    pytest.param(under_the_temporary_folder, marks=pytest.mark.weekly),
    pytest.param(through_a_link_to_the_temporary_folder, marks=pytest.mark.weekly),
]


@pytest.mark.parametrize("tier", ["namespaces", "landlock"])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: getattr(place, "__name__", None))
def test_a_rehearsal_goes_well(tmp_path: Path, temporary: Path, tier, place: Callable[[Path, Path], Path]):
    assert not is_temporary(tmp_path)
    course = place(tmp_path, temporary)
    course.mkdir(parents=True)
    if not has(tier):
        (*_, last) = rehearse(course, tier)
        assert "Ce système ne permet pas de protéger" in last.reason
        return
    steps = rehearse(course, tier)
    assert [(step.name, step.reason) for step in steps if not step.ok] == []
    assert len(steps) == 7
    assert list(course.iterdir()) == []


def test_a_rehearsal_says_which_step_fails(tmp_path: Path, monkeypatch):
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("autograder.proofs.rehearsal.grade", refuse)
    (*before, last) = rehearse(tmp_path)
    assert all(step.ok for step in before)
    assert (last.name, "Read-only file system" in last.reason) == (
        "corriger les copies, en lisant le corrigé",
        True,
    )


def test_a_course_in_a_folder_that_learners_read_is_refused(tmp_path: Path, monkeypatch):
    """Like /usr/local: its grading tables would be in sight."""
    monkeypatch.setattr(places, "SYSTEM", (*places.SYSTEM, str(tmp_path)))
    (*before, last) = rehearse(tmp_path)
    assert all(step.ok for step in before)
    assert f"Le cours est dans {tmp_path}, un dossier du système" in last.reason


def test_a_course_that_cannot_be_written_is_told(tmp_path: Path):
    (step,) = rehearse(tmp_path / "absent")
    assert step.name.startswith("écrire dans le dossier du cours")
    assert step.reason


def has(tier) -> bool:
    try:
        Zygote(tier=tier).close()
    except SandboxRefused:
        return False
    return True
