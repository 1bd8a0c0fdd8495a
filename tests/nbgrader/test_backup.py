"""`campus backup` and `campus restore`: what comes back is what was saved, to the byte; nothing that was there is lost."""

import errno
import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.followup.backup import write
from autograder.followup.backup.content import MANIFEST
from tests.nbgrader.batch_course import MODULE, make_course
from tests.nbgrader.people_course import files, rows

PASSING = (".verrou", ".ramassage")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = make_course(tmp_path_factory.mktemp("backup"))
    course.hand_in("ada")
    course.hand_in("zoé", "total = 1")
    assert course.grade().ok
    (course.root / "replaced" / "20260101-120000" / "ada").mkdir(parents=True)
    (course.root / "replaced" / "20260101-120000" / "ada" / "copie").write_text("matin")
    (course.root / "exports").mkdir()
    (course.root / "exports" / "notes.csv").write_text("x")
    return course.root


@pytest.fixture
def root(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "course"
    shutil.copytree(template, root)
    monkeypatch.setenv("CAMPUS_COURSE", str(root))
    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path / "cache"))
    return root


def back_up(root: Path) -> Path:
    assert main(["backup"]) == 0
    return sorted((root / "backups").glob("*.zip"))[-1]


def kept(root: Path) -> dict[str, bytes]:
    """Return the bytes of what a backup holds, but for the gradebook, whose rows are compared."""
    aside = ("exports", "backups", "replaced-by-restore")
    found = {path: raw for path, raw in files(root).items() if not path.startswith(aside)}
    return {path: raw for path, raw in found.items() if not path.endswith(PASSING) and path != "gradebook.db"}


def modes(root: Path) -> dict[str, int]:
    return {path: stat.S_IMODE((root / path).stat().st_mode) for path in kept(root)}


def test_what_comes_back_is_what_was_saved(root: Path) -> None:
    before, rows_before, modes_before = kept(root), rows(root), modes(root)
    path = back_up(root)
    assert path.stat().st_mode & 0o777 == 0o600
    shutil.rmtree(root / "submitted" / "ada")
    (root / "autograded" / "zoé" / MODULE / f"{MODULE}.ipynb").chmod(0o644)
    (root / "autograded" / "zoé" / MODULE / f"{MODULE}.ipynb").write_text("abîmé")
    (root / "gradebook.db").write_bytes(b"x")
    (root / "feedback").mkdir()
    (root / "feedback" / "neuf.html").write_text("neuf")
    after = kept(root)
    assert main(["restore", str(path)]) == 0
    assert (kept(root), rows(root), modes(root)) == (before, rows_before, modes_before)
    (aside,) = (root / "replaced-by-restore").iterdir()
    assert kept(aside) == after, "what was there is kept"
    assert (aside / "gradebook.db").read_bytes() == b"x"
    assert aside.stat().st_mode & 0o077 == 0


def test_a_whole_course_comes_back_on_another_machine(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, rows_before = kept(root), rows(root)
    path = back_up(root)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(root / "nbgrader_config.py", other)
    monkeypatch.setenv("CAMPUS_COURSE", str(other))
    assert main(["restore", str(path)]) == 0
    assert (kept(other), rows(other)) == (before, rows_before)


def test_the_gradebook_is_saved_whole_while_others_write(root: Path) -> None:
    with closing(sqlite3.connect(root / "gradebook.db")) as connection:
        connection.execute("CREATE TABLE essai (a, b)")
    stop = threading.Event()

    def fill() -> None:
        with closing(sqlite3.connect(root / "gradebook.db", timeout=30)) as connection:
            while not stop.is_set():
                connection.executemany("INSERT INTO essai VALUES (1, ?)", [("x" * 500,)] * 10)
                connection.commit()
                stop.wait(0.01)

    thread = threading.Thread(target=fill)
    thread.start()
    try:
        path = back_up(root)
    finally:
        stop.set()
        thread.join()
    with zipfile.ZipFile(path) as archive:
        saved = Path(archive.extract("gradebook.db", root / "backups"))
    with closing(sqlite3.connect(saved)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) % 10 FROM essai").fetchone() == (0,)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")


def flipped(path: Path) -> None:
    """One bit of the first file's packed bytes."""
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        place = max(archive.infolist(), key=lambda one: one.compress_size)
    raw[place.header_offset + place.compress_size // 2] ^= 1
    path.write_bytes(raw)


def again(path: Path, more: dict[str, str], listed: bool = True, link: bool = False) -> None:
    """Write a backup again, with other files, that its manifest lists or not."""
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(content.pop(MANIFEST))
    for name in more:
        entry = {"sha256": "2" * 64, "mode": 0o644, "modified": 0}
        manifest["entries"] |= {name: entry} if listed else {}
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in content.items():
            archive.writestr(name, raw)
        for name, text in more.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777 if link else stat.S_IFREG | 0o644) << 16
            archive.writestr(info, text)
        archive.writestr(MANIFEST, json.dumps(manifest))


WHOLE, PLACE, NAMES = "n’est pas une sauvegarde entière", "n’a pas sa place", "ne sont pas ceux de sa liste"
HOSTILE: dict[str, tuple[str, Callable[[Path], None]]] = {
    "cut": (WHOLE, cut),
    "empty": (WHOLE, empty),
    "foreign": (WHOLE, foreign),
    "flipped": ("", flipped),
    "outside": (PLACE, lambda path: again(path, {"../sorti": "x"})),
    "absolute": (PLACE, lambda path: again(path, {"/tmp/sorti": "x"})),
    "a link": (PLACE, lambda path: again(path, {"submitted/lien": "/etc"}, link=True)),
    "not listed": (NAMES, lambda path: again(path, {"submitted/plus": "x"}, listed=False)),
    "wrong hash": ("est abîmé", lambda path: again(path, {"submitted/plus": "x"})),
    "not of a course": (PLACE, lambda path: again(path, {"guides/formateur.md": "x"})),
    "a file as a folder": (PLACE, lambda path: again(path, {"gradebook.db/x": "x"})),
}


@pytest.mark.parametrize(("reason", "spoil"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_bad_backup_is_refused_and_nothing_changes(
    reason: str, spoil: Callable[[Path], None], root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shutil.move(back_up(root), tmp_path / "sauvegarde.zip")
    spoil(path)
    before = files(root)
    assert main(["restore", str(path)]) == 1
    said = capsys.readouterr().err
    assert reason in said
    assert "Rien n’a changé" in said
    assert "campus backup --list" in said
    assert files(root) == before
    assert not (root / ".restauration").exists()
    assert not (root.parent / "sorti").exists()


def test_a_bomb_is_refused_before_it_is_unpacked(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shutil.move(back_up(root), tmp_path / "sauvegarde.zip")
    again(path, {"submitted/gros": "0" * 10**7})
    usage = shutil.disk_usage(root)._replace(free=10**7)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage)
    assert main(["restore", str(path)]) == 1
    assert "Il manque de la place" in capsys.readouterr().err


def test_a_full_disk_is_told_and_leaves_no_half_backup(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(write, "_snapshot", full)
    assert main(["backup"]) == 1
    assert "Le disque est plein" in capsys.readouterr().err
    assert list((root / "backups").iterdir()) == []


def test_a_backup_that_is_killed_has_no_final_name(root: Path) -> None:
    code = (
        "import os, signal\nfrom autograder.cli import main\nfrom autograder.followup.backup import write\n"
        "write._snapshot = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\nmain(['backup'])"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == -signal.SIGKILL
    assert list((root / "backups").glob("*.zip")) == []
    assert any((root / "backups").glob(".*")), "half of one, until the next command"
    with zipfile.ZipFile(back_up(root)) as archive:
        assert not list((root / "backups").glob(".*"))
        assert not [name for name in archive.namelist() if "ramassage" in name or ".nouveau" in name]


@pytest.mark.parametrize("step", [1, 3, 5, 8, 11])
def test_a_restore_that_is_killed_loses_nothing_and_ends_when_done_again(step: int, root: Path) -> None:
    before, rows_before = kept(root), rows(root)
    path = back_up(root)
    (root / "submitted" / "ada" / "depuis.txt").write_text("rendu depuis")
    code = (
        "import sys\nfrom autograder.cli import main\nfrom autograder.followup.backup import restore\n"
        "from tests.nbgrader import batch_killed\n"
        f"batch_killed.left = {step}\nbatch_killed.watch(restore, '_move')\nmain(['restore', sys.argv[1]])"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)]).returncode == -signal.SIGKILL
    assert main(["restore", str(path)]) == 0
    assert (kept(root), rows(root)) == (before, rows_before)
    assert any(
        raw == b"rendu depuis" for name, raw in files(root).items() if name.startswith("replaced-by-restore")
    )


def test_backups_are_listed_also_those_elsewhere(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--list"]) == 0
    assert "Aucune sauvegarde" in capsys.readouterr().err
    (tmp_path / "clé USB").mkdir()
    assert main(["backup", "--to", str(tmp_path / "clé USB")]) == 0
    (elsewhere,) = (tmp_path / "clé USB").iterdir()
    inside = back_up(root)
    capsys.readouterr()
    assert main(["backup", "--list"]) == 0
    said = capsys.readouterr().err
    assert str(inside) in said
    assert str(elsewhere) in said
    os.remove(elsewhere)
    main(["backup", "--list"])
    assert "n’est plus là" in capsys.readouterr().err


def test_a_folder_that_does_not_exist_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "--to", str(root / "absent")]) == 1
    assert "créez-le" in capsys.readouterr().err


def test_a_backup_is_packed(root: Path) -> None:
    (root / "submitted" / "ada" / "gros.txt").write_text("ligne\n" * 10**6)
    assert back_up(root).stat().st_size < 10**6


def test_no_backup_holds_another_nor_what_is_made_again(root: Path) -> None:
    back_up(root)
    with zipfile.ZipFile(back_up(root)) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {"backups", "exports", "guides", "replaced-by-restore"}.isdisjoint(tops)
    assert {
        "gradebook.db",
        "submitted",
        "autograded",
        "replaced",
        "exchange",
        "release",
        "nbgrader_config.py",
    } <= tops
