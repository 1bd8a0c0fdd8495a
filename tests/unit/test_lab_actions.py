"""Begin again, hand in, see the feedback: nothing is lost, and every refusal says what to do."""

import json
import shutil
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from autograder import identity
from autograder.contract.names import EXERCISES, TRIES
from autograder.identity import Identity
from autograder.lab import actions, workspace
from autograder.lab import identity as own_identity
from autograder.lab.actions import ActionError
from autograder.lab.tries_told import tries_told
from autograder.progress import journal, tries
from autograder.progress.journal import Event
from autograder.progress.tries import Try

MODULE = "F01-essai"
FIELDS = {"points": 2, "form": {}, "hints": [], "answer": {}, "otherwise": "", "questions": {}}
EXERCISE = {"module": MODULE, "version": 3, "exercises": {"somme": {"title": "La somme", **FIELDS}}}
NOW = datetime(2026, 11, 27, 15, 4, 5)


@pytest.fixture
def released(tmp_path: Path) -> Path:
    folder = tmp_path / "release" / MODULE
    folder.mkdir(parents=True)
    (folder / f"{MODULE}.ipynb").write_text('{"cells": []}')
    return folder


@pytest.fixture
def space(tmp_path: Path, released: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A space with the module, in which the learner has worked."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(actions, "has_exchange", lambda: False)
    space = tmp_path / "travail"
    workspace.sync([released], space)
    (space / MODULE / "reponses.json").write_text("{}")
    (space / MODULE / f"{MODULE}.ipynb").write_text('{"cells": [{"cell_type": "code", "source": "1"}]}')
    return space


def test_begin_again_keeps_a_dated_copy(space: Path, released: Path) -> None:
    done = actions.begin_again(space, MODULE, released, NOW)
    copy = space / f"{MODULE}-copie-20261127-150405"
    assert copy.name in done.message
    assert (copy / "reponses.json").exists()
    assert not (space / MODULE / "reponses.json").exists()
    assert (space / MODULE / f"{MODULE}.ipynb").read_text() == '{"cells": []}'
    assert [one.state for one in workspace.sync([released], space)] == [workspace.State.CURRENT]


def test_a_module_kept_at_an_older_version_can_be_begun_again(space: Path, released: Path) -> None:
    (released / f"{MODULE}.ipynb").write_text('{"cells": [], "nbformat": 4}')
    workspace.sync([released], space)
    assert workspace.kept(space) == {MODULE}
    actions.begin_again(space, MODULE, released, NOW)
    assert workspace.kept(space) == set()


def test_without_an_instructor_handing_in_writes_an_archive(space: Path) -> None:
    (space / MODULE / "lien").symlink_to("/etc/passwd")
    done = actions.hand_in(space, MODULE, "ada", NOW)
    (archive,) = (space / "rendus").iterdir()
    assert archive.name in done.message
    assert (space / done.file) == archive
    assert sorted(zipfile.ZipFile(archive).namelist()) == [
        f"{MODULE}/{MODULE}.ipynb",
        f"{MODULE}/identite.json",
        f"{MODULE}/reponses.json",
    ]


def test_the_verdicts_met_go_with_the_work_when_the_learner_lets_them(space: Path) -> None:
    own = space / MODULE
    (own / EXERCISES).write_text(json.dumps(EXERCISE), encoding="utf-8")
    wrong = Event(
        "verdict", MODULE, 3, "somme", state="wrong", way="form", max_points=2, outcomes=["moyenne"]
    )
    journal.record(own, wrong)
    journal.record(own, replace(wrong, state="right", points=2, outcomes=["right"]))
    journal.record(own, replace(wrong, module="autre", outcomes=["ailleurs"]))
    assert tries_told(space, MODULE) == ["La somme : pas encore (moyenne), juste"]

    actions.hand_in(space, MODULE, "ada", NOW, with_tries=True)
    (archive,) = (space / "rendus").iterdir()
    with zipfile.ZipFile(archive) as opened:
        content = opened.read(f"{MODULE}/{TRIES}")
    assert tries.read(content) == [
        Try("somme", "wrong", 0, ("moyenne",)),
        Try("somme", "right", 1, ("right",)),
    ]
    assert b"at" not in {*json.loads(content)["verdicts"][0]}

    actions.hand_in(space, MODULE, "ada", NOW.replace(hour=20))
    assert not (own / TRIES).exists()


def declared(archive: Path) -> Identity:
    with zipfile.ZipFile(archive) as opened:
        told = identity.read(opened.read(f"{MODULE}/identite.json").decode())
    assert told
    return told


def test_the_archive_says_who_hands_in_what_and_when(space: Path) -> None:
    done = actions.hand_in(space, MODULE, " Zoé  Martin ", NOW)
    (archive,) = (space / "rendus").iterdir()
    assert archive.name == f"{MODULE}-Zoe_Martin-20261127-150405.zip"
    assert "au nom de « Zoé Martin »" in done.message
    told = declared(archive)
    assert (told.learner, told.module) == ("Zoé Martin", MODULE)
    assert datetime.fromisoformat(told.handed_in) == NOW.astimezone()


def test_a_name_is_kept_in_the_space_and_can_be_changed(space: Path) -> None:
    assert own_identity.known(space) is None
    actions.hand_in(space, MODULE, "zoe", NOW)
    actions.hand_in(space, MODULE, "zoé", NOW.replace(hour=16))
    before, after = map(declared, sorted((space / "rendus").iterdir()))
    assert (before.learner, after.learner) == ("zoe", "zoé")
    assert before.space == after.space, "the space is the same"
    known = own_identity.known(space)
    assert known
    assert (known.learner, known.space) == ("zoé", after.space)


@pytest.mark.parametrize(
    ("learner", "said"),
    [("", "Écrivez"), ("  ", "Écrivez"), ("a/b", "signe"), ("../x", "point"), ("a" * 65, "trop long")],
)
def test_a_name_that_cannot_be_a_folder_is_refused_before_anything_is_written(
    space: Path, learner: str, said: str
) -> None:
    with pytest.raises(ActionError, match=said):
        actions.hand_in(space, MODULE, learner, NOW)
    assert not (space / "rendus").exists()
    assert own_identity.known(space) is None


def test_the_last_feedback_is_found_and_its_absence_explained(space: Path) -> None:
    with pytest.raises(ActionError, match="pas encore de retour"):
        actions.feedback(space, MODULE)
    for date in ("2026-11-01", "2026-11-20"):
        page = space / MODULE / "feedback" / date / f"{MODULE}.html"
        page.parent.mkdir(parents=True)
        page.write_text("<p>Bien.</p>")
    assert actions.feedback(space, MODULE).path == f"{MODULE}/feedback/2026-11-20/{MODULE}.html"


@pytest.mark.parametrize("folder", ["", "..", "../x", ".campus", "inconnu", "guides"])
def test_only_the_folder_of_a_module_is_touched(space: Path, released: Path, folder: str) -> None:
    for action in (
        lambda: actions.begin_again(space, folder, released, NOW),
        lambda: actions.hand_in(space, folder, "ada", NOW),
        lambda: actions.feedback(space, folder),
        lambda: actions.complete(space, folder),
    ):
        with pytest.raises(ActionError, match="depuis l’accueil"):
            action()


def test_a_full_disk_changes_nothing(space: Path, released: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(actions.shutil, "copytree", full)
    with pytest.raises(ActionError, match="Votre travail n’a pas changé"):
        actions.begin_again(space, MODULE, released, NOW)
    assert (space / MODULE / "reponses.json").exists()


def test_a_class_with_an_exchange_hands_in_through_nbgrader(
    space: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a learner of a class would: the module is released in an exchange, handed in, and its feedback looked for."""
    monkeypatch.undo()
    exchange = tmp_path / "echange"
    for name in ("outbound", "inbound", "feedback"):
        (exchange / "campus" / name).mkdir(parents=True)
        (exchange / "campus" / name).chmod(0o777)
    shutil.copytree(tmp_path / "release" / MODULE, exchange / "campus" / "outbound" / MODULE)
    exchange.chmod(0o777)
    config = (
        f'c = get_config()\nc.CourseDirectory.course_id = "campus"\nc.Exchange.root = {str(exchange)!r}\n'
    )
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "nbgrader_config.py").write_text(config)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "config"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(space)
    done = actions.hand_in(space, MODULE, "ada", NOW)
    assert "rendu à votre formateur" in done.message
    (handed_in,) = (exchange / "campus" / "inbound").iterdir()
    assert (handed_in / "reponses.json").exists()
    with pytest.raises(ActionError, match=r"pas encore de retour|n’a pas pu être cherché"):
        actions.feedback(space, MODULE)
