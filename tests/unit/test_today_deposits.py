"""Files given through the page: their names are hostile, and none takes the place of another."""

from pathlib import Path

import pytest

from autograder.grading.layout import DEPOSITS
from autograder.today import deposits
from autograder.today.errors import Refused

MODULE = "F02-lire-un-tableau"
ARCHIVE = b"PK\x03\x04une archive"


@pytest.mark.parametrize(
    "name",
    [
        "../../../nbgrader_config.zip",
        "/etc/passwd",
        "..",
        ".zip",
        "",
        "a\x00b\n\x1b[2J.zip",
        "\u202epiz.exe",
        "C:\\copies\\ada.zip",
        "é" * 500 + ".zip",
        "--accept=ada.zip",
        "$(reboot) ; *.zip",
    ],
)
def test_a_hostile_name_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    place = deposits.keep(tmp_path, MODULE, name, ARCHIVE)
    assert place.parent == tmp_path / DEPOSITS / MODULE
    assert place.read_bytes() == ARCHIVE
    assert place.name.isprintable() and place.suffix == ".zip"
    assert not set(place.name) & set('/\\:*?"<>|')
    assert deposits.kept(tmp_path, MODULE) == [place]


def test_two_learners_who_chose_the_same_name_are_both_kept(tmp_path: Path) -> None:
    for content in (ARCHIVE, ARCHIVE + b"2", ARCHIVE):
        deposits.keep(tmp_path, MODULE, "travail.zip", content)
    assert len(deposits.kept(tmp_path, MODULE)) == 2


def test_the_name_by_which_moodle_says_whose_copy_it_is_is_kept(tmp_path: Path) -> None:
    given = "Jean Dupont_1234_assignsubmission_file_travail.zip"
    place = deposits.keep(tmp_path, MODULE, given, ARCHIVE)
    assert place.name.startswith("Jean Dupont_1234_assignsubmission_file_travail-")


@pytest.mark.parametrize(
    ("about", "name", "content", "said"),
    [
        (MODULE, "copie.zip", b"", "est vide"),
        (MODULE, "copie.ipynb", b"{}", "n’est pas une archive .zip"),
        (deposits.LIST, "liste.xlsx", ARCHIVE, "enregistrez la liste au format CSV"),
    ],
)
def test_another_kind_of_file_is_refused_with_what_to_do(
    tmp_path: Path, about: str, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        deposits.keep(tmp_path, about, name, content)
    assert deposits.kept(tmp_path, about) == []


def test_what_is_given_is_closed_to_others_and_can_be_erased(tmp_path: Path) -> None:
    place = deposits.keep(tmp_path, MODULE, "a.zip", ARCHIVE)
    assert [one.stat().st_mode & 0o777 for one in (place, place.parent, place.parent.parent)] == [
        0o600,
        0o700,
        0o700,
    ]
    assert deposits.erase(tmp_path, MODULE) == 1
    assert deposits.kept(tmp_path, MODULE) == []
