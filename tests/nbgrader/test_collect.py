"""`campus collect`: nothing handed in is lost, nobody's copy takes another's place, and all that matters is told in French."""

import json
import os
import shlex
import shutil
import stat
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import get_username

from autograder import identity
from autograder.cli import main
from autograder.grading.collect.run import Report, collect
from autograder.grading.config import COURSE_ID
from autograder.grading.errors import GradingError
from autograder.grading.hand_out import hand_out
from autograder.grading.layout import ignored, out_of_place
from autograder.identity import Identity
from autograder.lab import actions
from tests.nbgrader.batch_course import MODULE, RIGHT, BatchCourse, make_course

NOON = datetime(2026, 7, 1, 12)
SPACES = {"ada": "1a", "bob": "2b", "zoé": "3c"}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("collect")).root


@dataclass
class Class:
    """A course, a folder where files arrive, and what to do with them."""

    root: Path
    inbox: Path

    def collect(self, *sources: Path, accept: Sequence[str] = ()) -> Report:
        return collect(self.root, MODULE, sources, accept, now=NOON)

    def archive(
        self,
        learner: str,
        text: str = "1",
        hour: int = 10,
        space: str = "",
        name: str = "",
        folder: str = MODULE,
        told: bool = True,
    ) -> Path:
        """Write what « Rendre mon travail » gives to a learner; its notebook holds `text`."""
        path = self.inbox / (name or f"{folder}-{learner}-{hour}.zip")
        path.parent.mkdir(parents=True, exist_ok=True)
        date = f"2026-07-01T{hour:02}:00:00+02:00"
        declared = Identity(learner, space or SPACES.get(learner, learner), folder, date)
        with zipfile.ZipFile(path, "w") as opened:
            opened.writestr(f"{folder}/{folder}.ipynb", text)
            opened.writestr(f"{folder}/reponses.json", "{}")
            if told:
                opened.writestr(f"{folder}/{identity.FILE_NAME}", identity.write(declared))
        return path

    def text(self, learner: str) -> str:
        return (self.root / "submitted" / learner / MODULE / f"{MODULE}.ipynb").read_text()

    @property
    def submitted(self) -> list[str]:
        return sorted(path.name for path in (self.root / "submitted").glob("[!.]*"))

    def replaced(self) -> list[str]:
        return sorted(path.read_text() for path in (self.root / "replaced").rglob("*.ipynb"))

    def enrol(self, *learners: str, **names: str) -> None:
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}", COURSE_ID) as gradebook:
            for learner in learners:
                gradebook.update_or_create_student(learner, **names)

    def due(self, date: datetime) -> None:
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}", COURSE_ID) as gradebook:
            gradebook.update_or_create_assignment(MODULE, duedate=date)


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Class:
    root = tmp_path / "course"
    shutil.copytree(template, root)
    (tmp_path / "inbox").mkdir()
    return Class(root, tmp_path / "inbox")


def said(rows: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"{who} : {what}" for who, what in rows)


# --- The last hand-in counts, and nothing is lost


def test_a_folder_of_archives_fills_submitted(course: Class) -> None:
    course.archive("ada")
    course.archive("zoé", name="groupe B/archive de zoé.zip")
    report = course.collect(course.inbox)
    assert report.ok
    assert report.learners == {"new": ["ada", "zoé"]}
    files = {path.name for path in (course.root / "submitted" / "ada" / MODULE).iterdir()}
    assert files == {f"{MODULE}.ipynb", "reponses.json", "identite.json", "timestamp.txt"}


def test_a_later_archive_replaces_and_the_earlier_is_kept(course: Class) -> None:
    course.collect(course.archive("ada", "matin", 10))
    report = course.collect(course.archive("ada", "soir", 18))
    assert report.learners == {"replaced": ["ada"]}
    assert course.text("ada") == "soir"
    assert course.replaced() == ["matin"]
    assert report.kept["ada"].is_relative_to(course.root / "replaced")


def test_collecting_again_changes_nothing(course: Class) -> None:
    course.archive("ada", "matin", 10)
    course.archive("ada", "soir", 18)
    assert course.collect(course.inbox).learners == {"new": ["ada"], "replaced": ["ada"]}
    again = course.collect(course.inbox)
    assert again.ok
    assert again.learners == {"older": ["ada"], "unchanged": ["ada"]}
    assert course.text("ada") == "soir"
    assert course.replaced() == ["matin"]


def test_a_copy_that_was_removed_can_come_back(course: Class) -> None:
    course.archive("ada", "matin", 10)
    course.archive("ada", "soir", 18)
    course.collect(course.inbox)
    shutil.rmtree(course.root / "submitted" / "ada")
    course.collect(course.inbox)
    assert course.text("ada") == "soir"


def test_an_earlier_archive_found_later_replaces_nothing(course: Class) -> None:
    course.collect(course.archive("ada", "soir", 18))
    assert course.collect(course.archive("ada", "matin", 10)).learners == {"older": ["ada"]}
    assert course.text("ada") == "soir"


def test_the_same_work_handed_in_later_bears_its_new_date(course: Class) -> None:
    course.collect(course.archive("ada", "1", 10))
    assert course.collect(course.archive("ada", "1", 18)).learners == {"replaced": ["ada"]}
    date = (course.root / "submitted" / "ada" / MODULE / "timestamp.txt").read_text()
    assert date == "2026-07-01 16:00:00.000000 UTC"


# --- What the instructor gives


def zip_folder(folder: Path) -> Path:
    return Path(shutil.make_archive(str(folder), "zip", folder))


@pytest.mark.parametrize("packed", [True, False])
def test_moodle_names_the_learner(course: Class, packed: bool) -> None:
    """The archive of all the submissions, or the folder that it becomes."""
    moodle = course.inbox / "moodle"
    course.archive("ada", name="moodle/Lovelace Ada_48213_assignsubmission_file_/F02.zip", told=False)
    course.archive("jean.dupont", name="moodle/Dupont Jean_48214_assignsubmission_file_/F02.zip")
    loose = moodle / "Zoé Martin_48215_assignsubmission_file_"
    loose.mkdir()
    (loose / f"{MODULE}.ipynb").write_text("zoé")
    (loose / "reponses.json").write_text("{}")
    text = moodle / "Ney Élisabeth_48216_assignsubmission_onlinetext_"
    text.mkdir()
    (text / "onlinetext.html").write_text("<p>Voici</p>")
    report = course.collect(zip_folder(moodle) if packed else moodle)
    assert report.ok, (report.held, report.refused)
    assert course.submitted == ["Dupont Jean", "Lovelace Ada", "Zoé Martin"]
    assert course.text("Zoé Martin") == "zoé"
    assert "Ney Élisabeth : texte saisi en ligne" in said(report.notes)


def test_moodle_without_folders_puts_the_learner_in_the_name_of_the_file(course: Class) -> None:
    moodle = course.inbox / "moodle"
    course.archive("ada", name="moodle/Lovelace Ada_48213_assignsubmission_file_F02.zip", told=False)
    (moodle / f"Zoé Martin_48215_assignsubmission_file_{MODULE}.ipynb").write_text("zoé")
    (moodle / "Zoé Martin_48215_assignsubmission_file_reponses.json").write_text("{}")
    (moodle / "Ney_48216_assignsubmission_onlinetext_onlinetext.html").write_text("<p>Voici</p>")
    course.collect(zip_folder(moodle))
    assert course.submitted == ["Lovelace Ada", "Zoé Martin"]
    copy = course.root / "submitted" / "Zoé Martin" / MODULE
    assert {path.name for path in copy.iterdir()} == {f"{MODULE}.ipynb", "reponses.json"}


def test_the_class_list_gives_moodles_names_their_identifiers(course: Class) -> None:
    course.enrol("e1234", first_name="Jean", last_name="Dupont")
    course.archive("e1234", name="moodle/DUPONT Jean_1_assignsubmission_file_/F02.zip")
    report = course.collect(course.inbox / "moodle")
    assert report.ok
    assert report.learners == {"new": ["e1234"]}
    assert "DUPONT Jean : rangée sous « e1234 »" in said(report.notes)


@pytest.mark.parametrize(
    "layout", ["{learner}/{module}", "submitted/{learner}/{module}", "{learner}", "{learner}/T01"]
)
def test_folders_as_nbgrader_lays_them_out_are_taken(course: Class, layout: str) -> None:
    for learner in ("ada", "bob"):
        folder = course.inbox / layout.format(learner=learner, module=MODULE)
        folder.mkdir(parents=True)
        (folder / f"{MODULE}.ipynb").write_text(learner)
        (folder / "timestamp.txt").write_text("2026-07-01 10:00:00.000000 CEST")
    assert course.collect(course.inbox).learners == {"new": ["ada", "bob"]}
    assert course.text("bob") == "bob"


def test_an_older_archive_takes_the_name_of_its_folder(course: Class) -> None:
    course.archive("", name="ada/F02-20261101.zip", told=False)
    assert course.collect(course.inbox).learners == {"new": ["ada"]}


def test_a_copy_that_nobody_signed_is_told_and_left(course: Class) -> None:
    report = course.collect(course.archive("", name="F02-20261101.zip", told=False))
    assert not report.ok
    assert "copie sans nom" in said(report.refused)
    assert course.submitted == []


def test_what_is_not_a_copy_of_the_module_is_told(course: Class) -> None:
    (course.root / "release" / "F03-autre").mkdir()
    course.archive("ada", folder="F03-autre")
    (course.inbox / "notes.pdf").write_bytes(b"%PDF")
    (course.inbox / "bob.rar").write_bytes(b"Rar!")
    report = course.collect(course.inbox)
    assert course.submitted == []
    assert "copie d’un autre module (F03-autre)" in said(report.notes)
    assert "bob.rar, notes.pdf" in said(report.notes)


def test_a_data_archive_inside_a_copy_is_left_in_it(course: Class) -> None:
    folder = course.inbox / "ada" / MODULE
    folder.mkdir(parents=True)
    (folder / f"{MODULE}.ipynb").write_text("ada")
    course.archive("bob").rename(folder / "donnees.zip")
    assert course.collect(course.inbox).learners == {"new": ["ada"]}


@pytest.mark.parametrize("path", ["inconnu.zip", "notes.txt"])
def test_a_wrong_path_is_told(course: Class, path: str) -> None:
    (course.inbox / "notes.txt").write_text("")
    with pytest.raises(GradingError, match=r"vérifiez le chemin|ni un dossier"):
        course.collect(course.inbox / path)


# --- Whose copy it is


def test_a_second_space_under_one_name_replaces_nothing_until_accepted(course: Class) -> None:
    course.collect(course.archive("ada", "ada", 10))
    other = course.archive("ada", "une autre", 11, space="ff")
    report = course.collect(other)
    assert not report.ok
    assert [(one.learner, one.reason) for one in report.held] == [
        ("ada", "une copie est déjà là sous ce nom, venue d’un autre espace")
    ]
    assert course.text("ada") == "ada"
    assert course.collect(other, accept=["ada"]).ok
    assert course.text("ada") == "une autre"
    assert course.replaced() == ["ada"]
    assert course.collect(course.inbox).ok, "what was decided is not asked again"
    assert course.text("ada") == "une autre"


def test_a_future_date_does_not_keep_the_true_learner_out(course: Class) -> None:
    course.collect(course.archive("ada", "imposteur", 23, space="ff"))
    true = course.archive("ada", "ada", 10)
    assert course.collect(true).held
    assert course.collect(true, accept=["ada"]).ok
    assert course.text("ada") == "ada"


def test_a_copy_that_disagrees_with_moodle_waits_and_moodle_wins(course: Class) -> None:
    course.archive("bob", name="moodle/Lovelace Ada_1_assignsubmission_file_/F02.zip")
    report = course.collect(course.inbox / "moodle")
    assert [one.learner for one in report.held] == ["Lovelace Ada"]
    assert "se dit de « bob », mais son dossier dit « Lovelace Ada »" in report.held[0].reason
    assert course.submitted == []
    assert course.collect(course.inbox / "moodle", accept=["Lovelace Ada"]).ok
    assert course.submitted == ["Lovelace Ada"]


def test_a_declared_copy_does_not_replace_one_that_came_otherwise(course: Class) -> None:
    folder = course.inbox / "ada" / MODULE
    folder.mkdir(parents=True)
    (folder / f"{MODULE}.ipynb").write_text("à la main")
    course.collect(course.inbox)
    assert course.collect(course.archive("ada")).held
    assert course.text("ada") == "à la main"


def test_only_a_learner_who_waits_can_be_accepted(course: Class) -> None:
    with pytest.raises(GradingError, match="--accept adda"):
        course.collect(course.archive("ada"), accept=["adda"])
    assert course.submitted == []


@pytest.mark.parametrize("other", ["Ada", "ada ", "A d a"])
def test_two_ways_of_typing_one_name_are_one_learner(course: Class, other: str) -> None:
    course.collect(course.archive("ada", "matin", 10))
    report = course.collect(course.archive(other, "soir", 18, space=SPACES["ada"]))
    assert course.submitted == ["ada"]
    assert course.text("ada") == "soir"
    assert other == "ada " or "rangée sous « ada »" in said(report.notes)


def test_both_forms_of_an_accent_are_one_learner(course: Class) -> None:
    decomposed = unicodedata.normalize("NFD", "zoé")
    (course.inbox / decomposed).mkdir()
    (course.inbox / decomposed / f"{MODULE}.ipynb").write_text("1")
    course.collect(course.inbox)
    assert course.submitted == ["zoé"]


@pytest.mark.parametrize(
    "name", ["p[1]", "a*", "qui?", "../../x", ".x", "a/b", "a\\b", "x" * 300, "\x1b[2Jada"]
)
def test_a_name_that_cannot_be_a_learners_is_told_and_writes_nothing(
    course: Class, name: str, tmp_path: Path
) -> None:
    before = sorted(tmp_path.rglob("*"))
    archive = course.archive(name, name="x.zip")
    report = course.collect(archive)
    assert "impossible" in said(report.refused)
    assert "\x1b" not in said(report.refused)
    assert course.submitted == []
    assert {path.name for path in set(tmp_path.rglob("*")) - set(before)} <= {
        "x.zip",
        "submitted",
        ".ramassage.verrou",
        ".gestes",
        f"collect-{MODULE}",
    }


def test_a_learner_out_of_the_class_list_is_kept_and_told(course: Class) -> None:
    course.enrol("ada", "bob")
    report = course.collect(course.archive("zoé"))
    assert course.submitted == ["zoé"]
    assert report.unlisted == ["zoé"]
    assert report.missing == ["ada", "bob"]


def test_without_a_class_list_everyone_is_new(course: Class) -> None:
    report = course.collect(course.archive("zoé"))
    assert (report.notes, report.unlisted, report.missing) == ([], [], [])


def test_who_was_graded_without_being_listed_makes_no_class_list(course: Class) -> None:
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        gradebook.update_or_create_student("ada")
        gradebook.update_or_create_submission(MODULE, "ada")  # what grading her copy does
    report = course.collect(course.archive("zoé"))
    assert (report.unlisted, report.missing) == ([], [])


# --- Late, misplaced


def test_who_is_late_and_by_how_much(course: Class) -> None:
    course.due(datetime(2026, 7, 1, 12, 30))
    course.archive("ada", hour=14)
    course.archive("bob", hour=17)
    late = {"bob": timedelta(hours=2, minutes=30)}
    assert course.collect(course.inbox).late == late
    assert course.collect(course.inbox).late == late, "told as long as it is so"


def test_what_is_misplaced_in_submitted_is_told_with_its_place(course: Class) -> None:
    submitted = course.root / "submitted"
    for name in ("yanis", "paul", "zipper"):
        (submitted / name).mkdir(parents=True)
    (submitted / "yanis" / f"{MODULE}.ipynb").write_text("1")
    (submitted / "yanis" / "reponses.json").write_text("{}")
    (submitted / "paul" / "t01").mkdir()
    course.archive("zipper").rename(submitted / "zipper" / "T01.zip")
    course.archive("zoé").rename(submitted / "T01.zip")
    report = course.collect(course.archive("ada"))
    assert [where for where, _ in report.misplaced] == [
        "submitted/T01.zip",
        "submitted/paul/t01",
        "submitted/yanis",
        "submitted/zipper/T01.zip",
    ]
    assert f"submitted/yanis/{MODULE}/" in said(report.misplaced)


def test_collecting_and_grading_look_for_what_is_misplaced_in_the_same_way(course: Class) -> None:
    submitted = course.root / "submitted"
    (submitted / "yanis").mkdir(parents=True)
    (submitted / "yanis" / f"{MODULE}.ipynb").write_text("1")
    (submitted / "rien").mkdir()
    (submitted / "lien").symlink_to(submitted / "yanis")
    course.archive("zoé").rename(submitted / "T01.zip")
    assert out_of_place(submitted, {MODULE}) == [submitted / name for name in ("T01.zip", "rien", "yanis")]
    assert "(3) : « T01.zip », « rien/ », « yanis/ »" in (ignored(course.root, MODULE) or "")
    assert [where for where, _ in course.collect(course.archive("ada")).misplaced] == [
        "submitted/T01.zip",
        "submitted/yanis",
    ]


# --- Hostile archives, interruptions


def test_a_bad_archive_stops_no_other(course: Class) -> None:
    (course.inbox / "bob.zip").write_bytes(b"PK damaged")
    with zipfile.ZipFile(course.inbox / "eve.zip", "w") as archive:
        archive.writestr("../../../evade.ipynb", "x")
    course.archive("ada")
    report = course.collect(course.inbox)
    assert not report.ok
    assert report.learners == {"new": ["ada"]}
    assert "bob.zip" in said(report.refused)
    assert "sortirait de son dossier" in said(report.refused)
    assert not list(course.root.parent.rglob("evade*"))


def test_archives_in_archives_are_not_opened_without_end(course: Class) -> None:
    inner = course.archive("ada")
    for level in range(3):
        outer = course.inbox / f"niveau-{level}.zip"
        with zipfile.ZipFile(outer, "w") as archive:
            archive.write(inner, inner.name)
        inner = outer
    assert course.collect(course.inbox / "niveau-0.zip").learners == {"new": ["ada"]}
    report = course.collect(course.inbox / "niveau-2.zip")
    assert "archive dans une archive" in said(report.refused)


def test_links_and_devices_of_a_folder_are_not_followed(course: Class) -> None:
    folder = course.inbox / "ada" / MODULE
    folder.mkdir(parents=True)
    (folder / f"{MODULE}.ipynb").write_text("1")
    (folder / "lien").symlink_to("/etc/passwd")
    (folder / identity.FILE_NAME).symlink_to("/etc/passwd")
    os.mkfifo(folder / "tube")
    (course.inbox / "bob").symlink_to(folder.parent)
    report = course.collect(course.inbox)
    assert course.submitted == ["ada"]
    kept = course.root / "submitted" / "ada" / MODULE
    assert all(stat.S_ISREG(path.lstat().st_mode) for path in kept.iterdir())
    assert "« lien », « tube » ne sont pas des fichiers ordinaires" in said(report.notes)


def test_a_full_disk_loses_nothing(course: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    course.collect(course.archive("ada", "matin", 10))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("autograder.grading.collect.write._copy", full)
        with pytest.raises(GradingError, match="Le disque est plein"):
            course.collect(course.archive("ada", "soir", 18))
    assert course.text("ada") == "matin"
    assert course.collect(course.inbox).ok
    assert course.text("ada") == "soir"


def test_what_an_interruption_left_is_cleared_and_never_graded(course: Class) -> None:
    left = course.root / "submitted" / ".ramassage" / "copie-0" / MODULE
    left.mkdir(parents=True)
    assert course.collect(course.archive("ada")).learners == {"new": ["ada"]}
    assert not left.exists()


# --- The command, the button, the exchange


@pytest.fixture
def campus(
    course: Class, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))

    def run(*arguments: str) -> tuple[int, str]:
        return main([*arguments]), capsys.readouterr().err

    return run


def test_the_command_to_accept_works_as_it_is_written(
    course: Class, campus: Callable[..., tuple[int, str]]
) -> None:
    course.archive("bob", name="mes copies/Lovelace d’Ada_1_assignsubmission_file_/F02.zip")
    code, text = campus("collect", "T01", str(course.inbox / "mes copies"))
    assert code == 1
    command = text.split("« campus ")[1].split(" ».")[0]
    code, text = campus(*shlex.split(command))
    assert (code, course.submitted) == (0, ["Lovelace d’Ada"])
    assert "1 copie nouvelle" in text


def test_a_file_named_by_a_learner_gives_the_terminal_no_order(
    course: Class, campus: Callable[..., tuple[int, str]]
) -> None:
    course.archive("ada", "1")
    name = "\x1b[2J\n  bob : fraude d’\\'\u202e.zip"
    course.archive("ada", "2", space="ff", name=name)
    code, text = campus(
        "collect", "T01", str(course.inbox / f"{MODULE}-ada-10.zip"), str(course.inbox / name)
    )
    assert code == 1
    assert "\x1b" not in text and "\n  bob" not in text and "\u202e" not in text
    command = text.split("« campus ")[1].split(" ».")[0]
    typed = subprocess.run(["bash", "-c", f"printf '%s\\0' {command}"], capture_output=True, check=True)
    assert campus(*os.fsdecode(typed.stdout).rstrip("\0").split("\0"))[0] == 0
    assert course.text("ada") == "2"


def test_an_endless_identity_fills_no_screen(course: Class, campus: Callable[..., tuple[int, str]]) -> None:
    course.archive("a" * 50_000, name="ada.zip")
    code, text = campus("collect", "T01", str(course.inbox))
    assert code == 1 and "copie sans nom" in text
    assert len(text) < 2_000


def test_the_report_is_in_french(course: Class, campus: Callable[..., tuple[int, str]]) -> None:
    course.enrol("ada", "bob")
    course.due(datetime(2026, 7, 1, 6))
    code, text = campus("collect", MODULE, str(course.archive("ada", hour=10)))
    assert code == 0
    assert f"{MODULE} : 1 copie nouvelle." in text
    assert "ada : en retard de 2\u00a0h\n" in text
    assert "Sans copie (1) : bob" in text
    assert "rien ne les prouve" in text


def test_json_says_the_same(course: Class, campus: object, capsys: pytest.CaptureFixture[str]) -> None:
    course.collect(course.archive("ada", "1", 10))
    assert main(["collect", "T01", str(course.archive("ada", "2", 11, space="ff")), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert [one["learner"] for one in data["held"]] == ["ada"]
    assert data["new"] == []


@pytest.mark.slow
def test_from_the_button_to_the_marks(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A learner's own space, its archive, the collection, the marks."""
    monkeypatch.setattr(actions, "has_exchange", lambda: False)
    shutil.copytree(template, tmp_path / "course")
    made = BatchCourse(tmp_path / "course", store=None)  # type: ignore[arg-type]
    space = tmp_path / "travail"
    shutil.copytree(made.hand_in("x", RIGHT), space / MODULE)
    shutil.rmtree(made.root / "submitted")
    actions.hand_in(space, MODULE, "Zoé Martin", datetime(2026, 7, 1, 14))
    collect(made.root, MODULE, [space / "rendus"])
    monkeypatch.setenv("CAMPUS_COURSE", str(made.root))
    assert main(["grade", MODULE, "--no-reuse"]) == 0
    with Gradebook(f"sqlite:///{made.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        submission = gradebook.find_submission(MODULE, "Zoé Martin")
        assert submission.score == 4
        assert submission.timestamp == datetime(2026, 7, 1, 14).astimezone(UTC).replace(tzinfo=None)


@pytest.mark.slow
def test_the_exchange_gives_the_last_hand_in_of_each(course: Class, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()

    def nbgrader(where: Path, *arguments: str) -> None:
        environment = os.environ | {"JUPYTER_DATA_DIR": str(tmp_path / "data")}
        command = [sys.executable, "-m", "nbgrader", *arguments]
        subprocess.run(command, cwd=where, env=environment, check=True, capture_output=True)

    with pytest.raises(GradingError, match="« campus release"):
        course.collect()
    hand_out(MODULE, course.root)
    exchange = [f"--course={COURSE_ID}", f"--Exchange.root={course.root / 'exchange'}"]
    nbgrader(desk, "fetch_assignment", MODULE, *exchange)
    me = get_username()
    nbgrader(desk, "submit", MODULE, *exchange)
    assert course.collect().learners == {"new": [me]}
    (desk / MODULE / "reponses.json").write_text("{}")
    nbgrader(desk, "submit", MODULE, *exchange)
    assert course.collect().learners == {"replaced": [me]}
    assert (course.root / "submitted" / me / MODULE / "reponses.json").exists()
    assert course.collect().learners == {"unchanged": [me]}


@pytest.mark.slow
def test_what_the_exchange_warns_of_is_told_and_the_exit_code_says_so(course: Class, tmp_path: Path) -> None:
    """A hand-in in the name of someone who does not own it."""
    inbound = course.root / "exchange" / COURSE_ID / "inbound"
    forged = inbound / f"quelqu-un+{MODULE}+2026-07-01 10:00:00.000000 UTC+abc"
    forged.mkdir(parents=True)
    (forged / f"{MODULE}.ipynb").write_text("{}")
    report = course.collect()
    assert not report.ok
    assert "quelqu-un" in said(report.refused)
