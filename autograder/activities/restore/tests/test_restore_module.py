"""A small module with a file to restore: built, answered by form, and graded."""

from pathlib import Path
from typing import Any

import pytest

from autograder.forms import exercise
from tests.small_module import judged, small_module

MODULE, built, folder = small_module(__file__, "T06-copies")
RIGHT = {"copy": "mardi", "line": "mardi"}


def test_the_example_for_authors_is_the_exercise_of_this_module() -> None:
    assert MODULE.shows_authors("horaires")


@pytest.mark.parametrize(
    ("value", "points"),
    [
        (RIGHT, 4),
        ({"copy": "mardi"}, 2),
        ({"copy": "mardi", "line": "aucune"}, 2),
        ({"copy": "lundi", "line": "lundi"}, 2),
        ({"copy": "lundi", "line": "mardi"}, 0),
        ({"copy": "mercredi", "line": "aucune"}, 0),
        ({"copy": "cle", "line": "mardi"}, 0),
    ],
)
def test_the_copy_brings_half_of_the_points_and_the_proof_the_other_half(
    folder: Path, value: Any, points: float
) -> None:
    assert judged(folder, "horaires", value).points == points


def test_the_copy_then_the_comparison_are_told(folder: Path) -> None:
    said = judged(folder, "horaires", {"copy": "cle", "line": "mardi"}).messages
    assert [one.split(".")[0] for one in said] == [
        "Elle s’ouvre, et porte la bonne date",
        "**Cette empreinte n’est pas dans le registre",
    ]
    assert judged(folder, "horaires", {"copy": "mardi"}).outcomes[-1] == "unchecked"


def test_what_the_learners_file_holds_changes_nothing_to_what_is_judged(folder: Path) -> None:
    (folder / "horaires.csv").write_text("service,jour\nÉtat civil,mardi\n", encoding="utf-8")
    assert judged(folder, "horaires", {"copy": "mercredi", "line": "mardi"}).points == 0
    (folder / "horaires.csv").write_text("autre chose\n", encoding="utf-8")
    assert judged(folder, "horaires", RIGHT).points == 4


def test_a_form_restores_into_the_learners_folder_and_a_feedback_page_needs_no_script(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel: Any = exercise("horaires")
    replies: list[dict[str, Any]] = []
    monkeypatch.setattr(panel, "send", replies.append)
    panel._receive(panel, {"action": "save", "value": {"then": "restore", "copy": "mardi"}}, [])
    assert (folder / "horaires.csv").read_text(encoding="utf-8") == "service,jour\nÉtat civil,mardi\n"
    panel._receive(panel, {"action": "save", "value": {"then": "verify"}}, [])
    assert panel.ledger["fingerprint"] and panel.value == {"copy": "mardi"}
    (folder / "horaires.csv").write_text("à moi", encoding="utf-8")
    panel._receive(panel, {"action": "save", "value": {"then": "restore", "copy": "lundi"}}, [])
    assert "laissé tel quel" in replies[-1]["error"]
    assert (folder / "horaires.csv").read_text(encoding="utf-8") == "à moi"
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    page = exercise("horaires")._repr_html_()  # type: ignore[operator]
    assert "Copie restaurée\u00a0: mardi, 22 h" in page and "<table" in page and "<script" not in page


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("solution: {copy: mardi, line: mardi}", "solution: {copy: mardi, line: lundi}", "elle est à : mardi"),
        ("solution: {copy: mardi, line: mardi}", "solution: {copy: mercredi, line: aucune}", "n’est pas celle de cette ligne"),
        ("solution: {copy: mardi, line: mardi}", "solution: {copy: jeudi, line: mardi}", "la solution ne peut pas être saisie"),
        ("file: horaires.csv  ", "file: ../horaires.csv  ", "file"),
        ('("cle", "mardi, 17 h"', '("mardi", "mardi, 17 h"', "la même clé"),
        ('"text": semaines[cle]}', '"text": semaines["lundi"]}', "deux copies ont le même contenu"),
        ('"fingerprint": of(semaines[cle])', '"fingerprint": "abc"', "une empreinte SHA-256 entière"),
        ('"where": lieu, ', "", "« copies » doit être une liste de lignes"),
        ('("lundi", "n° 1, validée lundi")', '("aucune", "n° 1, validée lundi")', "« register » ne se calcule pas"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_exercise_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    told = MODULE.told_of(tmp_path, old, new)
    assert message in told and "answers.yml, ligne" in told
