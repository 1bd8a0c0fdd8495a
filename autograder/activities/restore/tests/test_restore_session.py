"""A file being restored without any page: what is written, what is never touched, what is said when it cannot be."""

import errno
import hashlib
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.activities.restore.session import RestoreSession
from autograder.contract.forms import AnswersNotSaved, UnreadableAnswer
from autograder.forms.played import _Place
from tests.restored import FORM, GOOD
from tests.table import Table


@pytest.fixture
def table() -> Table:
    return Table({"reprise": FORM})


def session(table: Table) -> RestoreSession:
    return RestoreSession(table.place("reprise"))


def test_a_copy_is_written_then_verified_then_declared(table: Table) -> None:
    one = session(table)
    assert one.open().value is None and not table.files
    shown = one.receive({"then": "restore", "copy": "b"})
    assert table.files == {"liste.csv": GOOD} and shown.value == table.answers["reprise"] == {"copy": "b"}
    assert shown.ledger == {"restored": 1, "fingerprint": ""}
    shown = one.receive({"then": "verify"})
    whole = hashlib.sha256(GOOD.encode()).hexdigest()
    assert shown.ledger["fingerprint"].replace(" ", "") == whole[:12] and not shown.notice
    assert (
        one.receive({"copy": "b", "line": "y"}).value
        == table.answers["reprise"]
        == {"copy": "b", "line": "y"}
    )
    assert session(table).open().value == {"copy": "b", "line": "y"}


def test_another_copy_takes_the_place_of_the_first_and_forgets_what_was_declared(table: Table) -> None:
    one = session(table)
    one.receive({"then": "restore", "copy": "c"})
    one.receive({"then": "verify"})
    one.receive({"copy": "c", "line": "aucune"})
    shown = one.receive({"then": "restore", "copy": "b"})
    assert table.files == {"liste.csv": GOOD} and shown.value == {"copy": "b"}
    assert shown.ledger == {"restored": 2, "fingerprint": ""}


@pytest.mark.parametrize("own", ["mes notes\n", "", GOOD + "une ligne à moi\n"])
def test_what_is_no_copy_of_ours_is_never_overwritten(table: Table, own: str) -> None:
    table.files["liste.csv"] = own
    with pytest.raises(AnswersNotSaved, match="laissé tel quel"):
        session(table).receive({"then": "restore", "copy": "b"})
    assert table.files == {"liste.csv": own} and not table.answers


def test_a_file_changed_since_is_told_and_one_that_is_gone_too(table: Table) -> None:
    one = session(table)
    one.receive({"then": "restore", "copy": "b"})
    table.files["liste.csv"] += "une ligne à moi\n"
    shown = one.receive({"then": "verify"})
    assert "il a changé depuis" in shown.notice and shown.ledger["fingerprint"]
    del table.files["liste.csv"]
    shown = one.receive({"then": "verify"})
    assert "restaurez d’abord" in shown.notice and not shown.ledger["fingerprint"]


def test_erasing_the_answer_leaves_the_file(table: Table) -> None:
    one = session(table)
    one.receive({"then": "restore", "copy": "b"})
    assert one.receive(None).value is None
    assert table.files == {"liste.csv": GOOD} and not table.answers


@pytest.mark.parametrize(
    "raw", [{"then": "restore"}, {"then": "restore", "copy": "../b"}, {"copy": "z"}, "b", 3]
)
def test_what_the_page_cannot_send_writes_nothing(table: Table, raw: object) -> None:
    with pytest.raises(UnreadableAnswer):
        session(table).receive(raw)
    assert not table.files and not table.answers


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "le disque est plein"),
        (errno.EROFS, "ce disque est en lecture seule"),
        (errno.EACCES, "droits insuffisants"),
    ],
)
def test_a_folder_that_is_full_or_closed_is_told_in_french(
    table: Table, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    one = session(table)

    def refuse(name: str, text: str) -> None:
        raise OSError(code, "No", f"/elsewhere/{name}")

    monkeypatch.setattr(one._place, "write_beside", refuse)
    with pytest.raises(
        AnswersNotSaved, match=f"«\u00a0liste.csv\u00a0» n’a pas pu être écrit\u00a0: {words}"
    ):
        one.receive({"then": "restore", "copy": "b"})
    assert not table.answers, "what was not restored is not answered"


def test_a_folder_or_a_link_of_that_name_is_left_alone(tmp_path: Path) -> None:
    place = _Place(SimpleNamespace(_folder=tmp_path))  # type: ignore[arg-type]
    assert place.read_beside("liste.csv", 10) is None
    (tmp_path / "ailleurs.csv").write_text("à moi", encoding="utf-8")
    (tmp_path / "liste.csv").symlink_to(tmp_path / "ailleurs.csv")
    (tmp_path / "dossier.csv").mkdir()
    for name in ("liste.csv", "dossier.csv"):
        with pytest.raises(FileExistsError):
            place.read_beside(name, 10)
    assert place.read_beside("ailleurs.csv", 3) == "à m".encode()[:3]
