"""What a message advises is done to the letter, from another folder, and mends the situation."""

import ctypes
import fcntl
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder import paths
from autograder.authoring.pipeline import BuiltModule
from autograder.grading import gradebook_file
from autograder.grading.batch.module import find_built, find_module
from autograder.grading.errors import GradingError
from autograder.grading.gradebook_file import require_gradebook, words
from autograder.grading.release import CONFIG_FILE, release
from tests.nbgrader.cells import answer, locked

pytestmark = pytest.mark.slow
LONG = pytest.mark.weekly
"""Of the situations that differ from another by their cause alone."""

MODULE = "F01-prendre-en-main"
COURSE_FILES = (CONFIG_FILE, "programme.yml", "competences.yml", "facts.yml", "glossaire.yml")
COMMAND = re.compile(r"« ((?:campus|cd|chmod|git|mv|rm|unset) [^»]+) »")
FOREIGN = re.compile(r"Traceback|sqlalchemy|sqlite3|SELECT|INSERT|Error\b")
RELEASE_FEEDBACK = "cd '{course}' && nbgrader release_feedback " + MODULE
OVERRIDES = (1, 2)  # capabilities by which root reads and writes what it has no right to


def _as_anyone() -> None:
    """Give up root's right to read and write everything: the rights of files count."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    for capability in OVERRIDES:
        prctl(24, capability, 0, 0, 0)


@dataclass
class Said:
    code: int
    text: str

    @property
    def commands(self) -> list[str]:
        """The commands that the message gives, but for those that a person wrote to be retried."""
        return COMMAND.findall(self.text)


@dataclass
class Course:
    """A course with a graded copy, used by commands run elsewhere."""

    root: Path
    elsewhere: Path

    def run(self, command: str) -> Said:
        """Run a line of shell as a person would, `campus` being on the path."""
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.elsewhere,
            env=os.environ | {"PATH": path, "CAMPUS_COURSE": str(self.root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            preexec_fn=_as_anyone if os.geteuid() == 0 else None,
            check=False,
        )
        return Said(done.returncode, done.stdout)

    def follow(self, said: Said) -> None:
        """Run every command of a message, in order; each must succeed."""
        assert said.commands, said.text
        for command in said.commands:
            done = self.run(command)
            assert done.code == 0, f"{command}\n{done.text}"

    @property
    def gradebook(self) -> Path:
        return self.root / "gradebook.db"

    @property
    def private(self) -> Path:
        return self.root / "private" / f"{MODULE}.json"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, built_module: Callable[[str, Path], BuiltModule]) -> Path:
    root = tmp_path_factory.mktemp("remedes") / "le cours"
    root.mkdir()
    for name in COURSE_FILES:
        shutil.copy(paths.home() / "course" / name, root)
    built_module("F01", root)
    release(MODULE, root)
    shutil.copytree(root / "release" / MODULE, root / "submitted" / "ada" / MODULE)
    done = Course(root, root).run("campus grade F01")
    assert done.code == 0, done.text
    return root


@pytest.fixture
def course(base: Path, tmp_path: Path) -> Course:
    root, elsewhere = tmp_path / "le cours", tmp_path / "ailleurs"
    shutil.copytree(base, root, symlinks=True)
    elsewhere.mkdir()
    return Course(root, elsewhere)


def not_released(course: Course) -> None:
    shutil.rmtree(course.root / "release")


def not_built(course: Course) -> None:
    for part in ("release", "source", "private"):
        shutil.rmtree(course.root / part)


def gone(course: Course) -> None:
    course.gradebook.unlink()


def empty(course: Course) -> None:
    course.gradebook.write_bytes(b"")


def damaged(course: Course) -> None:
    course.gradebook.write_bytes(os.urandom(3000))


def read_only(course: Course) -> None:
    course.gradebook.chmod(0o400)


def read_only_folder(course: Course) -> None:
    course.root.chmod(0o500)


def begun_again(course: Course) -> None:
    """Another gradebook, that knows nothing."""
    course.gradebook.unlink()
    assert course.run(f"cd {str(course.root)!r} && nbgrader db student list").code == 0


def without_a_question(course: Course) -> None:
    with sqlite3.connect(course.gradebook) as gradebook:
        gradebook.execute("DELETE FROM source_cell WHERE name = (SELECT min(name) FROM source_cell)")


def no_table(course: Course) -> None:
    course.private.unlink()


def damaged_table(course: Course) -> None:
    course.private.write_text("{")


def damaged_release(course: Course) -> None:
    (course.root / "release" / MODULE / f"{MODULE}.ipynb").write_text("{")


def damaged_exercises(course: Course) -> None:
    (course.root / "source" / MODULE / ".exercises.json").write_text("{")


def no_new_learner(course: Course) -> None:
    with (course.root / CONFIG_FILE).open("a") as config:
        config.write("\nc.Autograde.create_student = False\n")
    (course.root / "submitted" / "ada").rename(course.root / "submitted" / "o'neil $(id)")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (not_released, "est construit, mais pas publié"),
        pytest.param(not_built, "n’est pas construit", marks=LONG),
        pytest.param(gone, "manque : les points", marks=LONG),
        pytest.param(empty, "est vide (0 octet) : les points", marks=LONG),
        (read_only, "ne peut pas être modifié"),
        pytest.param(read_only_folder, "ne peut pas être modifié", marks=LONG),
        pytest.param(begun_again, "ne connaît pas le module", marks=LONG),
        pytest.param(without_a_question, "n’ont pas les mêmes questions", marks=LONG),
        pytest.param(no_table, "Le barème du module manque", marks=LONG),
        (damaged_table, "ou est abîmé"),
        pytest.param(damaged_release, "Le carnet publié manque, ou est abîmé", marks=LONG),
        pytest.param(damaged_exercises, "Le fichier des exercices du module est abîmé", marks=LONG),
        pytest.param(no_new_learner, "interdit de le créer", marks=LONG),
    ],
)
def test_what_grading_advises_makes_it_possible(
    course: Course, make: Callable[[Course], None], told: str
) -> None:
    make(course)
    before = course.run("campus grade F01 --force")
    assert before.code == 1
    assert told in before.text
    assert not FOREIGN.search(before.text), before.text
    course.follow(before)
    after = course.run("campus grade F01 --force")
    assert after.code == 0, after.text
    assert "1 copie(s) corrigée(s)" in after.text


def test_a_damaged_gradebook_is_put_aside_then_the_loss_is_told(course: Course) -> None:
    course.gradebook.write_bytes(os.urandom(3000))
    damaged = course.run("campus grade F01")
    assert (damaged.code, "est abîmé" in damaged.text) == (1, True)
    assert not FOREIGN.search(damaged.text), damaged.text
    course.follow(damaged)
    assert course.gradebook.with_name("gradebook.db.ancien").is_file()
    course.follow(course.run("campus grade F01"))
    assert course.run("campus grade F01").code == 0


@pytest.mark.parametrize("make", [gone, pytest.param(empty, marks=LONG), pytest.param(damaged, marks=LONG)])
@pytest.mark.parametrize("command", ["campus collect F01", "campus feedback F01", RELEASE_FEEDBACK])
def test_no_command_starts_a_gradebook_over_a_loss(
    course: Course, make: Callable[[Course], None], command: str
) -> None:
    """An empty one would hide the loss of marks."""
    make(course)
    before = course.gradebook.read_bytes() if course.gradebook.exists() else None
    said = course.run(command.format(course=str(course.root)))
    assert (said.code, "Le carnet de notes" in said.text) == (1, True), said.text
    assert not FOREIGN.search(said.text), said.text
    assert (course.gradebook.read_bytes() if course.gradebook.exists() else None) == before


def test_a_backup_put_back_is_all_it_takes(course: Course) -> None:
    backup = course.gradebook.read_bytes()
    course.gradebook.write_bytes(b"")
    assert "Remettez votre sauvegarde" in course.run("campus grade F01").text
    course.gradebook.write_bytes(backup)
    assert "1 déjà à jour" in course.run("campus grade F01").text


@pytest.mark.parametrize("make", [gone, pytest.param(empty, marks=LONG), pytest.param(read_only, marks=LONG)])
def test_nbgrader_says_the_same_and_leaves_what_was_graded(
    course: Course, make: Callable[[Course], None]
) -> None:
    make(course)
    said = course.run(f"cd {str(course.root)!r} && nbgrader autograde {MODULE} --force")
    assert said.code == 1
    assert "Le carnet de notes" in said.text
    assert not FOREIGN.search(said.text.replace("| ERROR]", "")), said.text
    assert (course.root / "autograded" / "ada" / MODULE / f"{MODULE}.ipynb").is_file()


def test_release_starts_no_gradebook_over_a_loss(course: Course) -> None:
    course.gradebook.unlink()
    said = course.run("campus release F01")
    assert said.code == 1
    assert not course.gradebook.exists()
    course.follow(said)
    assert course.gradebook.is_file()


def test_a_module_whose_questions_changed_can_be_released_on_purpose(course: Course) -> None:
    path = course.root / "source" / MODULE / f"{MODULE}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cells = answer("nouvelle-answer", "x = 1"), locked("nouvelle-check", 'print("x")')
    cells[1].metadata.nbgrader |= {"grade": True, "points": 1}
    notebook.cells += cells
    nbformat.write(notebook, path)
    said = course.run("campus release F01")
    assert (said.code, "a déjà des copies" in said.text) == (1, True)
    course.follow(said)
    assert course.gradebook.with_name("gradebook.db.ancien").is_file()


@pytest.mark.parametrize("verb", ["build", "grade", "release", "check", "collect", "feedback", "lab"])
def test_a_folder_that_is_no_course_is_said_to_be_none(course: Course, verb: str) -> None:
    module = "--prepare" if verb == "lab" else "F01"
    said = course.run(f"CAMPUS_COURSE={str(course.elsewhere)!r} campus {verb} {module}")
    assert said.code == 1
    assert "n’est pas le dossier d’un cours" in said.text
    assert said.commands == ["unset CAMPUS_COURSE"]
    assert not FOREIGN.search(said.text), said.text


@pytest.mark.parametrize("name", ["F01", "f01", MODULE, MODULE.upper()])
def test_short_and_full_names_are_the_same_module(course: Course, name: str) -> None:
    assert find_module(name, course.root) == find_built(name, course.root) == MODULE


def test_another_correction_that_ends_lets_this_one_go(course: Course) -> None:
    with (course.root / "autograded" / ".en-cours.verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "Une autre correction est en cours" in course.run("campus grade F01").text
    assert course.run("campus grade F01").code == 0


def test_a_gradebook_in_use_is_waited_for_then_told(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradebook_file, "WAIT_SECONDS", 0)
    url = f"sqlite:///{course.gradebook}"
    other = sqlite3.connect(course.gradebook, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(GradingError, match="occupé par un autre programme"):
        require_gradebook(url, [MODULE])
    other.close()
    require_gradebook(url, [MODULE])


def test_a_full_disk_is_named(course: Course) -> None:
    gradebook = sqlite3.connect(course.gradebook)
    gradebook.execute("PRAGMA max_page_count = 1")
    with pytest.raises(sqlite3.Error) as caught:
        gradebook.execute("CREATE TABLE trop (x) ")
        gradebook.executemany("INSERT INTO trop VALUES (?)", [("x" * 10_000,)] * 100)
    said = words(caught.value, f"sqlite:///{course.gradebook}")
    assert said.startswith("Le disque est plein")


@pytest.mark.parametrize("value", ["abc", "-5", "0", "2,5", ""])
@pytest.mark.parametrize("nbgrader", [False, True])
def test_a_time_that_is_none_stops_both_ways_of_grading(course: Course, value: str, nbgrader: bool) -> None:
    """nbgrader passes over errors in its configuration, and would go on without the isolation."""
    grade = f"cd {str(course.root)!r} && nbgrader autograde {MODULE}" if nbgrader else "campus grade F01"
    said = course.run(f"export CAMPUS_CELL_TIMEOUT={value!r}; {grade}")
    assert said.code == 1
    assert said.commands == ["unset CAMPUS_CELL_TIMEOUT"]
    assert not FOREIGN.search(said.text), said.text


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("c.X = (", "ne se lit pas (ligne "),
        ("import nulle_part", "ModuleNotFoundError : No module named 'nulle_part')"),
        ("c.CourseDirectory.db_url = 'ici'", "ce n’est pas l’adresse d’une base"),
        ("c.Autograde.autograde_preprocessors = []", "change la liste des étapes"),
        ("c.LateSubmissionPlugin.penalty_method = 'half'", "n’est pas permise : « penalty_method »"),
        ("c.AssignLatePenalties.plugin_class = 'nulle.part'", "n’est pas permise : « plugin_class »"),
        ("c.GradingExecute.notebook_timeout = 'abc'", "n’est pas permise : « notebook_timeout »"),
    ],
)
def test_what_an_institution_got_wrong_is_named(course: Course, line: str, told: str) -> None:
    with (course.root / CONFIG_FILE).open("a") as config:
        config.write(f"\n{line}\n")
    said = course.run("campus grade F01")
    assert (said.code, told in said.text) == (1, True), said.text
    assert "Traceback" not in said.text


def test_what_may_not_be_read_or_written_is_named_with_its_remedy(course: Course) -> None:
    for place in ("autograded", f"submitted/ada/{MODULE}/{MODULE}.ipynb", f"private/{MODULE}.json"):
        path = course.root / place
        mode = path.stat().st_mode
        path.chmod(0o400 if path.is_dir() else 0)
        said = course.run("campus grade F01 --force")
        path.chmod(mode)
        assert (said.code, "droits insuffisants" in said.text) == (1, True), said.text
        assert path.name in said.text
        assert not FOREIGN.search(said.text), said.text
