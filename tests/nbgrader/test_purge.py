"""`campus purge`: nothing of the person stays, nothing of anybody else moves, and the proof can be trusted."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import unicodedata
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.grading.config import COURSE_ID
from tests.nbgrader.batch_course import MODULE
from tests.nbgrader.people_course import PEOPLE, ZOE, Someone, files, hits, make_people, rows


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_people(tmp_path_factory.mktemp("people")).parent


@pytest.fixture
def root(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(template, tmp_path / "all")
    monkeypatch.setenv("CAMPUS_COURSE", str(tmp_path / "all" / "course"))
    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path / "all" / "cache"))
    monkeypatch.setenv("CAMPUS_WORK", str(tmp_path / "all" / "travail"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    return tmp_path / "all" / "course"


def purge(*arguments: str) -> int:
    return main(["purge", "--yes", *arguments])


def is_theirs(path: str, someone: Someone) -> bool:
    """Whether the path is that of a file of the person, made by hand in this course."""
    parts = Path(path).parts
    return someone.learner in parts or any(part.startswith(f"{someone.learner}+{MODULE}+") for part in parts)


@pytest.mark.parametrize("learner", PEOPLE)
def test_nothing_of_the_person_stays_and_nothing_of_the_others_moves(learner: str, root: Path) -> None:
    someone = Someone(learner)
    before, rows_before = files(root), rows(root)
    assert hits(root, someone.words)
    assert purge(learner, "--proof") == 0
    assert hits(root.parent, someone.words) == []
    assert (root.parent / "travail" / ".campus" / "instructor" / "reglages.json").exists()
    after, rows_after = files(root), rows(root)
    assert not [path for path in after if is_theirs(path, someone)]
    gone = {path for path in before.keys() - after.keys() if not is_theirs(path, someone)}
    several = {"exports", "reports", "depots", ".gestes"}
    assert {Path(path).parts[0] for path in gone} == {"exchange", ".ramassage-xyz", *several}
    assert f".gestes/grade-{MODULE}" in after
    assert "reports/bilan.html" in after
    kept = after.keys() - {"gradebook.db", "submitted/.ramassage.verrou"}
    assert [path for path in kept if after[path] != before[path]] == []
    assert rows_after <= rows_before
    named = {str(value) for row in rows_after for value in row}
    assert learner not in named
    assert {one for one in PEOPLE if one != learner} <= named
    for other in map(Someone, PEOPLE):
        if other != someone:
            assert len([path for path in after if is_theirs(path, other)]) == len(
                [path for path in before if is_theirs(path, other)]
            )
            assert [row for row in rows_after if other.key in row] == [
                row for row in rows_after if other.key in row and row in rows_before
            ]
            assert len(hits(root, [other.key])) == 1


def test_both_forms_of_an_accent_are_one_person(root: Path) -> None:
    decomposed = unicodedata.normalize("NFD", ZOE)
    os.rename(root / "submitted" / ZOE, root / "submitted" / decomposed)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", COURSE_ID) as gradebook:
        gradebook.update_or_create_student(decomposed, email="autre.courriel@exemple.fr")
    assert purge(ZOE, "--proof") == 0
    assert hits(root, [*Someone(ZOE).words, ZOE, "autre.courriel"]) == []


def test_a_link_is_removed_and_what_it_leads_to_is_not(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("à garder")
    shutil.rmtree(root / "submitted" / "jean")
    (root / "submitted" / "jean").symlink_to(outside)
    (root / "feedback" / "jean" / "link").symlink_to(root / "submitted" / "jean.dupont")
    assert purge("jean", "--proof") == 0
    assert (outside / "kept.txt").exists()
    assert (root / "submitted" / "jean.dupont" / MODULE).is_dir()
    assert not os.path.lexists(root / "submitted" / "jean")


@pytest.mark.parametrize(
    "text",
    [
        "Jean",
        "« jean »",
        "élodie0q d'avrençon0q",
        "D’AVRENÇON0Q",
        unicodedata.normalize("NFD", "Élodie0q"),
        json.dumps({"a": "D’Avrençon0q"}),
        json.dumps(json.dumps({"a": "\nÉlodie0q"})),
        "COURRIEL0Q@exemple.fr",
        "F02-jean-20260701.zip",
        "D&rsquo;Avren&ccedil;on0q",
        "D%E2%80%99Avren%C3%A7on0q",
        "cle0q0123456789",
        r"\u00c9\u006codie0q",
        "&#201;l&#111;die0q",
        "%C3%89l%6Fdie0q",
    ],
)
def test_the_proof_finds_what_stays_and_names_the_file(
    text: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "notes.txt").write_text(text)
    assert purge("jean", "--proof") == 1
    assert "notes.txt" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16"])
def test_the_proof_reads_other_encodings(encoding: str, root: Path) -> None:
    (root / "liste.csv").write_bytes("nom;Élodie0q".encode(encoding))
    assert purge("jean", "--proof") == 1


def test_the_proof_reads_archives_in_archives(root: Path) -> None:
    with zipfile.ZipFile(root / "inner.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "Élodie0q")
    with zipfile.ZipFile(root / "outer.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(root / "inner.zip", "inner.zip")
    (root / "inner.zip").unlink()
    assert purge("jean", "--proof") == 1


def test_the_page_of_another_that_names_the_person_is_told_and_left(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "feedback" / "jean.dupont" / MODULE / f"{MODULE}.html"
    page.write_text("<p>Merci à Élodie0q D’Avrençon0q.</p>")
    released = root / "exchange" / COURSE_ID / "feedback" / "0123.html"
    shutil.copy(page, released)
    assert purge("jean", "--proof") == 1
    assert page.exists()
    assert released.exists()
    said = capsys.readouterr().err
    assert "feedback/0123.html" in said
    assert f"feedback/jean.dupont/{MODULE}/{MODULE}.html" in said


@pytest.mark.parametrize("text", ["jeannot", "bluejean", "jean.dupont", "JEAN+2", "ean", "Jeanne"])
def test_the_proof_is_not_troubled_by_other_words(text: str, root: Path) -> None:
    (root / "notes.txt").write_text(text)
    assert purge("jean", "--proof") == 0


def test_a_first_name_that_another_bears_is_not_looked_for_alone(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", COURSE_ID) as gradebook:
        gradebook.update_or_create_student("nouvelle", first_name="Élodie0q", last_name="Autre")
    assert purge("jean", "--proof") == 0
    assert "« Élodie0q » n’a pas été cherché seul" in capsys.readouterr().err


def test_the_proof_sees_freed_pages(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A gradebook whose rows are gone, but not their bytes."""
    with closing(sqlite3.connect(root / "gradebook.db")) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE autre (texte)")
        connection.executemany("INSERT INTO autre VALUES (?)", [("jeanD’Avrençon0q" * 50,)] * 100)
        connection.commit()
        connection.execute("DROP TABLE autre")
        connection.commit()
    shutil.copy(root / "gradebook.db", root / "gradebook.db.ancien")
    assert purge("jean", "--proof") == 1
    said = capsys.readouterr().err
    assert "gradebook.db.ancien" in said
    (root / "gradebook.db.ancien").unlink()
    assert purge("jean", "--proof") == 0
    assert hits(root, ["D’Avrençon0q"]) == []


@pytest.mark.parametrize("step", [1, 2, 5, 9, 12, 14, 16, 17, 18])
def test_an_erasure_that_is_killed_ends_when_done_again(step: int, root: Path) -> None:
    command = [sys.executable, "-m", "tests.nbgrader.purge_killed", "jean", str(step)]
    assert subprocess.run(command).returncode == -signal.SIGKILL
    assert purge("jean", "--proof") == 0
    assert hits(root.parent, Someone("jean").words) == []
    assert len([row for row in rows(root) if Someone("jean.dupont").key in row]) == 4


def test_nobody_is_erased_without_an_answer(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(root)
    assert main(["purge", "jean"]) == 1
    assert "--yes" in capsys.readouterr().err
    assert files(root) == before


def test_a_wrong_identifier_is_told_with_who_is_alike(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert purge("Jean.Dupont") == 1
    said = capsys.readouterr().err
    assert "Rien n’a été trouvé au nom de « Jean.Dupont »" in said
    assert "jean.dupont" in said
    assert (root / "submitted" / "jean.dupont").is_dir()


def test_who_is_past_the_duration_is_listed_then_erased(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", COURSE_ID) as gradebook:
        gradebook.update_or_create_student("inscrite")
        gradebook.update_or_create_submission(MODULE, "jean", timestamp=datetime(2024, 5, 1))
    assert main(["purge", "--older-than", "2025-01-01"]) == 1
    said = capsys.readouterr().err
    assert "1 personne(s)" in said
    assert "jean : 2024-05-01" in said
    assert "inscrite" in said
    assert (root / "submitted" / "jean").exists()
    assert purge("--older-than", "2025-01-01") == 0
    assert not (root / "submitted" / "jean").exists()
    assert (root / "submitted" / "jean.dupont").exists()


def test_backups_that_hold_the_person_are_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup"]) == 0
    assert purge("jean", "--proof") == 0
    (backup,) = (root / "backups").glob("*.zip")
    said = capsys.readouterr().err
    assert "Ces sauvegardes contiennent encore la personne" in said
    assert backup.name in said
    assert main(["restore", str(backup)]) == 0
    assert (root / "submitted" / "jean").is_dir()
    assert purge("jean", "--proof") == 0
    backup.unlink()
    assert hits(root, Someone("jean").words) == [], "what the restore put aside is erased too"


# --- The person's own copy


def test_one_archive_holds_all_of_a_person_and_nothing_of_another(root: Path) -> None:
    assert main(["export", "jean"]) == 0
    (path,) = (root / "exports").glob("jean-*.zip")
    assert path.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        everything = b"".join(archive.read(name) for name in names)
        marks = archive.read("notes.csv").decode("utf-8-sig").splitlines()
        readme = archive.read("LISEZ-MOI.txt").decode()
    tables = {"identite.csv", "copies.csv", "notes.csv", "parcours-reponses.csv", "parcours-erreurs.csv"}
    assert tables | {f"copies/{MODULE}/reponses.json", f"retours/{MODULE}/{MODULE}.html"} <= names
    assert any(name.startswith("copies-remplacees/") for name in names)
    assert any(name.startswith("echange/") for name in names)
    assert marks[0].startswith("module;question;points")
    assert f"{MODULE};couleur-check;2;2;" in "\n".join(marks)
    assert all(word.encode() in everything for word in Someone("jean").words)
    assert not any(word.encode() in everything for word in Someone("jean.dupont").words)
    named = {
        line.split()[0].split("/")[0] for line in readme.splitlines() if line[:1].islower() and "  " in line
    }
    assert {name.split("/")[0] for name in names} <= named | {"LISEZ-MOI.txt"}
    assert "BEGIN HIDDEN" not in everything.decode("utf-8", "replace")


def test_nobody_has_no_archive(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "jea"]) == 1
    assert "« jea »" in capsys.readouterr().err
