"""Nothing that a mark depends on changes unseen: one byte in any room of the package, in the data, in the packages."""

import shutil
from pathlib import Path

import grimp
import pytest

from autograder import fingerprint, paths
from autograder.authoring.pipeline import build as build_modules
from autograder.fingerprint import NOT_BUILDING
from autograder.grading.batch.version import NOT_GRADING, activities_used, engine_version
from tests.nbgrader.batch_course import MODULE, MODULES

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
    files = (path for path in sorted(room.rglob("*")) if path.is_file())
    kinds = {
        path.suffix: path for path in files if not {"tests", "README.md"} & set(path.relative_to(room).parts)
    }
    return list(kinds.values())


@pytest.mark.parametrize("room", ROOMS)
def test_a_byte_of_any_room_changes_what_marks_are_kept_by(package: Path, room: str):
    for path in files_of(package / room):
        before = engine_version(None)
        change_one_byte(path)
        assert (engine_version(None) == before) == (room in NOT_GRADING), path


@pytest.mark.parametrize("file", ["kind.py", "bank.yml", "page/control.js", "show.py"])
def test_a_byte_of_an_activity_counts_for_what_uses_it_alone(package: Path, file: str):
    used = [None, ["inbox"], ["committee", "inbox"]]
    others = [[], ["committee"]]
    before = [(engine_version(names), fingerprint.of_builder(names)) for names in [*used, *others]]
    change_one_byte(package / "activities" / "inbox" / file)
    after = [(engine_version(names), fingerprint.of_builder(names)) for names in [*used, *others]]
    changed = [(a[0] != b[0], a[1] != b[1]) for a, b in zip(before, after, strict=True)]
    assert changed == [(True, True)] * len(used) + [(False, False)] * len(others)


def test_the_registry_counts_for_all(package: Path):
    before = engine_version([]), fingerprint.of_builder([])
    change_one_byte(package / "activities" / "registry.py")
    after = engine_version([]), fingerprint.of_builder([])
    assert before[0] != after[0] and before[1] != after[1]


def test_the_tests_and_the_page_about_an_activity_count_for_nothing(package: Path):
    before = engine_version(None), fingerprint.of_package()
    for path in ("README.md", "tests/test_inbox_bank.py"):
        change_one_byte(package / "activities" / "inbox" / path)
    assert (engine_version(None), fingerprint.of_package()) == before


def test_a_module_that_imports_an_activity_in_a_cell_is_built_again_with_it(
    package: Path, modules: Path, tmp_path: Path
):
    text = modules / "X01-essai" / "notebook.md"
    first = "from autograder.notebook import"
    assert first in text.read_text(encoding="utf-8")
    course = tmp_path / "course"

    def is_fresh() -> bool:
        return build_modules(["X01"], course, root=modules)[0].fresh

    def change(name: str) -> None:
        change_one_byte(package / "activities" / name / "show.py")

    assert is_fresh() and not is_fresh()
    change("inbox")
    assert not is_fresh(), "nothing names it yet"
    content = text.read_text(encoding="utf-8")
    text.write_text(
        content.replace(first, f"from autograder.activities import inbox as _boite\n{first}", 1),
        encoding="utf-8",
    )
    assert is_fresh()
    change("committee")
    assert not is_fresh()
    change("inbox")
    assert is_fresh()
    private = course / "private" / "X01-essai.json"
    assert activities_used(private) == ["inbox"], "grading knows it too"


@pytest.mark.parametrize("damage", ["", "{}", '{"built_from": {}}', '{"built_from": 3}', "[]"])
def test_a_private_table_that_does_not_tell_counts_all_the_activities(tmp_path: Path, damage: str):
    assert activities_used(tmp_path / "none.json") is None
    (tmp_path / "table.json").write_text(damage)
    assert activities_used(tmp_path / "table.json") is None


@pytest.mark.parametrize("room", ROOMS)
def test_a_byte_of_any_room_changes_what_builds_are_kept_by(package: Path, room: str, tmp_path: Path):
    build_modules([MODULE], tmp_path, root=MODULES)
    change_one_byte(package / room / "registry.py" if room == "activities" else files_of(package / room)[-1])
    (built,) = build_modules([MODULE], tmp_path, root=MODULES)
    assert built.fresh == (room not in NOT_BUILDING)


def test_what_is_left_out_is_never_imported():
    imports = grimp.build_graph("autograder")
    for room, left_out in (("grading", NOT_GRADING), ("authoring", NOT_BUILDING)):
        needed = imports.find_upstream_modules(f"autograder.{room}", as_package=True)
        assert not {name for name in needed if name.split(".")[1] in left_out}


def test_a_byte_of_the_data_changes_what_marks_are_kept_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copytree(paths.datasets(), tmp_path / "datasets")
    monkeypatch.setenv("CAMPUS_DATASETS", str(tmp_path / "datasets"))
    before = engine_version([])
    change_one_byte(tmp_path / "datasets" / "epci-2026.csv")
    assert engine_version([]) != before


def test_another_package_or_another_interpreter_changes_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    installed = engine_version([])
    monkeypatch.setattr(fingerprint.sysconfig, "get_path", lambda kind: str(tmp_path))
    first = engine_version([])
    assert first != installed
    (tmp_path / "pandas-99.dist-info").mkdir()
    second = engine_version([])
    assert second != first
    monkeypatch.setattr(fingerprint.sys, "version", "3.99")
    assert engine_version([]) != second


def test_copies_that_a_library_brings_while_it_loads_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """setuptools adds its own to the import path: `campus lab` would build again what `campus build` has built."""
    before = fingerprint.of_environment()
    (tmp_path / "tomli-2.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert fingerprint.of_environment() == before


def test_what_only_reports_use_builds_and_grades_nothing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """`make instructor` adds it to an environment whose modules are built."""
    monkeypatch.setattr(fingerprint.sysconfig, "get_path", lambda kind: str(tmp_path))
    (tmp_path / "pandas-3.dist-info").mkdir()
    before = fingerprint.of_environment()
    (tmp_path / "scipy-1.dist-info").mkdir()
    assert fingerprint.of_environment() == before
    (tmp_path / "scipy_like-1.dist-info").mkdir()
    assert fingerprint.of_environment() != before


def test_names_and_contents_cannot_be_taken_for_each_other(tmp_path: Path):
    one, two = tmp_path / "un", tmp_path / "deux"
    for folder, files in ((one, {"a": "bc"}), (two, {"ab": "c"})):
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_text(content)
    assert fingerprint.of_folder(one) != fingerprint.of_folder(two)
    assert fingerprint.of("a", "b") != fingerprint.of("ab")
