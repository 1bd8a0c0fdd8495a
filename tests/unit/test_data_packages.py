"""Archives of both registries: only the named contents are read, whatever else they hold."""

import io
import shutil
import subprocess
import tarfile
import zipfile

import pytest

from autograder.data import packages, store
from autograder.data.errors import DataError, Unavailable
from autograder.data.model import Package


def pinned(registry, archive, **files):
    return Package(registry, "paquet", "1.0", store.sha256(archive), files)


@pytest.fixture
def wheel(tmp_path):
    with zipfile.ZipFile(tmp_path / "paquet.whl", "w") as archive:
        archive.writestr("paquet/data.csv", "a,b\n")
        archive.writestr("../dehors", "rien")
    return tmp_path / "paquet.whl"


@pytest.fixture
def tar(tmp_path):
    with tarfile.open(tmp_path / "paquet.tgz", "w:gz") as archive:
        entry = tarfile.TarInfo("package/data.csv")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"a,b\n"))
        link = tarfile.TarInfo("package/lien")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return tmp_path / "paquet.tgz"


def extract(package, archive, folder):
    folder.mkdir()
    return packages.extract([package], folder, get=lambda wanted: archive)


def test_a_wheel_gives_the_named_file_and_nothing_else(wheel, tmp_path):
    files = extract(pinned("pypi", wheel, table="paquet/data.csv"), wheel, tmp_path / "ici")
    assert files["table"].read_text() == "a,b\n"
    assert [file.name for file in (tmp_path / "ici").iterdir()] == ["table"]
    assert not (tmp_path / "dehors").exists()


def test_an_npm_archive_gives_the_named_file_and_nothing_else(tar, tmp_path):
    files = extract(pinned("npm", tar, table="package/data.csv"), tar, tmp_path / "ici")
    assert files["table"].read_text() == "a,b\n"
    assert [file.name for file in (tmp_path / "ici").iterdir()] == ["table"]


@pytest.mark.parametrize("path", ["package/absent.csv", "package/lien"])
def test_a_missing_file_or_a_link_out_of_the_archive_is_refused(tar, tmp_path, path):
    with pytest.raises(DataError, match=path):
        extract(pinned("npm", tar, table=path), tar, tmp_path / "ici")


def test_a_missing_file_of_a_wheel_is_refused(wheel, tmp_path):
    with pytest.raises(DataError, match=r"absent\.csv"):
        extract(pinned("pypi", wheel, table="absent.csv"), wheel, tmp_path / "ici")


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="only Debian and its kin have dpkg-deb")
def test_a_package_of_debian_gives_the_named_file_and_nothing_else(tmp_path):
    content = tmp_path / "paquet"
    (content / "DEBIAN").mkdir(parents=True)
    (content / "DEBIAN" / "control").write_text(
        "Package: paquet\nVersion: 1.0\nArchitecture: all\nMaintainer: x\nDescription: x\n"
    )
    (content / "journal").write_text("a,b\n")
    deb = tmp_path / "paquet.deb"
    subprocess.run(["dpkg-deb", "--build", content, deb], check=True, capture_output=True)
    files = extract(pinned("debian", deb, journal="./journal"), deb, tmp_path / "ici")
    assert files["journal"].read_text() == "a,b\n"
    with pytest.raises(DataError, match="absent"):
        extract(pinned("debian", deb, journal="./absent"), deb, tmp_path / "là")


@pytest.mark.parametrize("there", [True, False])
def test_a_package_that_debian_offers_no_more_is_told_apart(tmp_path, monkeypatch, wheel, there):
    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/usr/bin/{name}" if there else None)
    refused = subprocess.CompletedProcess([], 100, "", "E: Version '1.0' for 'paquet' was not found")
    monkeypatch.setattr(packages.subprocess, "run", lambda *args, **options: refused)
    with pytest.raises(Unavailable, match="snapshot" if there else "sous Debian"):
        packages.fetch(pinned("debian", wheel))


@pytest.mark.parametrize(("registry", "client"), [("npm", "npm"), ("pypi", "pip")])
def test_a_client_that_does_not_answer_is_told(tmp_path, monkeypatch, wheel, registry, client):
    def wait(*args, timeout, **options):
        raise subprocess.TimeoutExpired(client, timeout)

    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(packages.subprocess, "run", wait)
    with pytest.raises(DataError, match=f"{client} n’a pas répondu en 300 secondes"):
        packages.fetch(pinned(registry, wheel))


@pytest.mark.parametrize("registry", ["npm", "pypi"])
def test_without_its_client_the_message_says_what_to_do(tmp_path, monkeypatch, wheel, registry):
    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(packages.shutil, "which", lambda name: None)
    monkeypatch.setattr(packages.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(DataError, match="est introuvable"):
        packages.fetch(pinned(registry, wheel))
