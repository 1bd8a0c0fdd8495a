"""A file is replaced at once: an interruption leaves the old content or the new, and nothing beside."""

import os
import stat
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest

from autograder import files

posix = pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")


def test_the_new_content_takes_the_place_of_the_old(tmp_path: Path) -> None:
    place = tmp_path / "note.txt"
    files.write(place, "ancienne")
    files.write(place, "nouvelle\n", lasting=True)
    assert place.read_bytes() == b"nouvelle\n"
    assert os.listdir(tmp_path) == ["note.txt"]


def test_what_fails_meanwhile_leaves_the_old_content_and_nothing_beside(tmp_path: Path) -> None:
    place = tmp_path / "archive.zip"
    place.write_bytes(b"ancienne")
    with pytest.raises(KeyboardInterrupt), files.replacing(place) as file:
        zipfile.ZipFile(file, "w").writestr("carnet", "la moitié")
        raise KeyboardInterrupt
    assert place.read_bytes() == b"ancienne"
    assert os.listdir(tmp_path) == ["archive.zip"]


def test_a_process_killed_while_it_writes_leaves_the_old_content(tmp_path: Path) -> None:
    place = tmp_path / "note.txt"
    place.write_text("ancienne")
    dying = (
        "import os, pathlib, sys; from autograder import files\n"
        "with files.replacing(pathlib.Path(sys.argv[1])) as file: file.write(b'la'); file.flush(); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", dying, place], check=False).returncode == 9
    assert place.read_text() == "ancienne"
    (left,) = {*os.listdir(tmp_path)} - {"note.txt"}
    assert left.startswith(".") and left.endswith(files.UNFINISHED)


def test_two_writers_of_one_place_do_not_meet(tmp_path: Path) -> None:
    place = tmp_path / "note.txt"
    with files.replacing(place) as first, files.replacing(place) as second:
        first.write(b"un")
        second.write(b"deux")
    assert place.read_bytes() == b"un"  # the last to end


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_a_mode_that_is_asked_does_not_depend_on_the_account(tmp_path: Path, mode: int) -> None:
    before = os.umask(0o077)
    try:
        files.write(tmp_path / "note.txt", "x", mode=mode)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "note.txt").stat().st_mode) == mode


@posix
def test_a_mode_that_is_not_asked_is_that_of_any_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write(tmp_path / "note.txt", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "note.txt").stat().st_mode) == 0o640


@pytest.mark.parametrize("system", ["ours", "without fcntl"])
def test_one_at_a_time_in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    import filelock  # noqa: F401 (it needs fcntl to be imported here)

    if system == "without fcntl":
        monkeypatch.setitem(sys.modules, "fcntl", None)
    inside, most = 0, 0

    def enter() -> None:
        nonlocal inside, most
        for _ in range(20):
            with files.alone(tmp_path):
                inside += 1
                most = max(most, inside)
                time.sleep(0.001)  # lets the others come in, where nothing holds them back
                inside -= 1

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
