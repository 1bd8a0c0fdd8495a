"""Archives made by others: what is in them is read, or refused with a reason; nothing is written outside, or left behind."""

import io
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder.grading.collect import archives
from autograder.grading.collect.archives import ArchiveError, unpack


def pack(path: Path, files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def special(path: Path, kind: int, content: bytes = b"/etc/passwd") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("F02/lien")
        info.external_attr = (kind | 0o777) << 16
        archive.writestr(info, content)
        archive.writestr("F02/F02.ipynb", "{}")
    return path


def found(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_files_are_unpacked_with_their_folders(tmp_path: Path) -> None:
    files = {"F02/F02.ipynb": b"{}", "F02/données/été.csv": b"1", "__MACOSX/F02/._F02.ipynb": b"x"}
    assert unpack(pack(tmp_path / "a.zip", files), tmp_path / "out") == []
    assert found(tmp_path / "out") == ["F02/F02.ipynb", "F02/données/été.csv"]


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "F02/../../x",
        "/etc/x",
        "C:/x",
        "C:\\x",
        "..\\x",
        "a/\x1b[2J",
    ],
)
def test_nothing_is_written_outside(tmp_path: Path, name: str) -> None:
    archive = pack(tmp_path / "a.zip", {"F02.ipynb": b"{}", name: b"x"})
    with pytest.raises(ArchiveError, match="sortirait de son dossier"):
        unpack(archive, tmp_path / "deep" / "out")
    assert found(tmp_path) == ["a.zip"]


@pytest.mark.parametrize("name", ["a/" + "x" * 300, "a/" * 30 + "x", "/".join(["x" * 250] * 18)])
def test_a_name_that_no_disk_takes_is_refused_before_writing(tmp_path: Path, name: str) -> None:
    archive = pack(tmp_path / "a.zip", {"F02.ipynb": b"{}", name: b"x"})
    with pytest.raises(ArchiveError, match="nom trop long"):
        unpack(archive, tmp_path / "out")
    assert found(tmp_path) == ["a.zip"]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_links_and_devices_are_left_aside_and_told(tmp_path: Path, kind: int) -> None:
    assert unpack(special(tmp_path / "a.zip", kind), tmp_path / "out") == ["F02/lien"]
    assert found(tmp_path / "out") == ["F02/F02.ipynb"]


@pytest.mark.parametrize("other", ["F02/a.txt", "f02/A.TXT", "F02/a.txt/b", "F02"])
def test_two_files_of_one_name_are_refused(tmp_path: Path, other: str) -> None:
    with pytest.warns(UserWarning) if other == "F02/a.txt" else _nothing():
        archive = pack(tmp_path / "a.zip", {"F02/a.txt": b"1"})
        with zipfile.ZipFile(archive, "a") as opened:
            opened.writestr(other, b"2")
    with pytest.raises(ArchiveError, match="même nom"):
        unpack(archive, tmp_path / "out")
    assert not (tmp_path / "out").exists()


class _nothing:
    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


def test_a_bomb_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    dense = pack(tmp_path / "a.zip", {"F02.ipynb": bytes(archives.SMALL + 1)})
    with pytest.raises(ArchiveError, match="100 fois sa taille"):
        unpack(dense, tmp_path / "out")
    many = pack(tmp_path / "b.zip", {f"{number}": b"" for number in range(archives.MAX_FILES + 1)})
    with pytest.raises(ArchiveError, match="plus de 2000 fichiers"):
        unpack(many, tmp_path / "out")
    assert unpack(many, tmp_path / "class", copies=2) == []
    assert not (tmp_path / "out").exists()


def test_the_size_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_BYTES", 2**20)
    with pytest.raises(ArchiveError, match="plus de 1 Mo"):
        unpack(
            pack(tmp_path / "a.zip", {"F02.ipynb": bytes(2**20 + 1)}, zipfile.ZIP_STORED), tmp_path / "out"
        )


def test_an_archive_that_lies_about_sizes_gives_no_more_than_it_says(tmp_path: Path) -> None:
    archive = pack(tmp_path / "a.zip", {"F02.ipynb": bytes(5_000_000)})
    lying = archive.read_bytes().replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    archive.write_bytes(lying)
    with pytest.raises(ArchiveError, match="abîmée"):
        unpack(archive, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"", b"PK", b"Rar!\x1a\x07\x00" + bytes(100)])
def test_what_is_no_zip_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="abîmée"):
        unpack(path, tmp_path / "out")


def test_a_truncated_zip_and_any_flipped_byte_raise_nothing_else(tmp_path: Path) -> None:
    whole = pack(
        tmp_path / "a.zip", {"F02/F02.ipynb": b'{"cells": []}' * 20, "F02/r.json": b"{}"}
    ).read_bytes()
    for position in range(0, len(whole), 3):
        for damaged in (
            whole[:position],
            whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :],
        ):
            (tmp_path / "b.zip").write_bytes(damaged)
            try:
                unpack(tmp_path / "b.zip", tmp_path / "out")
            except ArchiveError:
                assert not (tmp_path / "out").exists()
            else:
                unpacked = tmp_path / "out"
                if unpacked.exists():
                    unpacked.rename(tmp_path / f"out-{position}-{len(damaged)}")


def test_a_password_is_told(tmp_path: Path) -> None:
    archive = pack(tmp_path / "a.zip", {"F02.ipynb": b"{}"})
    data = bytearray(archive.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    archive.write_bytes(data)
    with pytest.raises(ArchiveError, match="mot de passe"):
        unpack(archive, tmp_path / "out")


@pytest.mark.parametrize("encoding", ["utf-8", "cp437"])
def test_names_of_older_programs_are_read(tmp_path: Path, encoding: str) -> None:
    """Windows' explorer writes accents in an old encoding; some programs write UTF-8 without saying so."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("F02/donnxxes.csv", b"1")
    name = "données.csv".encode(encoding)
    place = b"F02/" + name.ljust(len("donnxxes.csv"), b"_")
    (tmp_path / "a.zip").write_bytes(raw.getvalue().replace(b"F02/donnxxes.csv", place))
    unpack(tmp_path / "a.zip", tmp_path / "out")
    (unpacked,) = found(tmp_path / "out")
    assert unpacked.rstrip("_") == "F02/données.csv"
