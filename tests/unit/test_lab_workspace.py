"""The learner's space receives modules and never loses work."""

import json
import os
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


EXERCISES = ".exercises.json"


def give(course: Path, work: Path, version: str) -> Path:
    source = release(course, cell=version)
    (source / EXERCISES).write_text(version)
    return source


@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_what_the_course_owns_is_put_back_and_work_is_kept(course: Path, work: Path, harm: str) -> None:
    state(give(course, work, "un"), work)
    mine = notebook_text(work).replace("un", "ma réponse")
    (work / MODULE / f"{MODULE}.ipynb").write_text(mine, encoding="utf-8")
    (work / MODULE / "reponses.json").write_text("{}", encoding="utf-8")
    exercises = work / MODULE / EXERCISES

    exercises.unlink() if harm == "gone" else exercises.write_text("")
    assert state(give(course, work, "un"), work) is State.CURRENT
    assert exercises.read_text() == "un"

    exercises.unlink() if harm == "gone" else exercises.write_text("")
    assert state(give(course, work, "deux"), work) is State.KEPT
    assert exercises.read_text() == "un"  # the newer ones would not go with this notebook

    assert notebook_text(work) == mine
    assert (work / MODULE / "reponses.json").exists()


def test_a_notebook_that_is_missing_comes_back_beside_its_answers(course: Path, work: Path) -> None:
    state(give(course, work, "un"), work)
    (work / MODULE / "reponses.json").write_text("{}", encoding="utf-8")
    (work / MODULE / f"{MODULE}.ipynb").unlink()

    assert state(give(course, work, "un"), work) is State.CURRENT
    assert "un" in notebook_text(work)
    assert (work / MODULE / "reponses.json").exists()


def test_a_file_that_was_lost_is_not_work(course: Path, work: Path) -> None:
    state(give(course, work, "un"), work)
    (work / MODULE / EXERCISES).unlink()
    assert state(give(course, work, "deux"), work) is State.UPDATED


@pytest.mark.skipif(os.name != "posix", reason="POSIX accounts")
def test_what_the_server_writes_is_closed_to_other_accounts(course: Path, work: Path) -> None:
    state(release(course), work)
    assert (work / ".campus").stat().st_mode & 0o077 == 0
