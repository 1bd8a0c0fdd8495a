"""`campus learners`: the class list in nbgrader's gradebook."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.grading.config import COURSE_ID
from tests.nbgrader.batch_course import MODULE, BatchCourse, make_course

LIST = "identifiant;nom;prénom;courriel\nzoe;Lefèvre;Zoé;zoe@ville.fr\nada;Lovelace;Ada;\n"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BatchCourse:
    course = make_course(tmp_path)
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    return course


@pytest.fixture
def bring(
    course: BatchCourse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[[str | bytes], tuple[int, str]]:
    """Import a list; return the exit code, and what is said."""

    def bring(content: str | bytes) -> tuple[int, str]:
        path = tmp_path / "liste.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        capsys.readouterr()
        return main(["learners", "import", str(path)]), capsys.readouterr().err

    return bring


Bring = Callable[[str | bytes], tuple[int, str]]


def students(course: BatchCourse) -> dict[str, tuple[str | None, ...]]:
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        return {one.id: (one.last_name, one.first_name, one.email) for one in gradebook.students}


def test_other_accounts_cannot_read_the_gradebook(course: BatchCourse, tmp_path: Path) -> None:
    gradebook = course.root / "gradebook.db"
    assert not gradebook.stat().st_mode & 0o007, "after campus release"
    gradebook.chmod(0o664)
    (tmp_path / "liste.csv").write_text("identifiant;nom\nada;Lovelace\n", encoding="utf-8")
    assert main(["learners", "import", str(tmp_path / "liste.csv")]) == 0
    assert gradebook.stat().st_mode & 0o777 == 0o660


def test_a_list_is_added_then_updated_and_nobody_is_removed(course: BatchCourse, bring: Bring) -> None:
    assert bring(LIST) == (0, "Liste importée : 2 personnes ajoutées, 0 mise à jour, 0 inchangée.\n")
    assert bring(LIST)[1] == "Liste importée : 0 personne ajoutée, 0 mise à jour, 2 inchangées.\n"
    later = "identifiant,courriel\nada,ada@ville.fr\nbob,\n".encode("cp1252")
    assert bring(later)[1] == "Liste importée : 1 personne ajoutée, 1 mise à jour, 0 inchangée.\n"
    assert students(course) == {
        "zoe": ("Lefèvre", "Zoé", "zoe@ville.fr"),
        "ada": ("Lovelace", "Ada", "ada@ville.fr"),
        "bob": (None, None, None),
    }


def test_nothing_is_written_when_a_line_is_wrong(course: BatchCourse, bring: Bring) -> None:
    code, said = bring(f"{LIST};Sans;Nom;\na/b;C;D;\n")
    assert code == 1
    assert "Rien n’a été importé" in said
    assert "ligne 4" in said and "ligne 5" in said
    assert students(course) == {}


def test_a_list_may_come_before_any_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bring: Bring
) -> None:
    course = make_course(tmp_path / "neuf")
    for name in ("gradebook.db", "release"):
        path = course.root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    assert bring(LIST)[0] == 0
    assert students(course).keys() == {"zoe", "ada"}


def test_a_class_of_two_hundred_is_imported_again_without_a_change(course: BatchCourse, bring: Bring) -> None:
    rows = [f"a{number:03};Nom {number};Prénom {number};a{number}@ville.fr" for number in range(200)]
    text = "\n".join(["identifiant;nom;prénom;courriel", *rows])
    assert "200 personnes ajoutées" in bring(text.encode("cp1252"))[1]
    assert "200 inchangées" in bring(text.encode("utf-8-sig"))[1]
    assert students(course)["a007"] == ("Nom 7", "Prénom 7", "a7@ville.fr")


def test_a_file_that_is_not_there_and_a_damaged_gradebook_are_explained(
    course: BatchCourse, bring: Bring, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["learners", "import", str(course.root / "absente.csv")]) == 1
    assert "n’existe pas" in capsys.readouterr().err
    (course.root / "gradebook.db").write_bytes(b"ceci n'est pas une base" * 1_000)
    code, said = bring(LIST)
    assert code == 1 and "est abîmé" in said and "Traceback" not in said


def test_the_list_says_who_handed_in_what(
    course: BatchCourse, bring: Bring, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["learners", "list"]) == 0
    assert "campus learners import" in capsys.readouterr().err
    bring(LIST)
    course.hand_in("ada")
    course.grade()
    course.hand_in("eve")
    capsys.readouterr()
    assert main(["learners", "list"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "2 personnes dans le carnet de notes, dont 1 avec au moins une copie.",
        "  zoe, Zoé Lefèvre, zoe@ville.fr : aucune copie",
        f"  ada, Ada Lovelace : {MODULE}",
        "Ont une copie, et ne sont pas encore dans le carnet de notes : eve.",
    ]
