"""The learner's space receives modules and never loses work."""

import json
from pathlib import Path

import pytest

from autograder.lab.workspace import State, sync

MODULE = "F02-lire-un-tableau"


def release(course: Path, cell: str = "population_mediane = None", points: int = 2) -> Path:
    folder = course / MODULE
    folder.mkdir(parents=True, exist_ok=True)
    notebook = {"cells": [{"cell_type": "code", "source": [cell], "metadata": {"points": points}}]}
    (folder / f"{MODULE}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return tmp_path / "release"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "travail"


def notebook_text(work: Path) -> str:
    return (work / MODULE / f"{MODULE}.ipynb").read_text(encoding="utf-8")


def state(source: Path, work: Path) -> State:
    (synced,) = sync([source], work)
    return synced.state


def test_a_module_is_copied_once(course: Path, work: Path) -> None:
    assert state(release(course), work) is State.NEW
    assert state(release(course), work) is State.CURRENT


def test_work_is_never_overwritten(course: Path, work: Path) -> None:
    state(release(course), work)
    mine = notebook_text(work).replace("None", "459")
    (work / MODULE / f"{MODULE}.ipynb").write_text(mine, encoding="utf-8")

    assert state(release(course), work) is State.CURRENT
    assert state(release(course, cell="population_mediane = ..."), work) is State.KEPT
    assert notebook_text(work) == mine
    assert state(release(course, cell="population_mediane = ..."), work) is State.KEPT


def test_answers_by_form_are_work(course: Path, work: Path) -> None:
    state(release(course), work)
    (work / MODULE / "reponses.json").write_text("{}", encoding="utf-8")

    assert state(release(course, cell="nouveau"), work) is State.KEPT
    assert (work / MODULE / "reponses.json").exists()


def test_an_opened_but_unchanged_notebook_is_updated(course: Path, work: Path) -> None:
    state(release(course), work)
    opened = json.loads(notebook_text(work))
    opened["metadata"] = {"language_info": {"name": "python"}}
    opened["cells"][0]["outputs"] = ["avertissement"]
    (work / MODULE / f"{MODULE}.ipynb").write_text(json.dumps(opened), encoding="utf-8")
    (work / MODULE / ".ipynb_checkpoints").mkdir()

    assert state(release(course, cell="nouveau"), work) is State.UPDATED
    assert "nouveau" in notebook_text(work)


def test_a_change_of_metadata_alone_is_a_new_version(course: Path, work: Path) -> None:
    state(release(course, points=2), work)
    assert state(release(course, points=3), work) is State.UPDATED


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"F02-lire-un-tableau": {"version": 1}}'])
def test_without_a_readable_manifest_what_differs_is_kept(course: Path, work: Path, manifest: str) -> None:
    state(release(course), work)
    (work / ".campus" / "manifest.json").write_text(manifest, encoding="utf-8")
    before = notebook_text(work)

    assert state(release(course, cell="nouveau"), work) is State.KEPT
    assert notebook_text(work) == before


def test_a_renamed_folder_makes_room_for_the_new_version(course: Path, work: Path) -> None:
    state(release(course), work)
    (work / MODULE).rename(work / "mon-ancien-travail")

    assert state(release(course, cell="nouveau"), work) is State.NEW
    assert (work / "mon-ancien-travail").exists()
