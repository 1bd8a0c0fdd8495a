"""What `collect` takes from the exchange: what the learner owns, and nothing that they only point at."""

import os
import pwd
import shutil
from pathlib import Path
from typing import Any

import pytest
from nbgrader.apps import NbGraderAPI
from nbgrader.exchange import ExchangeFactory
from nbgrader.utils import get_username

from autograder.grading.config import COURSE_ID
from autograder.grading.exchange import Collect
from autograder.grading.release import load_config, put_programs_on_path
from tests.nbgrader.batch_course import MODULE, BatchCourse, score

NOTEBOOK = f"{MODULE}.ipynb"
ME = get_username()
ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="giving files to a second account takes root")
OTHER, THIRD = pwd.getpwuid(1).pw_name, pwd.getpwuid(2).pw_name
EARLY, LATE = "2026-01-01 10:00:00.000000 UTC", "2026-02-01 10:00:00.000000 UTC"


def submit(
    course: BatchCourse, learner: str = ME, date: str = EARLY, owner: str | None = None, **work: Any
) -> Path:
    """Put a hand-in in the exchange, as `nbgrader submit` does; the folder and its files belong to `owner`."""
    inbound = course.root / "exchange" / COURSE_ID / "inbound"
    folder = inbound / f"{learner}+{MODULE}+{date}+abc"
    inbound.mkdir(parents=True, exist_ok=True)
    made = course.hand_in("brouillon", timestamp=date, **work)
    made.rename(folder)
    made.parent.rmdir()
    give(folder, owner or learner)
    return folder


def give(folder: Path, account: str) -> None:
    if account == ME:
        return
    number = pwd.getpwnam(account).pw_uid
    for path in [folder, *folder.rglob("*")]:
        os.lchown(path, number, number)


def collect(course: BatchCourse) -> Collect:
    """Collect as `campus collect` does, by nbgrader's factory."""
    put_programs_on_path()
    api = NbGraderAPI(config=load_config(course.root))
    api.coursedir.assignment_id = MODULE
    made = ExchangeFactory(config=api.config).Collect(
        coursedir=api.coursedir, authenticator=api.authenticator, parent=api
    )
    made.start()
    assert isinstance(made, Collect)
    return made


def states(made: Collect) -> dict[str, str]:
    return {learner: done.state for learner, done in made.collected.items()}


def test_the_last_hand_in_is_taken_and_the_one_before_is_kept(course: BatchCourse) -> None:
    submit(course, date=EARLY, code="total = 1", forms={"couleur": "a"})
    assert states(collect(course)) == {ME: "new"}
    assert states(collect(course)) == {ME: "unchanged"}
    submit(course, date=LATE)
    made = collect(course)
    assert states(made) == {ME: "replaced"}
    (kept,) = course.root.glob(f"replaced/*/{ME}/{MODULE}")
    assert str(kept.relative_to(course.root)) in made.collected[ME].notes[0]
    assert "total = 1" in (kept / NOTEBOOK).read_text()
    course.grade()
    assert score(course, ME) == 4


def test_a_link_in_the_exchange_brings_nothing_of_the_instructor_s(course: BatchCourse) -> None:
    (course.root / "secret").write_text("SECRET")
    folder = submit(course, code="total = 1", forms={"couleur": "a"})
    (folder / "table.json").symlink_to(course.root / "private" / f"{MODULE}.json")
    (folder / "donnees.txt").symlink_to(course.root / "secret")
    (folder / "dossier").symlink_to(course.root)
    os.mkfifo(folder / "tube")
    made = collect(course)
    assert states(made) == {ME: "new"}
    assert made.collected[ME].notes == (
        "« donnees.txt », « dossier », « table.json » et 1 autre ne sont pas des fichiers ordinaires : laissés de côté",
    )
    there = {path.name for path in (course.root / "submitted" / ME / MODULE).iterdir()}
    assert there == {NOTEBOOK, "reponses.json", ".exercises.json", "timestamp.txt"}


def test_a_notebook_that_is_a_link_is_not_collected_and_the_copy_is_not_graded(course: BatchCourse) -> None:
    folder = submit(course)
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).symlink_to(course.root / "source" / MODULE / NOTEBOOK)
    made = collect(course)
    assert "n’est pas un fichier ordinaire" in made.collected[ME].notes[0]
    assert "manque dans le dossier rendu" in course.grade().failed[ME]


def test_a_hand_in_that_is_a_link_is_refused(course: BatchCourse) -> None:
    real = submit(course)
    real.rename(course.root / "ailleurs")
    real.symlink_to(course.root / "ailleurs")
    made = collect(course)
    assert states(made) == {ME: "refused"}
    assert "n’est pas un dossier ordinaire" in made.collected[ME].notes[0]


def test_a_hand_in_without_a_date_stops_no_other(course: BatchCourse) -> None:
    submit(course)
    (course.root / "exchange" / COURSE_ID / "inbound" / f"bob+{MODULE}+hier").mkdir()
    made = collect(course)
    assert states(made) == {ME: "new", "bob": "refused"}
    assert "n’est plus là, ou n’a pas de date lisible" in made.collected["bob"].notes[0]


def test_the_button_of_the_formgrader_collects_the_same_way(course: BatchCourse) -> None:
    folder = submit(course)
    (folder / "secret.txt").symlink_to("/etc/passwd")
    result = NbGraderAPI(config=load_config(course.root)).collect(MODULE)
    assert result["success"]
    assert f"{ME} : copie ramassée" in result["log"]
    assert "« secret.txt » n’est pas un fichier ordinaire" in result["log"]


def test_a_learner_s_folder_that_is_a_link_is_not_written_through(course: BatchCourse) -> None:
    submit(course)
    (course.root / "ailleurs").mkdir()
    (course.root / "submitted").mkdir(exist_ok=True)
    (course.root / "submitted" / ME).symlink_to(course.root / "ailleurs")
    assert states(collect(course)) == {ME: "refused"}
    assert not any((course.root / "ailleurs").iterdir())


@ROOT
def test_two_accounts_each_has_their_own_copy_and_points(course: BatchCourse) -> None:
    submit(course, OTHER)
    submit(course, THIRD, code="total = 1", forms={"couleur": "a"})
    assert states(collect(course)) == {OTHER: "new", THIRD: "new"}
    course.grade()
    assert (score(course, OTHER), score(course, THIRD)) == (4, 0)


@ROOT
def test_a_second_account_gets_no_file_of_the_instructor_s_nor_of_another_learner_s(
    course: BatchCourse,
) -> None:
    """The attack by links, soft and hard, of somebody who cannot read what they point at."""
    theirs = submit(course, OTHER)
    secret = course.root / "secret"
    secret.write_text("SECRET")
    secret.chmod(0o600)
    folder = submit(course, THIRD, code="total = 1", forms={"couleur": "a"})
    (folder / "reponses.json").unlink()
    os.link(theirs / "reponses.json", folder / "reponses.json")
    os.link(secret, folder / "dur.txt")
    (folder / "mou.txt").symlink_to(secret)
    os.lchown(folder / "mou.txt", 2, 2)
    made = collect(course)
    notes = "\n".join(made.collected[THIRD].notes)
    assert "« dur.txt », « reponses.json » n’appartiennent pas à la personne qui a rendu la copie" in notes
    assert "« mou.txt » n’est pas un fichier ordinaire" in notes
    report = course.grade()
    assert (score(course, OTHER), score(course, THIRD)) == (4, 0)
    assert report.ok
    for place in ("submitted", "autograded"):
        files = (path for path in (course.root / place / THIRD).rglob("*") if path.is_file())
        assert not any(b"SECRET" in path.read_bytes() for path in files)


@ROOT
def test_a_hand_in_in_somebody_else_s_name_is_refused_and_hides_nothing(course: BatchCourse) -> None:
    submit(course, OTHER, date=EARLY)
    submit(course, OTHER, date=LATE, owner=THIRD, code="total = 1", forms={})
    made = collect(course)
    assert states(made) == {OTHER: "new"}
    assert f"mais appartient au compte {THIRD}" in made.collected[OTHER].notes[0]
    course.grade()
    assert score(course, OTHER) == 4


@ROOT
def test_a_folder_that_changes_hands_during_the_copy_is_refused(
    course: BatchCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(course, OTHER)
    folder = submit(course, THIRD)
    real = Collect._collect

    def swap_then_collect(self: Collect, record: dict[str, Any]) -> Any:
        if record["username"] == THIRD:
            folder.rename(folder.with_name("parti"))
            shutil.copytree(folder.with_name("parti"), folder)
            give(folder, OTHER)
        return real(self, record)

    monkeypatch.setattr(Collect, "_collect", swap_then_collect)
    made = collect(course)
    assert states(made) == {OTHER: "new", THIRD: "refused"}
