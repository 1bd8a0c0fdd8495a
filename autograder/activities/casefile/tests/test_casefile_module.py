"""A small module with files that are drawn: built, answered by form, and graded."""

from pathlib import Path
from typing import Any

import pytest

from autograder.forms import exercise
from tests.small_module import judged, small_module

MODULE, built, folder = small_module(__file__, "T07-dossiers")


def test_the_example_for_authors_is_the_exercise_of_this_module() -> None:
    assert MODULE.shows_authors("village")


@pytest.mark.parametrize(
    ("value", "points"),
    [
        ({"drawn": "hameau", "foyers": 48, "decision": "publier"}, 4),
        ({"drawn": "vallon", "foyers": 45, "decision": "attendre"}, 4),
        ({"drawn": "vallon", "foyers": 45}, 2),
        ({"drawn": "vallon", "foyers": 48, "decision": "publier"}, 0),
        ({"drawn": "hameau", "decision": "attendre"}, 0),
    ],
)
def test_an_answer_is_judged_by_its_own_file(folder: Path, value: Any, points: float) -> None:
    assert judged(folder, "village", value).points == points


def test_answering_all_the_files_at_once_is_refused(folder: Path) -> None:
    value = {"drawn": ["hameau", "vallon"], "foyers": 48}
    assert judged(folder, "village", value).points == 0


def test_what_is_wrong_is_told_of_its_own_file_and_else_pointed_at(folder: Path) -> None:
    assert judged(folder, "village", {"drawn": "vallon", "foyers": 20}).messages[0].startswith("**Vallon.**")
    said = judged(folder, "village", {"drawn": "vallon", "foyers": 7, "decision": "attendre"}).messages
    assert "Foyers du village" in " ".join(said)


@pytest.mark.parametrize(
    ("foyers", "said"),
    [
        (44, "Il s’en faut d’un."),
        (42, "Il s’en faut de peu."),
        (48, "à un autre dossier"),
        (45_000, "un facteur mille"),
        (450, "un facteur dix"),
    ],
)
def test_the_usual_slips_on_a_number_are_told_where_the_author_foresees_nothing(
    folder: Path, foyers: int, said: str
) -> None:
    message = judged(folder, "village", {"drawn": "vallon", "foyers": foyers}).messages[0]
    assert message.startswith("**Foyers du village.**") and said in message


def test_the_released_folder_does_not_hold_the_answers_of_the_other_files(folder: Path) -> None:
    public = (folder / ".exercises.json").read_text(encoding="utf-8")
    assert "Vingt foyers au nord" in public and '"45"' not in public and "also" not in public


def test_a_form_draws_a_file_and_a_feedback_page_needs_no_script(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel: Any = exercise("village")
    monkeypatch.setattr(panel, "send", lambda reply: None)
    file = panel.board["drawn"]
    panel._receive(panel, {"action": "save", "value": {"drawn": file, "decision": "attendre"}}, [])
    follower: Any = exercise("suite")
    assert follower.board["drawn"] == file
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    page = exercise("village")._repr_html_()  # type: ignore[operator]
    assert "Attendre" in page and "Le registre" in page and "<script" not in page


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("follows: village  ", "follows: ailleurs  ", "n’est pas un exercice du module"),
        ("unit: foyers}", 'unit: foyers, options: {a: "A", b: "B"}}', "ou par un nombre avec son « unit »"),
        ('vallon: [{foyers: "45", decision: attendre}]', 'vallon: [{foyers: "45"}]', "il manque la bonne réponse"),
        ('vallon: [{foyers: "45", decision: attendre}]', 'plaine: [{foyers: "45"}]', "n’est pas un de ceux"),
        ("solution: {drawn: hameau, avis: vrai}", "solution: {drawn: mont, avis: vrai}", "ne peut pas être saisie"),
        ("solution: {drawn: hameau, foyers: 48", "solution: {drawn: vallon, foyers: 48", "il manque la bonne réponse"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_exercise_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    told = MODULE.told_of(tmp_path, old, new).replace("\u00a0", " ")
    assert message in told and "answers.yml, ligne" in told
