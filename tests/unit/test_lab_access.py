"""A course installed once for several accounts: the others read what a learner needs, and no answer."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from autograder.lab import access

ROOT = Path(__file__).resolve().parents[2]
NEEDED = [
    ".venv/bin/campus",
    "autograder/cli.py",
    "datasets/datapackage.json",
    "course/release/modules.json",
    "course/release/F01/.exercises.json",
    "course/guides/apprenant.md",
    "course/programme.yml",
    "build/cache/packages/fiches.tgz",
]
ANSWERS = [
    ".git/objects/pack",
    "modules/F01/answers.yml",
    "modules/F01/notebook.md",
    "tests/test_f01.py",
    "course/source/F01/F01.ipynb",
    "course/private/F01.json",
    "course/gradebook.db",
    "course/grades.csv",
    "course/submitted/lea/F01/F01.ipynb",
    "build/cache/graded/1.json",
    "notes-de-la-session.csv",
]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX accounts")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "campus"
    for name in (*NEEDED, *ANSWERS):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("contenu")
    (home / "course" / "exchange").mkdir()
    (home / "course" / "exchange").chmod(0o777)
    (home / ".venv" / "bin" / "campus").chmod(0o700)
    for variable in ("CAMPUS_COURSE", "CAMPUS_DATASETS", "CAMPUS_CACHE", "CAMPUS_PRIVATE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("CAMPUS_HOME", str(home))
    return home


def others_read(home: Path) -> set[str]:
    """The files under `home` that another account can reach and read, by their modes."""
    found: set[str] = set()
    for entry in home.iterdir():
        mode = entry.stat().st_mode
        if entry.is_dir() and mode & stat.S_IXOTH:
            found |= {f"{entry.name}/{name}" for name in others_read(entry)}
        elif entry.is_file() and mode & stat.S_IROTH:
            found.add(entry.name)
    return found


@pytest.mark.parametrize("usual", [0o022, 0o077])
def test_others_read_what_is_needed_and_no_answer(home: Path, usual: int) -> None:
    if usual == 0o077:  # the habit of some administrators
        for path in home.rglob("*"):
            if path.name != "exchange":
                path.chmod(path.stat().st_mode & 0o700)
    access.share()
    assert others_read(home) == set(NEEDED)
    assert (home / ".venv" / "bin" / "campus").stat().st_mode & 0o777 == 0o755
    assert (home / "course" / "exchange").stat().st_mode & 0o777 == 0o777  # nbgrader's own way


def test_a_folder_that_keeps_the_others_out_is_named(home: Path) -> None:
    home.parent.chmod(0o700)
    assert any(str(home.parent) in problem for problem in access.problems())


def test_a_closed_python_is_told_with_the_way_to_another(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A setup changes nothing while the environment is there, made by a Python of the same version."""
    python = tmp_path / "ferme" / "python3"
    python.parent.mkdir(mode=0o700)
    python.touch()
    monkeypatch.setattr("sys.executable", str(python))
    (problem,) = [one for one in access.problems() if "Python leur est fermé" in one and "ferme" in one]
    assert f"effacez le dossier « {home / '.venv'} »" in problem
    assert "make setup PYTHON=" in problem


def test_what_nbgrader_writes_in_the_course_is_never_committed(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_bytes((ROOT / ".gitignore").read_bytes())
    written = [
        "grades.csv",
        "notes.xlsx",
        "downloaded/F02/archive.zip",
        "gradebook.db",
        "release/modules.json",
    ]
    kept = [
        "guides/formateur.md",
        "programme.yml",
        "competences.yml",
        "facts.yml",
        "glossaire.yml",
        "nbgrader_config.py",
    ]
    for name in (*written, *kept):
        (tmp_path / "course" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "course" / name).touch()
    seen = subprocess.run(
        ["git", "status", "--short", "-uall", "course"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert sorted(line.split()[-1] for line in seen.splitlines()) == sorted(f"course/{name}" for name in kept)
