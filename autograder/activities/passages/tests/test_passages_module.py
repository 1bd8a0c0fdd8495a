"""A small module with three documents: built, answered by form, and graded."""

from pathlib import Path
from typing import Any

import pytest

from autograder.authoring import typography
from autograder.forms import exercise
from tests.small_module import judged, small_module

MODULE, built, folder = small_module(__file__, "T02-passages")


def test_the_typography_of_documents_and_labels_is_checked(tmp_path: Path) -> None:
    copy = MODULE.changed(tmp_path, "{votre messagerie}\u00a0;", "{votre messagerie} ;")
    answers = copy / "answers.yml"
    answers.write_text(
        answers.read_text(encoding="utf-8").replace("Sans source", "Qu'une source"), encoding="utf-8"
    )
    assert [finding.line for finding in typography.findings(copy)] == [40, 60]


@pytest.mark.parametrize(
    ("key", "value", "points"),
    [
        ("preuve", "rien", 1),
        ("preuve", "delai", 0.5),
        ("preuve", "recu", 0),
        ("signaux", ["adresse", "urgence"], 2),
        ("signaux", ["adresse"], 1),
        ("signaux", ["adresse", "urgence", "nom"], 1),
        ("signaux", ["adresse", "urgence", "nom", "objet", "outil", "adieu"], 0),
        ("defauts", {"source": "flou", "avis": "juger"}, 3),
        ("defauts", {"source": "flou"}, 1.5),
        ("defauts", {"source": "flou", "avis": "faux"}, 1.5),
        ("defauts", {"source": "flou", "avis": "juger", "fait": "faux"}, 1.5),
        ("defauts", dict.fromkeys(["delai", "source", "fait", "avis"], "flou"), 0),
    ],
)
def test_what_an_answer_earns(folder: Path, key: str, value: Any, points: float) -> None:
    assert judged(folder, key, value).points == points


def test_a_wrong_passage_that_nobody_foresaw_is_pointed_at_by_its_words(folder: Path) -> None:
    assert (
        judged(folder, "signaux", ["adresse", "objet"]).messages[0]
        == "Regardez encore : «\u00a0Votre compte\u00a0»."
    )
    said = judged(folder, "defauts", {"source": "flou", "avis": "juger", "fait": "faux"}).messages[0]
    assert "«\u00a0Le service compte trois agents\\.\u00a0»" in said


def test_wrong_passages_are_told_before_forgotten_ones(folder: Path) -> None:
    assert judged(folder, "signaux", ["nom"]).messages == ["Un nom affiché s’écrit librement."]
    assert judged(folder, "signaux", ["urgence"]).messages == ["Regardez encore qui écrit."]
    said = judged(folder, "defauts", {"source": "juger"}).messages
    assert said == ["Une estimation n’est pas un jugement."]
    unforeseen = judged(folder, "defauts", {"source": "faux"}).messages
    assert unforeseen == ["Regardez encore : «\u00a0selon des estimations\u00a0».", "Reprenez chaque phrase."]
    assert judged(folder, "defauts", {"source": "flou"}).messages == ["Un mot de la note juge."]


def test_a_feedback_page_shows_the_document_with_what_was_chosen(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(folder, "signaux", ["urgence"])
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    page = exercise("signaux")._repr_html_()  # type: ignore[operator]
    assert page.count("[choisi]") == 1 and "Bien à vous" in page and "<script" not in page


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("solution: rien", "solution: autre", "nomme « autre », qui n’est pas un des passages (recu, delai"),
        ("solution: rien", "solution: [rien]", "doit être une seule clé"),
        ("solution: [adresse, urgence]", "solution: []", "ne choisit rien"),
        (
            "{source: flou, avis: juger}",
            "{source: flou, autre: juger}",
            "« autre », qui n’est pas un des passages",
        ),
        (
            "{source: flou, avis: juger}",
            "{source: mou}",
            "« mou », qui n’est pas une des étiquettes (faux, flou",
        ),
        ("{source: flou, avis: juger}", "{}", "ne choisit rien"),
        ("pick: nom", "pick: autre", "l’erreur « nom » nomme « autre »"),
        ("pick: nom", "pick: adresse", "choisit « adresse », qui fait partie de la bonne réponse"),
        ("miss: avis", "miss: delai", "oublie « delai », qui ne fait pas partie de la bonne réponse"),
        ("match: {delai: faux}", "match: {autre: faux}", "l’erreur « delai-faux » nomme « autre »"),
        ("match: {delai: faux}", "pick: delai", "n’a pas de sens sur un formulaire « passages »"),
        ("[outil]{votre messagerie}", "[nom]{votre messagerie}", "« nom » est marqué deux fois"),
        (
            "Sans source",
            '"Sans [outil]{source}"',
            "« [outil]{…} » ne désigne un passage que dans « document »",
        ),
    ],
)
def test_what_is_wrong_in_an_exercise_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    said = MODULE.told_of(tmp_path, old, new)
    assert message in said and "answers.yml, ligne" in said
