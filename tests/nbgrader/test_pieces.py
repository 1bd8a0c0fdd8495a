"""Files that are not exactly those expected: what is used, what is left, and that all of it is told."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.grading.config import COURSE_ID
from tests.nbgrader.batch_course import MODULE, BatchCourse

NOTEBOOK = f"{MODULE}.ipynb"
EMPTY = '{"schema": 1, "answers": {}}'


def untouched(folder: Path, name: str) -> None:
    release = folder.parents[2] / "release" / MODULE
    shutil.copy(release / NOTEBOOK, folder / name)


def rename(old: str, new: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        (folder / new).parent.mkdir(parents=True, exist_ok=True)
        (folder / old).rename(folder / new)

    return change


def both(*changes: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda folder: [change(folder) for change in changes]


def write(name: str, content: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(content)


def into_a_folder(folder: Path) -> None:
    """As an archive that was unpacked with its own folder."""
    (folder / "rendu").mkdir()
    for path in [path for path in folder.iterdir() if path.name != "rendu"]:
        path.rename(folder / "rendu" / path.name)


FULL, CODE = 4, 2
CASES: dict[str, tuple[Callable[[Path], object], float, tuple[str, ...]]] = {
    "rien": (lambda folder: None, FULL, ()),
    "carnet (1)": (
        rename(NOTEBOOK, "T01-essai (1).ipynb"),
        FULL,
        ("sous un autre nom : T01-essai (1).ipynb",),
    ),
    "extension en capitales": (rename(NOTEBOOK, "T01-essai.IPYNB"), FULL, ("T01-essai.IPYNB",)),
    "extension .txt": (rename(NOTEBOOK, "T01-essai.ipynb.txt"), FULL, ("T01-essai.ipynb.txt",)),
    "extension .json": (rename(NOTEBOOK, "T01-essai.ipynb.json"), FULL, ("T01-essai.ipynb.json",)),
    "dans un sous-dossier": (into_a_folder, FULL, ("dans un sous-dossier : rendu/T01-essai.ipynb",)),
    "carnet seul dans un sous-dossier": (rename(NOTEBOOK, f"x/{NOTEBOOK}"), FULL, ("dans un sous-dossier",)),
    "deux carnets, le bon nom a le travail": (
        lambda folder: untouched(folder, "copie.ipynb"),
        FULL,
        ("plusieurs carnets : « T01-essai.ipynb » corrigé, « copie.ipynb » laissé",),
    ),
    "deux carnets, l’autre a le travail": (
        both(rename(NOTEBOOK, "T01-essai (1).ipynb"), lambda folder: untouched(folder, NOTEBOOK)),
        CODE,
        ("« T01-essai (1).ipynb » laissé ; ce dernier est plus rempli",),
    ),
    "reponses (1)": (
        rename("reponses.json", "reponses (1).json"),
        FULL,
        ("réponses lues dans « reponses (1).json »",),
    ),
    "reponses-Copy1": (rename("reponses.json", "reponses-Copy1.json"), FULL, ("reponses-Copy1.json",)),
    "Reponses": (rename("reponses.json", "Reponses.json"), FULL, ("Reponses.json",)),
    "réponses renommées": (rename("reponses.json", "dupont.json"), FULL, ("dupont.json",)),
    "deux fichiers de réponses": (
        both(rename("reponses.json", "reponses (1).json"), write("reponses.json", EMPTY)),
        CODE,
        ("« reponses.json » lu, « reponses (1).json » laissé ; ce dernier est plus rempli",),
    ),
    "plusieurs, aucun du bon nom": (
        both(rename("reponses.json", "reponses (1).json"), write("reponses (2).json", EMPTY)),
        CODE,
        (
            "plusieurs lui ressemblent (reponses (1).json, reponses (2).json)",
            "seules les réponses écrites dans le carnet ont compté",
        ),
    ),
    "un autre JSON": (
        write("donnees.json", "[1]"),
        FULL,
        ("« donnees.json » n’est pas un fichier de réponses",),
    ),
    "réponses abîmées": (write("reponses.json", "{"), CODE, ("« reponses.json » est abîmé",)),
    "réponses imbriquées": (
        write("reponses.json", '{"answers": {"couleur": ' + "[" * 980 + "]" * 980 + "}}"),
        CODE,
        ("« reponses.json » est abîmé",),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_handed_in_is_used_or_told(course: BatchCourse, name: str) -> None:
    change, points, told = CASES[name]
    change(course.hand_in("ada"))
    report = course.grade()
    flags = report.flags.get("ada", ())
    assert not report.failed
    assert len(flags) == len(told), flags
    assert all(text in flag for text, flag in zip(told, flags, strict=True)), flags
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        assert gradebook.find_submission(MODULE, "ada").score == points
    assert (course.folder("ada") / NOTEBOOK).is_file()


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_answers_are_read_in_any_encoding(course: BatchCourse, encoding: str) -> None:
    text = '{"answers": {"couleur": {"value": "b"}, "avis": {"value": "Très étonné."}}}'
    (course.hand_in("ada") / "reponses.json").write_text(text, encoding=encoding)
    report = course.grade()
    assert (report.failed, report.flags) == ({}, {})
    assert "Très étonné." in (course.folder("ada") / NOTEBOOK).read_text(encoding="utf-8")


def test_half_of_a_character_in_a_free_answer_costs_nothing(course: BatchCourse) -> None:
    text = '{"answers": {"couleur": {"value": "b"}, "avis": {"value": "Trop \\ud800 peu."}}}'
    (course.hand_in("ada") / "reponses.json").write_text(text)
    assert course.grade().failed == {}
    assert "Trop ? peu." in (course.folder("ada") / NOTEBOOK).read_text(encoding="utf-8")


def test_a_copy_without_any_answer_is_told(course: BatchCourse) -> None:
    (course.hand_in("ada", code=None) / "reponses.json").unlink()
    course.hand_in("bob", code=None, forms={})
    (course.hand_in("cleo") / "reponses.json").unlink()  # by code: what is answered by form is missing
    course.hand_in("dina", code=None)  # by forms alone
    flags = course.grade().flags
    assert set(flags) == {"ada", "bob", "cleo"}
    assert flags["ada"][0].startswith("aucune réponse trouvée : le fichier reponses.json manque")
    assert flags["bob"][0].startswith("aucune réponse trouvée : le fichier reponses.json est vide")
    assert flags["cleo"][0].startswith("le fichier reponses.json manque : seules les réponses écrites")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            both(rename(NOTEBOOK, "a.ipynb"), rename("reponses.json", "b.ipynb")),
            "plusieurs autres sont là (a.ipynb, b.ipynb)",
        ),
        (rename(NOTEBOOK, "rendu.zip"), "une archive est là (rendu.zip) : décompressez-la"),
        (lambda folder: (folder / NOTEBOOK).unlink(), "demandez à l’apprenant de le rendre de nouveau"),
    ],
)
def test_a_copy_where_no_notebook_can_be_chosen_says_what_to_do(
    course: BatchCourse, change: Callable[[Path], object], told: str
) -> None:
    change(course.hand_in("ada"))
    assert told in course.grade().failed["ada"]


def test_a_thousand_files_too_many_are_told_in_a_few_lines(course: BatchCourse) -> None:
    folder = course.hand_in("ada")
    for number in range(1_000):
        (folder / f"{number}.json").write_text("{}")
    for number in range(20):
        (folder / f"{number}.ipynb").write_text("{}")
    flags = course.grade().flags["ada"]
    assert len(flags) == 8
    assert sum("laissés de même (997)" in flag or "laissés de même (17)" in flag for flag in flags) == 2


def test_what_is_in_submitted_and_is_no_copy_is_told(course: BatchCourse) -> None:
    course.hand_in("ada")
    submitted = course.root / "submitted"
    (submitted / "Dupont_48213_assignsubmission_file_").mkdir()
    (submitted / "Dupont_48213_assignsubmission_file_" / NOTEBOOK).write_text("{}")
    (submitted / "bob" / "T01").mkdir(parents=True)
    (submitted / "cleo" / MODULE.lower()).mkdir(parents=True)
    (submitted / "rendus.zip").touch()
    (submitted / "ada" / "notes.txt").touch()
    ignored = course.grade().ignored
    assert ignored is not None
    for place in ("Dupont_48213_assignsubmission_file_/", "bob/", "cleo/", "rendus.zip", "ada/notes.txt"):
        assert f"« {place} »" in ignored
    assert f"submitted/IDENTIFIANT/{MODULE}/{MODULE}.ipynb" in ignored


def test_a_course_with_every_copy_in_place_says_nothing(course: BatchCourse) -> None:
    course.hand_in("ada")
    (course.root / "release" / "T02-autre").mkdir()
    (course.root / "submitted" / "bob" / "T02-autre").mkdir(parents=True)
    assert course.grade().ignored is None


@pytest.mark.slow
def test_nbgrader_s_own_command_uses_and_tells_the_same(course: BatchCourse) -> None:
    learners = {f"l{number}": name for number, name in enumerate(CASES)}
    for learner, name in learners.items():
        CASES[name][0](course.hand_in(learner))
    (course.hand_in("vide", code=None) / "reponses.json").unlink()
    (course.root / "submitted" / "rendus.zip").touch()
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", MODULE],
        cwd=course.root,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    lines = ran.stderr.splitlines()
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        for learner, name in learners.items():
            _, points, told = CASES[name]
            assert gradebook.find_submission(MODULE, learner).score == points, name
            for text in told:
                assert any(f" {learner} : " in line and text in line for line in lines), (name, text)
    assert "vide : aucune réponse trouvée : le fichier reponses.json manque" in ran.stderr
    assert "Ignoré dans submitted/ (1) : « rendus.zip »" in ran.stderr
