"""The private copy of what was handed in: what is taken, what is left out, and what moves meanwhile."""

import os
from pathlib import Path
from typing import Any

import pytest

from autograder.grading import handed_in
from autograder.grading.errors import GradingError
from autograder.grading.handed_in import HandedIn, opened, read_start, readable, take
from autograder.sandbox import copying


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "submitted" / "ada" / "M"
    (folder / "sous").mkdir(parents=True)
    (folder / "carnet.ipynb").write_text("le mien")
    (folder / "sous" / "données.csv").write_text("1")
    (tmp_path / "secret").write_text("secret")
    return folder


def taken(folder: Path, **options: int) -> HandedIn:
    base = folder.parents[2]
    with opened(base / "submitted", "ada", "M") as source:
        return take(source, base / "copie", ["ignoré*"], **options)


def test_regular_files_are_taken_and_all_else_is_told(given: Path) -> None:
    (given / "lien").symlink_to(given.parents[2] / "secret")
    (given / "sous" / "dossier").symlink_to(given)
    os.mkfifo(given / "tube")
    (given / "ignoré.pyc").write_text("")
    found = taken(given)
    assert list(found.files) == ["carnet.ipynb", "sous/données.csv"]
    assert found.files["carnet.ipynb"].read_text() == "le mien"
    assert found.notes == (
        "« lien », « sous/dossier », « tube » ne sont pas des fichiers ordinaires : laissés de côté",
    )


def test_a_thousand_links_are_told_in_one_line(given: Path) -> None:
    for number in range(1_000):
        (given / f"lien-{number:04}").symlink_to("/etc/passwd")
    assert taken(given).notes == (
        "« lien-0000 », « lien-0001 », « lien-0002 » et 997 autres ne sont pas des fichiers ordinaires : laissés de côté",
    )


@pytest.mark.parametrize("level", ["ada", "ada/M"])
def test_a_folder_that_is_a_link_is_not_followed(given: Path, level: str) -> None:
    path = given.parents[1] / level
    path.rename(given.parents[2] / "ailleurs")
    path.symlink_to(given.parents[2] / "ailleurs")
    with pytest.raises(GradingError, match=f"« {level} » n’est pas un dossier ordinaire"):
        taken(given)


def test_a_link_that_takes_the_place_of_a_file_during_the_copy_wins_nothing(
    given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, target = os.open, given / "carnet.ipynb"

    def swap_then_open(name: str | bytes, flags: int, *rest: int, dir_fd: int | None = None) -> int:
        if name == b"carnet.ipynb" and flags == copying.FILE:
            target.unlink()
            target.symlink_to(given.parents[2] / "secret")
        return real(name, flags, *rest, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", swap_then_open)
    found = taken(given)
    assert list(found.files) == ["sous/données.csv"]
    assert found.notes == ("« carnet.ipynb » n’est pas un fichier ordinaire : laissé de côté",)


def test_a_file_taken_away_during_the_copy_costs_nothing(
    given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.stat

    def remove_then_look(name: str | bytes, **options: Any) -> os.stat_result:
        if name == b"temporaire":
            (given / "temporaire").unlink()
        return real(name, **options)

    (given / "temporaire").write_text("")
    monkeypatch.setattr(os, "stat", remove_then_look)
    assert list(taken(given).files) == ["carnet.ipynb", "sous/données.csv"]


def test_a_folder_moved_away_during_the_copy_is_still_the_one_that_was_opened(given: Path) -> None:
    with opened(given.parents[1], "ada", "M") as source:
        given.rename(given.with_name("parti"))
        given.symlink_to(given.parents[2])
        found = take(source, given.parents[2] / "copie", [])
    assert found.files["carnet.ipynb"].read_text() == "le mien"


def test_a_copy_with_too_many_files_or_levels_is_refused(given: Path) -> None:
    for number in range(handed_in.MAX_FILES):
        (given / "sous" / f"{number}").touch()
    with pytest.raises(GradingError, match="trop de fichiers"):
        taken(given)


def test_a_heavy_file_is_left_out_and_the_rest_is_taken(given: Path) -> None:
    with (given / "a-gros.bin").open("wb") as file:
        file.truncate(handed_in.MAX_BYTES)  # it takes no room on the disk
    found = taken(given)
    assert list(found.files) == ["carnet.ipynb", "sous/données.csv"]
    assert found.notes == ("« a-gros.bin » est trop gros : laissé de côté",)


def test_what_cannot_be_read_is_told_as_such(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def closed(name: str | bytes, flags: int, *rest: int, dir_fd: int | None = None) -> int:
        if name in (b"carnet.ipynb", "closed"):
            raise PermissionError(13, "Permission denied")
        return real(name, flags, *rest, dir_fd=dir_fd)

    (given / "closed").mkdir()
    monkeypatch.setattr(os, "open", closed)
    assert taken(given).notes == ("« carnet.ipynb » ne peut pas être lu (droits d’accès) : laissé de côté",)
    with pytest.raises(GradingError, match="« closed » ne peut pas être lu"), opened(given, "closed"):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another account")
def test_the_files_of_another_account_are_left_out_where_the_owner_matters(given: Path) -> None:
    os.chown(given / "carnet.ipynb", 1, 1)
    found = taken(given, made_by=0)
    assert list(found.files) == ["sous/données.csv"]
    assert "n’appartient pas à la personne" in found.notes[0]


def test_a_start_is_read_of_regular_files_alone(tmp_path: Path) -> None:
    (tmp_path / "texte").write_text("bonjour")
    (tmp_path / "lien").symlink_to(tmp_path / "texte")
    os.mkfifo(tmp_path / "tube")
    names = ("texte", "lien", "tube", ".", "rien")
    assert [read_start(tmp_path / name, 3) for name in names] == [b"bon", None, None, None, None]


def test_a_name_gives_no_order_to_the_terminal_and_forges_no_line() -> None:
    assert readable("a\x1b[2J\nz : fraude\u202e\udcff") == r"a\x1b[2J\nz : fraude\u202e\udcff"
    assert len(readable("x" * 10_000)) < 150
