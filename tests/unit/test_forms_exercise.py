"""`exercise("…")`: the panel, what it saves, and what stands in its place when there can be no panel."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.checks import check as checks
from autograder.checks.answers import AnswersFile
from autograder.checks.judge import judge
from autograder.checks.outcomes import Outcome, SealedTable
from autograder.contract.forms import AnswersNotSaved
from autograder.forms import exercise, panel
from autograder.forms.panel import Panel
from autograder.forms.static import Notice, StaticForm

OPTIONS = {"a": "une commune", "b": "un EPCI"}
CHOICE = {"widget": "choice", "label": "Que décrit une **ligne** ?", "options": OPTIONS}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a notebook with an exercise `unite`, whose right answer is `a`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CAMPUS_PRIVATE", raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    write_exercise(tmp_path, CHOICE)
    return tmp_path


def write_exercise(folder: Path, form: dict[str, Any] | None, kind: str = "choice", **options: Any) -> None:
    spec = {"kind": kind, "options": OPTIONS} | options
    sealed = SealedTable.seal({("", "a"): Outcome("right", 1.0, "C’est cela.")}, "T01:unite", 1)
    fields = {
        "title": "L’unité d’observation",
        "points": 2,
        "form": form,
        "hints": ["Relisez.", "Comptez les `codes`."],
        "answer": spec,
        "otherwise": "Regardez une ligne.",
        "questions": {"form": {"spec": spec, "sealed": sealed.to_json()}},
    }
    module = {"module": "T01-demo", "version": 3, "exercises": {"unite": fields}}
    (folder / ".exercises.json").write_text(json.dumps(module), encoding="utf-8")


class Page:
    """The page's side of a panel: sends messages and keeps the replies."""

    def __init__(self, panel: object, monkeypatch: pytest.MonkeyPatch) -> None:
        assert isinstance(panel, Panel)
        self.panel = panel
        self.replies: list[dict[str, Any]] = []
        monkeypatch.setattr(panel, "send", self.replies.append)

    def says(self, action: str, value: object = None) -> dict[str, Any]:
        self.panel._handle_custom_msg({"request": "r1", "action": action, "value": value}, [])
        return self.replies[-1]


def test_each_answer_is_saved_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reply = Page(exercise("unite"), monkeypatch).says("save", "b")
    saved = json.loads((folder / "reponses.json").read_text(encoding="utf-8"))
    assert saved["answers"]["unite"]["value"] == "b"
    assert (saved["module"], saved["version"]) == ("T01-demo", 3)
    assert reply["request"] == "r1"
    assert "saved_at" in reply


def test_the_verdict_comes_with_the_saved_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(exercise("unite"), monkeypatch)
    page.says("check", "b")
    assert "Pas encore" in page.panel.verdict
    page.says("save", "a")
    assert page.panel.outdated
    page.says("check", "a")
    assert "C’est cela." in page.panel.verdict
    assert not page.panel.outdated


def test_a_refused_entry_makes_the_verdict_an_old_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(exercise("unite"), monkeypatch)
    page.says("check", "a")
    assert "n’est pas enregistrée" in page.says("check", "z")["error"]
    assert page.panel.outdated
    page.says("check", "a")
    assert not page.panel.outdated


def test_a_check_of_nothing_says_what_to_do_and_gives_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(exercise("unite"), monkeypatch)
    page.says("check", None)
    assert "Répondez d’abord" in page.panel.verdict
    assert "cellule" not in page.panel.verdict
    assert "point" not in page.panel.verdict


def test_a_check_before_the_table_is_given_names_the_button_that_gives_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {
        "widget": "table",
        "label": "Le tableau",
        "explorer": {"start": "communes", "tables": {"communes": "communes-2026"}},
    }
    write_exercise(folder, form, kind="frame")
    page = Page(exercise("unite"), monkeypatch)
    page.says("check")
    assert "« Répondre avec ce tableau »" in page.panel.verdict


@pytest.mark.parametrize("kind", ["choice", "free"])
def test_no_verdict_outlives_the_answer_that_it_judged(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    if kind == "free":
        write_exercise(folder, {"widget": "text", "label": "Expliquez."}, kind="free", min_words=1)
    page = Page(exercise("unite"), monkeypatch)
    page.says("check", "a")
    assert page.panel.verdict
    AnswersFile(folder).set("unite", None, module="T01-demo", version=3)  # from another window
    page.says("hello")
    assert not page.panel.verdict


@pytest.fixture
def python_again(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None]:
    """Forget the panels, as a new Python does; the space keeps its journal."""
    space = tmp_path_factory.mktemp("espace")
    (space / ".campus").mkdir()
    monkeypatch.setenv("CAMPUS_WORK", str(space))
    return panel._panels.clear


def test_a_form_reopened_shows_the_verdict_of_its_answer(
    python_again: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page(exercise("unite"), monkeypatch)
    page.says("check", "b")
    python_again()
    again = exercise("unite")
    assert isinstance(again, Panel)
    assert again.verdict == page.panel.verdict
    assert not again.outdated


def test_a_form_reopened_judges_its_answer_once_and_leaves_no_trace(
    python_again: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page(exercise("unite"), monkeypatch)
    page.says("check", "b")
    tries = page.says("hello")["tries"]
    python_again()
    judged: list[object] = []
    monkeypatch.setattr(checks, "judge", lambda *given: judged.append(given[0]) or judge(*given))
    again = Page(exercise("unite"), monkeypatch)
    assert judged == ["b"]
    assert again.says("hello")["tries"] == tries == 1


@pytest.mark.usefixtures("python_again")
def test_an_incomplete_entry_says_what_to_complete(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    match = {"widget": "match", "label": "Associez.", "items": {"x": "X", "y": "Y"}, "options": OPTIONS}
    write_exercise(folder, match, kind="match", items=["x", "y"])
    page = Page(exercise("unite"), monkeypatch)
    page.says("check", {"x": "a"})
    assert "À compléter" in page.panel.verdict and "Il reste un élément à associer." in page.panel.verdict
    assert "illisible" not in page.panel.verdict
    assert "point" not in page.panel.verdict, "nothing is judged yet"
    assert "À compléter, par le formulaire</li>" in page.says("hello")["history"]
    assert page.says("check", {"x": "z"})["error"].startswith("À compléter. Choisissez une des propositions")


def test_a_form_reopened_judges_nothing_that_was_not_verified(
    python_again: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page(exercise("unite"), monkeypatch)
    page.says("check", "b")
    page.says("save", "a")
    python_again()
    again = exercise("unite")
    assert isinstance(again, Panel)
    assert (again.value, again.verdict) == ("a", "")


def test_running_the_cell_again_shows_the_same_panel_and_the_saved_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = exercise("unite")
    Page(first, monkeypatch).says("save", "b")
    AnswersFile(folder).set("unite", "a", module="T01-demo", version=3)
    again = exercise("unite")
    assert again is first
    assert isinstance(again, Panel)
    assert again.value == "a"


def test_an_erased_answer_leaves_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(exercise("unite"), monkeypatch)
    page.says("save", "b")
    page.says("save", None)
    assert AnswersFile(folder).get("unite") is None


def test_an_answer_that_the_form_cannot_hold_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page(exercise("unite"), monkeypatch)
    page.says("save", "b")
    reply = page.says("save", "z")
    assert "n’est pas enregistrée" in reply["error"]
    assert AnswersFile(folder).get("unite") == "b"


def test_a_full_disk_is_said_to_the_learner(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AnswersNotSaved("Votre réponse n’a pas pu être enregistrée (disque plein).")

    monkeypatch.setattr(AnswersFile, "set", refuse)
    reply = Page(exercise("unite"), monkeypatch).says("save", "b")
    assert reply["error"] == "Votre réponse n’a pas pu être enregistrée (disque plein)."


def test_an_unforeseen_error_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(exercise("unite"), monkeypatch)
    monkeypatch.setattr("autograder.forms.panel.judge_form", lambda *_: 1 / 0)
    assert "ZeroDivisionError" in page.says("check", "b")["error"]


def test_a_corrupt_answers_file_is_reported_then_set_aside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "reponses.json").write_text('{"answers": {"unite"', encoding="utf-8")
    page = Page(exercise("unite"), monkeypatch)
    assert "abîmé" in page.panel.notice
    page.says("save", "a")
    (aside,) = folder.glob("reponses-abimees-*.json")
    assert aside.name in page.panel.notice
    assert AnswersFile(folder).get("unite") == "a"
    page.says("save", "b")
    assert page.panel.notice == ""


def test_a_saved_answer_of_another_form_is_not_shown(folder: Path) -> None:
    AnswersFile(folder).set("unite", ["x", {"y": 1}], module="T01-demo", version=3)
    panel = exercise("unite")
    assert isinstance(panel, Panel)
    assert panel.value is None
    assert "Répondez à nouveau" in panel.notice


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Sans réponse"),
        ("Court", "1 mot sur 5"),
        ("Trop court", "2 mots sur 5"),
        ("a b c d e", "Aucun formateur n’est relié"),
    ],
)
def test_free_text_is_kept_for_an_instructor(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    write_exercise(folder, {"widget": "text", "label": "Expliquez."}, kind="free", min_words=5)
    page = Page(exercise("unite"), monkeypatch)
    page.says("check", text)
    assert said in page.panel.verdict


@pytest.mark.parametrize("alone", [True, False])
def test_whoever_learns_alone_compares_a_text_with_an_example_and_the_scheme(
    folder: Path, monkeypatch: pytest.MonkeyPatch, alone: bool
) -> None:
    monkeypatch.setattr(panel, "has_exchange", lambda: not alone)
    write_exercise(folder, {"widget": "text", "label": "Expliquez."}, kind="free", min_words=3)
    edited = json.loads((folder / ".exercises.json").read_text(encoding="utf-8"))
    edited["exercises"]["unite"] |= {
        "example": "Une ligne décrit une *commune*.",
        "scheme": "1. **Unité** : un point.",
    }
    (folder / ".exercises.json").write_text(json.dumps(edited), encoding="utf-8")
    page = Page(exercise("unite"), monkeypatch)
    page.says("check", "trop court")
    assert "<details>" not in page.panel.verdict, "one's own text comes first"
    page.says("check", "Une ligne, une commune.")
    assert ("décrit une <em>commune</em>" in page.panel.verdict) is alone
    assert ("<strong>Unité</strong>" in page.panel.verdict) is alone
    assert ("votre formateur lira" in page.panel.verdict) is not alone


def test_a_free_text_reopened_is_told_kept_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, python_again: Callable[[], None]
) -> None:
    write_exercise(folder, {"widget": "text", "label": "Expliquez."}, kind="free", min_words=3)
    Page(exercise("unite"), monkeypatch).says("check", "Une ligne, une commune.")
    python_again()
    monkeypatch.setattr(
        panel, "has_exchange", lambda: pytest.fail("nbgrader takes nearly a second to answer")
    )
    again = exercise("unite")
    assert isinstance(again, Panel) and "Enregistrée" in again.verdict


def test_authors_texts_reach_the_page_without_active_html(folder: Path) -> None:
    write_exercise(folder, CHOICE | {"label": "Une <img src=x onerror=alert(1)> **ligne**"})
    panel = exercise("unite")
    assert isinstance(panel, Panel)
    assert panel.form["label"] == "Une &lt;img src=x onerror=alert(1)&gt; <strong>ligne</strong>"


def test_an_unknown_exercise_is_a_notice() -> None:
    notice = exercise("mediane")
    assert isinstance(notice, Notice)
    assert "« mediane » n’existe pas" in notice._repr_html_()


def test_an_exercise_without_a_form_is_a_notice(folder: Path) -> None:
    write_exercise(folder, None)
    assert "se fait par le code" in repr(exercise("unite"))


@pytest.mark.parametrize("damage", [None, "{", '{"exercises": []}'])
def test_a_missing_or_damaged_module_is_a_notice(folder: Path, damage: str | None) -> None:
    (folder / ".exercises.json").unlink()
    if damage is not None:
        (folder / ".exercises.json").write_text(damage, encoding="utf-8")
    notice = exercise("unite")
    assert isinstance(notice, Notice)
    assert ".exercises.json" in notice.message


@pytest.mark.parametrize("variable", ["CAMPUS_PRIVATE", "NBGRADER_EXECUTION"])
def test_grading_shows_the_answer_without_a_widget(
    folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "x")
    AnswersFile(folder).set("unite", "b", module="T01-demo", version=3)
    shown = exercise("unite")
    assert isinstance(shown, StaticForm)
    assert "<li>un EPCI</li>" in shown._repr_html_()
    assert "script" not in shown._repr_html_()


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [
        (
            {"widget": "choices", "options": OPTIONS},
            ["a", "b"],
            "<ul><li>une commune</li><li>un EPCI</li></ul>",
        ),
        (
            {"widget": "order", "options": OPTIONS},
            ["b", "a"],
            "<ol><li>un EPCI</li><li>une commune</li></ol>",
        ),
        (
            {"widget": "match", "items": {"x": "La ligne"}, "options": OPTIONS},
            {"x": "a"},
            "<li>La ligne → une commune</li>",
        ),
        ({"widget": "number", "unit": "habitants"}, 1959.9, "1\u202f959,9 habitants"),
        ({"widget": "slider", "unit": "%", "min": 0, "max": 100}, 0, "0 %"),
        ({"widget": "text"}, "<b>Bonjour</b>", "&lt;b&gt;Bonjour&lt;/b&gt;"),
        ({"widget": "choice", "options": OPTIONS}, None, "aucune réponse enregistrée"),
        ({"widget": "choice", "options": OPTIONS}, {"z": [1]}, "ne correspond pas à ce formulaire"),
    ],
)
def test_static_answers_are_in_the_words_of_the_form(form: dict[str, Any], value: object, shown: str) -> None:
    assert shown in StaticForm("Titre", form | {"label": "Question"}, value)._repr_html_()


def test_what_is_built_and_not_answered_yet_stays_in_the_panel_and_is_no_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = [{"op": "head", "rows": 3}]
    shown = Page(exercise("unite"), monkeypatch)
    assert "error" not in shown.says("draft", steps)
    again = exercise("unite")  # the page is loaded again: its cell runs again
    assert isinstance(again, Panel)
    assert again.draft == steps
    assert not (folder / "reponses.json").exists()
