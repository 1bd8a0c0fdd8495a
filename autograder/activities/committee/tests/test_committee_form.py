"""The committee's panels: each choice is saved at once, a closed half-year opens the next and stays as it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.activities.committee.kind import Committee
from autograder.activities.committee.portfolios import sound
from autograder.checks.answers import AnswersFile
from autograder.checks.outcomes import Outcome, SealedTable
from autograder.forms import exercise
from autograder.forms.panel import _panels
from autograder.forms.played import PlayedPanel
from autograder.forms.static import StaticForm
from autograder.french.marks import spaced

SEED = 2026


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a notebook with the three sittings of a game."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CAMPUS_PRIVATE", raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    data = {"module": "T01-demo", "version": 1, "exercises": {f"s{n}": _exercise(n) for n in (1, 2, 3)}}
    (tmp_path / ".exercises.json").write_text(json.dumps(data), encoding="utf-8")
    return tmp_path


def _exercise(number: int) -> dict[str, Any]:
    form = {"widget": "committee", "label": "Comité", "seed": SEED, "round": number}
    form |= {"after": f"s{number - 1}"} if number > 1 else {}
    form |= {"whole": True} if number == 3 else {}
    spec = {"kind": "committee", **form}
    outcomes = {(f, c): Outcome("right", share, "Oui.") for f, c, share in Committee().shares(None, spec)}
    return {
        "title": f"Semestre {number}",
        "points": 5,
        "form": form,
        "hints": [],
        "answer": spec,
        "otherwise": "Relisez la règle.",
        "questions": {
            "form": {"spec": spec, "sealed": SealedTable.seal(outcomes, f"s{number}", 13).to_json()}
        },
    }


class Page:
    """The page's side of a panel."""

    def __init__(self, name: str) -> None:
        self.panel = exercise(name)
        assert isinstance(self.panel, PlayedPanel)
        self.replies: list[dict[str, Any]] = []
        self.panel.send = self.replies.append  # type: ignore[method-assign, assignment]

    def says(self, action: str, **value: Any) -> dict[str, Any]:
        message = {
            "request": "r1",
            "action": action,
            "value": {"members": [], "decisions": {}, "votes": {}, **value},
        }
        self.panel._handle_custom_msg(message, [])
        return self.replies[-1]

    def plays(self, number: int) -> dict[str, Any]:
        """Decide as a sound committee does, and close the sitting."""
        decisions = sound("exigeante", number, SEED)["half_years"][number - 1]["decisions"]
        return self.says("check", decisions=decisions, then="close")


def saved(folder: Path, name: str) -> Any:
    return AnswersFile(folder).get(name)


def test_each_choice_is_saved_at_once_and_found_again(folder: Path) -> None:
    Page("s1").says("save", decisions={"A": {"choice": "six", "ground": "impact"}})
    assert saved(folder, "s1")["half_years"][0]["decisions"] == {"A": {"choice": "six", "ground": "impact"}}
    _panels.clear()  # the notebook is reopened, with a new kernel
    again = Page("s1").panel
    assert again.value["decisions"] == {"A": {"choice": "six", "ground": "impact"}}
    assert again.ledger["money"] == (
        "Enveloppe\u00a0: 650\u00a0k€. Engagé\u00a0: 180\u00a0k€. Reste\u00a0: 470\u00a0k€."
    )
    assert again.ledger["todo"] == spaced("Dossiers à décider : B, C, D, E, F.")
    assert not again.ledger["ready"]


def test_a_sitting_closes_when_all_is_decided_within_the_envelope(folder: Path) -> None:
    page = Page("s1")
    refused = page.says("check", decisions={"A": {"choice": "six"}}, then="close")["error"]
    assert spaced("Dossiers à décider : B, C") in refused
    assert spaced("Raison à donner (« Ce qui décide ») : A.") in refused
    too_much = {key: {"choice": "six", "ground": "impact"} for key in "ABCDEF"}
    reply = page.says("check", decisions=too_much, then="close")
    assert "Enveloppe dépassée de" in reply["error"]
    assert not page.panel.board["closed"]
    assert "error" not in page.plays(1)
    assert page.panel.board["closed"] and 'data-state="right"' in page.panel.verdict
    assert "vos décisions lues avec la règle publiée" in page.panel.ledger["report"]


def test_checking_before_the_end_gives_no_verdict() -> None:
    page = Page("s1")
    page.says("check", decisions=sound("exigeante", 1, SEED)["half_years"][0]["decisions"])
    assert page.panel.verdict == ""


def test_a_closed_sitting_opens_the_next_and_cannot_be_changed(folder: Path) -> None:
    first, second = Page("s1"), Page("s2")
    assert second.panel.board["waiting"].startswith("Ce comité s’ouvrira")
    second.says("save", decisions={"A": {"choice": "six"}})
    assert saved(folder, "s2") is None
    first.plays(1)
    assert second.panel.board["waiting"] == "" and second.panel.ledger["money"].startswith(
        "Enveloppe\u00a0: 902\u00a0k€"
    )
    before = saved(folder, "s1")
    first.says("save", decisions={"A": {"choice": "arret"}})
    assert saved(folder, "s1") == before


def test_a_whole_game_ends_with_what_it_reveals(folder: Path) -> None:
    pages = [Page(name) for name in ("s1", "s2", "s3")]
    for number, page in enumerate(pages, start=1):
        page.plays(number)
        assert 'data-state="right"' in page.panel.verdict
    assert "Ce que vos décisions révèlent" in pages[2].panel.ledger["report"]
    assert "révèlent" not in pages[1].panel.ledger["report"]
    assert len(saved(folder, "s3")["half_years"]) == 3


def test_beginning_again_keeps_a_copy(folder: Path) -> None:
    first, second = Page("s1"), Page("s2")
    first.plays(1)
    second.says("save", decisions={"A": {"choice": "six"}})
    kept = {name: saved(folder, name) for name in ("s1", "s2")}
    second.says("save", then="restart")
    (copy,) = folder.glob("partie-*.json")
    assert json.loads(copy.read_text(encoding="utf-8")) == kept
    assert saved(folder, "s1") is None and saved(folder, "s2") is None
    assert not first.panel.board["closed"] and first.panel.verdict == ""
    assert second.panel.board["waiting"]


def test_nothing_is_erased_when_the_copy_cannot_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page("s1")
    page.plays(1)
    before = saved(folder, "s1")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("autograder.files.write", refuse)
    assert "rien n’a été effacé" in page.says("save", then="restart")["error"]
    assert saved(folder, "s1") == before


def test_members_and_votes_follow_the_game_and_bring_no_points(folder: Path) -> None:
    first, second = Page("s1"), Page("s2")
    decisions = sound("exigeante", 1, SEED)["half_years"][0]["decisions"]
    votes = {
        "A": [
            {"member": 0, "choice": "arret", "ground": "visites"},
            {"member": 1, "choice": "six", "ground": "impact"},
        ]
    }
    first.says("check", members=["Léa", ""], votes=votes, decisions=decisions, then="close")
    assert 'data-state="right"' in first.panel.verdict
    assert "les votes avant la discussion" in first.panel.ledger["report"]
    assert second.panel.value["members"] == ["Léa", ""] and second.panel.value["votes"] == {}


def test_a_game_of_another_seed_is_told_and_left_alone(folder: Path) -> None:
    AnswersFile(folder).set("s1", sound("exigeante", 1, 7), module="T01-demo", version=1)
    page = Page("s1")
    assert "n’est pas celle de ce module" in page.panel.notice
    assert saved(folder, "s1")["seed"] == 7


def test_while_grading_the_decisions_are_plain_html(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Page("s1").plays(1)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    shown = exercise("s1")
    assert isinstance(shown, StaticForm)
    assert "Dossier B\u00a0: arrêt" in shown._repr_html_() and "<script" not in shown._repr_html_()
