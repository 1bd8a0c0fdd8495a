"""Nothing that a mark depends on changes unseen: one byte in any room of the package, in the data, in the packages."""

import shutil
from pathlib import Path

import pytest

from autograder import fingerprint, paths
from autograder.build.pipeline import build as build_modules
from autograder.fingerprint import NOT_BUILDING
from autograder.grading.batch.version import NOT_GRADING, engine_version
from tests.nbgrader.batch_course import MODULE, MODULES
from tests.unit.test_arrows import FORBIDDEN

ROOMS = sorted(
    path.name
    for path in fingerprint.PACKAGE.iterdir()
    if path.name != "__pycache__" and path.suffix != ".pyc"
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, that the fingerprints are then of."""
    copy = tmp_path / "autograder"
    shutil.copytree(fingerprint.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fingerprint, "PACKAGE", copy)
    return copy


def change_one_byte(path: Path) -> None:
    content = bytearray(path.read_bytes() or b"\0")
    content[-1] ^= 1
    path.write_bytes(content)


def files_of(room: Path) -> list[Path]:
    """The files of a room, or it alone: one of each kind of name is enough to try."""
    if room.is_file():
        return [room]
    kinds = {path.suffix: path for path in sorted(room.rglob("*")) if path.is_file()}
    return list(kinds.values())


@pytest.mark.parametrize("room", ROOMS)
def test_a_byte_of_any_room_changes_what_marks_are_kept_by(package: Path, room: str):
    for path in files_of(package / room):
        before = engine_version()
        change_one_byte(path)
        assert (engine_version() == before) == (room in NOT_GRADING), path


@pytest.mark.parametrize("room", ROOMS)
def test_a_byte_of_any_room_changes_what_builds_are_kept_by(package: Path, room: str, tmp_path: Path):
    build_modules([MODULE], tmp_path, root=MODULES)
    change_one_byte(files_of(package / room)[-1])
    (built,) = build_modules([MODULE], tmp_path, root=MODULES)
    assert built.fresh == (room not in NOT_BUILDING)


def test_what_is_left_out_is_never_imported():
    assert set(NOT_GRADING) <= FORBIDDEN["grading"]
    assert set(NOT_BUILDING) <= FORBIDDEN["build"]


def test_a_byte_of_the_data_changes_what_marks_are_kept_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copytree(paths.datasets(), tmp_path / "datasets")
    monkeypatch.setenv("CAMPUS_DATASETS", str(tmp_path / "datasets"))
    before = engine_version()
    change_one_byte(tmp_path / "datasets" / "epci-2026.csv")
    assert engine_version() != before


def test_another_package_or_another_interpreter_changes_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    first = engine_version()
    (tmp_path / "pandas-99.dist-info").mkdir()
    with monkeypatch.context() as patch:
        patch.syspath_prepend(tmp_path)
        assert engine_version() != first
    assert engine_version() == first
    monkeypatch.setattr(fingerprint.sys, "version", "3.99")
    assert engine_version() != first


def test_names_and_contents_cannot_be_taken_for_each_other(tmp_path: Path):
    one, two = tmp_path / "un", tmp_path / "deux"
    for folder, files in ((one, {"a": "bc"}), (two, {"ab": "c"})):
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_text(content)
    assert fingerprint.of_folder(one) != fingerprint.of_folder(two)
    assert fingerprint.of("a", "b") != fingerprint.of("ab")
