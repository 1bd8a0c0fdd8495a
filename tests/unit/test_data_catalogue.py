"""The catalogue: what it holds, and what it says when it is wrong."""

import json
import shutil

import pytest

from autograder import paths
from autograder.data import catalogue
from autograder.data.errors import DataError, UnknownDatasetError


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a copy of the catalogue, without its extracts."""
    shutil.copy(paths.datasets() / catalogue.FILE_NAME, tmp_path)
    return tmp_path


def edit(folder, change):
    file = folder / catalogue.FILE_NAME
    package = json.loads(file.read_text(encoding="utf-8"))
    change(package["resources"][0])
    file.write_text(json.dumps(package), encoding="utf-8")


def test_every_resource_has_its_passport():
    for resource in catalogue.read().resources:
        assert resource.licence.path.startswith("https://")
        assert resource.personal_data and resource.limits and resource.producer


def test_only_the_messages_that_the_course_wrote_are_not_real():
    synthetic = {resource.dataset for resource in catalogue.read().resources if resource.synthetic}
    assert synthetic == {"tri-messages"}


def test_what_can_be_had_anew_from_its_producer():
    assert {resource.dataset for resource in catalogue.read().resources if resource.refresh} == {
        "communes",
        "epci",
    }


def test_notice_names_every_dataset():
    notice = (paths.home() / "NOTICE.md").read_text(encoding="utf-8")
    assert [r.dataset for r in catalogue.read().resources if f"`{r.dataset}`" not in notice] == []


def test_registry_is_one_of_three(folder):
    edit(folder, lambda entry: entry["recipe"]["packages"][0].update(registry="ftp"))
    with pytest.raises(DataError, match="« registry » devrait être « npm », « pypi » ou « debian »"):
        catalogue.read(folder).resolve("communes-2026")


def test_resolve_takes_an_id_or_a_dataset():
    known = catalogue.read()
    assert known.resolve("communes-2019").vintage == 2019
    assert known.resolve("communes").vintage == 2026
    with pytest.raises(UnknownDatasetError, match="« epci-2019 »"):
        known.resolve("epci-2018")


def test_missing_key_is_named(folder):
    edit(folder, lambda entry: entry.pop("personal_data"))
    with pytest.raises(DataError, match="ressource « communes-2026 » : la clé « personal_data » manque"):
        catalogue.read(folder).resolve("communes-2026")


def test_wrong_type_is_named(folder):
    edit(folder, lambda entry: entry.update(rows="beaucoup"))
    with pytest.raises(DataError, match="« rows » devrait être un nombre entier"):
        catalogue.read(folder).resolve("communes-2026")


def test_licence_is_required(folder):
    edit(folder, lambda entry: entry.update(licenses=[]))
    with pytest.raises(DataError, match="aucune licence"):
        catalogue.read(folder).resolve("communes-2026")


def test_name_agrees_with_dataset_and_vintage(folder):
    edit(folder, lambda entry: entry.update(vintage=2025))
    with pytest.raises(DataError, match="devrait être « communes-2025 »"):
        catalogue.read(folder).resolve("communes-2026")


def test_a_bad_entry_tells_everything_at_once_and_stops_only_itself(folder):
    def empty(entry):
        for key in ("licenses", "bytes", "hash", "rows", "personal_data", "synthetic", "limits", "schema"):
            del entry[key]

    edit(folder, empty)
    known = catalogue.read(folder)
    assert known.find("epci").vintage == 2026
    assert known.find("communes", 2019).id == "communes-2019"
    for ask in (lambda: known.find("communes"), lambda: known.resolve("communes-2026")):
        with pytest.raises(DataError) as raised:
            ask()
        said = str(raised.value).splitlines()
        assert len(said) == 8 and all("« communes-2026 » : la clé « " in line for line in said)


@pytest.mark.parametrize(
    "entry", [None, 3, "communes", [], {}, {"name": 3}, {"name": "a-1", "recipe": 3, "licenses": [3]}]
)
def test_whatever_stands_for_an_entry_is_refused_in_words(folder, entry):
    file = folder / catalogue.FILE_NAME
    package = json.loads(file.read_text(encoding="utf-8"))
    package["resources"].append(entry)
    file.write_text(json.dumps(package), encoding="utf-8")
    (bad,) = catalogue.read(folder).bad
    assert all(problem.startswith("« datapackage.json », ressource") for problem in bad.problems)


def test_missing_and_broken_files(tmp_path):
    with pytest.raises(DataError, match="introuvable"):
        catalogue.read(tmp_path)
    (tmp_path / catalogue.FILE_NAME).write_text('{"resources": [', encoding="utf-8")
    with pytest.raises(DataError, match="n’est pas un JSON lisible"):
        catalogue.read(tmp_path)


def test_folders_follow_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("CAMPUS_HOME", str(tmp_path))
    assert paths.datasets() == tmp_path / "datasets"
    assert paths.private() == tmp_path / "course" / "private"
    monkeypatch.setenv("CAMPUS_COURSE", str(tmp_path / "cours"))
    assert paths.private() == tmp_path / "cours" / "private"
