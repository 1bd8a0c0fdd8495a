"""The inbox's panel: a draw of one's own, saved with the first message sorted, found again, and one more on request."""

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.activities.inbox.kind import Inbox
from autograder.activities.inbox.tries import perfect
from autograder.checks.answers import AnswersFile
from autograder.checks.outcomes import Outcome, SealedTable
from autograder.forms import exercise
from autograder.forms.panel import _panels
from autograder.forms.played import PlayedPanel
from autograder.forms.static import StaticForm


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a notebook with an inbox."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CAMPUS_PRIVATE", raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    spec = {"kind": "inbox"}
    outcomes = {
        (facet, sort): Outcome("right", share, "Oui.") for facet, sort, share in Inbox().shares(None, spec)
    }
    one = {
        "title": "Votre boîte",
        "points": 6,
        "form": {"widget": "inbox", "label": "Triez."},
        "hints": [],
        "answer": spec,
        "otherwise": "Regardez encore.",
        "questions": {"form": {"spec": spec, "sealed": SealedTable.seal(outcomes, "tri", 12).to_json()}},
    }
    data = {"module": "T01-demo", "version": 1, "exercises": {"tri": one}}
    (tmp_path / ".exercises.json").write_text(json.dumps(data), encoding="utf-8")
    return tmp_path


class Page:
    """The page's side of the panel."""

    def __init__(self) -> None:
        self.panel = exercise("tri")
        assert isinstance(self.panel, PlayedPanel)
        self.replies: list[dict[str, Any]] = []
        self.panel.send = self.replies.append  # type: ignore[method-assign, assignment]

    @property
    def seed(self) -> int:
        return int(self.panel.board["seed"])

    def says(self, action: str, value: Any) -> dict[str, Any]:
        self.panel._handle_custom_msg({"request": "r1", "action": action, "value": value}, [])
        return self.replies[-1]


def saved(folder: Path) -> Any:
    return AnswersFile(folder).get("tri")


def reopen() -> Page:
    _panels.clear()  # a new kernel
    return Page()


def test_opening_the_form_is_not_an_answer(folder: Path) -> None:
    page = Page()
    assert len(page.panel.board["messages"]) == 12 and page.panel.value is None
    assert saved(folder) is None


def test_the_draw_is_saved_with_the_first_message_sorted_and_found_again(folder: Path) -> None:
    page = Page()
    first = page.panel.board["messages"][0]["id"]
    reply = page.says("save", {"seed": page.seed, "sorts": {first: "traiter"}})
    assert "error" not in reply
    assert saved(folder) == {"seed": page.seed, "sorts": {first: "traiter"}}
    again = reopen()
    assert again.seed == page.seed and again.panel.value["sorts"] == {first: "traiter"}
    assert again.panel.board == page.panel.board


def test_running_the_cell_again_keeps_the_draw() -> None:
    assert Page().seed == Page().seed


def test_two_learners_get_two_draws() -> None:
    assert len({reopen().seed for _ in range(5)}) == 5


def test_a_perfect_sort_is_right_and_shows_its_matrix() -> None:
    page = Page()
    page.says("check", perfect(page.seed))
    assert 'data-state="right"' in page.panel.verdict and "Votre tri en tableau" in page.panel.verdict


def test_an_unfinished_sort_is_to_complete_and_has_no_matrix_yet() -> None:
    page = Page()
    first = page.panel.board["messages"][0]["id"]
    page.says("check", {"seed": page.seed, "sorts": {first: "indesirable"}})
    assert "À compléter" in page.panel.verdict and "Encore 11 messages à trier." in page.panel.verdict
    assert "point" not in page.panel.verdict and "tableau" not in page.panel.verdict


def test_erasing_leaves_the_same_messages_to_sort(folder: Path) -> None:
    page = Page()
    page.says("check", perfect(page.seed))
    board = page.panel.board
    page.says("save", {"seed": page.seed, "sorts": {}})
    assert saved(folder) is None and page.panel.board == board


def test_another_inbox_leaves_the_saved_sort_until_it_is_begun(folder: Path) -> None:
    page = Page()
    page.says("check", perfect(page.seed))
    before = saved(folder)
    page.says("save", {"then": "redraw"})
    assert page.seed != before["seed"] and page.panel.verdict == "" and page.panel.value is None
    assert saved(folder) == before
    first = page.panel.board["messages"][0]["id"]
    page.says("save", {"seed": page.seed, "sorts": {first: "signaler"}})
    assert saved(folder)["seed"] == page.seed != before["seed"]


@pytest.mark.parametrize(
    "kept", [{"seed": -1, "sorts": {}}, {"seed": 3, "sorts": {"m99": "traiter"}}, "x", 4]
)
def test_a_damaged_sort_is_told_and_another_inbox_is_offered(folder: Path, kept: Any) -> None:
    AnswersFile(folder).set("tri", kept, module="T01-demo", version=1)
    page = Page()
    assert "ne correspond pas" in page.panel.notice and len(page.panel.board["messages"]) == 12
    assert saved(folder) == kept


def test_what_the_page_may_not_say_is_refused(folder: Path) -> None:
    page = Page()
    reply = page.says("save", {"seed": page.seed, "sorts": {"m99": "traiter"}})
    assert "n’est pas enregistrée" in reply["error"] and saved(folder) is None


def test_while_grading_the_sort_is_plain_html(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page()
    page.says("check", perfect(page.seed))
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    shown = exercise("tri")
    assert isinstance(shown, StaticForm)
    assert "Tirage nº" in shown._repr_html_() and "<script" not in shown._repr_html_()
