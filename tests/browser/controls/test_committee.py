"""A sitting of the committee: decided, voted and closed by keyboard; beginning again is asked for twice."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from autograder.activities.committee import report
from autograder.activities.committee.game import Game, HalfYear
from tests.browser.controls.conftest import SAVED, Drawn

BOARD = report.board(Game(7, (HalfYear(),)), 1)
LEDGER = {
    "money": "Engagé : 0 k€.",
    "over": False,
    "todo": "Raison à donner : A.",
    "ready": False,
    "report": "",
    "votes": {},
}
READY = {**LEDGER, "todo": "Tout est décidé.", "ready": True}


@pytest.fixture
def sitting(drawn: Drawn, panel_traits: Callable[..., dict[str, Any]]) -> Drawn:
    drawn.draw("committee", panel_traits("unite", board=BOARD, ledger=LEDGER))
    return drawn


def opener(drawn: Drawn, key: str) -> Locator:
    return drawn.form.get_by_role("button", name=f"{key} – ")


def decision(drawn: Drawn, key: str) -> Locator:
    """Return the decision on a dossier, once it is open."""
    opener(drawn, key).click()
    return drawn.form.get_by_role("group", name=f"Décision sur le dossier {key}")


def line(drawn: Drawn, key: str) -> Locator:
    return drawn.form.locator(".compared tbody tr", has_text=f"{key} – ")


def test_a_decision_is_taken_by_keyboard_and_asks_for_its_proof(sitting: Drawn) -> None:
    first = decision(sitting, "A")
    expect(first.get_by_label("Preuve demandée")).to_be_hidden()
    first.get_by_role("radio").first.focus()
    sitting.press("Space", "ArrowDown", "Tab", "ArrowDown", "Tab", "ArrowDown", "Tab", "x")
    sitting.wait(1)
    assert sitting.sent[-1]["value"] == {
        "members": [],
        "decisions": {
            "A": {
                "choice": BOARD["dossiers"][0]["choices"][1][0],
                "proof": BOARD["proofs"][0][0],
                "ground": BOARD["grounds"][0][0],
                "note": "x",
            }
        },
        "votes": {},
        "then": "",
    }


WIDTHS = "node => [node.scrollWidth, node.clientWidth]"


@pytest.mark.parametrize(("width", "scrolls"), [(1366, False), (640, False), (320, True)])
def test_the_dossiers_fit_zoomed_and_scroll_in_their_own_box_where_they_cannot(
    sitting: Drawn, width: int, scrolls: bool
) -> None:
    """640: what the course view leaves to a form in a window of 683, that is 1366 zoomed at 200 %."""
    sitting.page.set_viewport_size({"width": width, "height": 384})
    whole, box = sitting.form.locator(".compared").evaluate(WIDTHS)
    assert (whole > box) == scrolls
    for place in ("html", ".campus-form"):
        whole, box = sitting.page.locator(place).evaluate(WIDTHS)
        assert whole <= box


def close(drawn: Drawn) -> None:
    drawn.form.get_by_role("button", name="Clôturer le semestre 1").click()
    drawn.form.get_by_role("button", name="Oui, clôturer le semestre 1").click()


def test_closing_names_what_lacks_and_sends_nothing(sitting: Drawn) -> None:
    sitting.form.get_by_role("button", name="Clôturer le semestre 1").click()
    expect(sitting.form.locator(".lacking")).to_have_text("Avant de clôturer. Raison à donner : A.")
    expect(sitting.form.get_by_role("button", name="Oui, clôturer")).to_have_count(0)
    assert [sent for sent in sitting.sent if (sent.get("value") or {}).get("then") == "close"] == []


def test_closing_waits_for_what_the_kernel_says_of_the_last_decision(
    drawn: Drawn, panel_traits: Callable[..., dict[str, Any]]
) -> None:
    drawn.draw("committee", panel_traits("unite", board=BOARD, ledger=LEDGER), reply=None)
    closing = drawn.form.get_by_role("button", name="Clôturer le semestre 1")
    closing.click()
    closing.press("Enter")
    expect(drawn.form.locator(".closing .lacking")).to_have_text("")
    drawn.set(ledger=READY)
    drawn.receive(action="hello", **SAVED)
    expect(drawn.form.get_by_role("button", name="Oui, clôturer le semestre 1")).to_be_visible()
    assert (drawn.sent[-1]["action"], len(drawn.sent)) == ("hello", 1), "asked twice, it is not confirmed"


def test_a_double_click_closes_nothing(sitting: Drawn) -> None:
    sitting.set(ledger=READY)
    sitting.form.get_by_role("button", name="Clôturer le semestre 1").dblclick()
    expect(sitting.form.get_by_role("button", name="Oui, clôturer le semestre 1")).to_be_visible()
    assert [sent for sent in sitting.sent if (sent.get("value") or {}).get("then") == "close"] == []


def test_the_table_scrolls_in_its_own_box(sitting: Drawn) -> None:
    """JupyterLab's boxes around a form grow with what it holds, as those of a grid do: the table would widen the page."""
    sitting.form.evaluate(
        "form => { Object.assign(form.parentNode.style, {display: 'grid', width: '500px'}); }"
    )
    assert sitting.form.evaluate("form => form.getBoundingClientRect().width") <= 500
    assert sitting.form.locator(".compared").evaluate("node => node.scrollWidth > node.clientWidth")


def test_one_dossier_at_a_time_is_open_and_the_keyboard_goes_from_one_to_the_next(sitting: Drawn) -> None:
    expect(sitting.form.locator("section")).to_have_count(6)
    expect(sitting.form.locator("section:visible")).to_have_count(0)
    opener(sitting, "A").focus()
    sitting.press("Tab", "Enter")
    heading = sitting.form.get_by_role("heading", name="Dossier B – ")
    expect(heading).to_be_focused()
    expect(opener(sitting, "B")).to_have_attribute("aria-current", "true")
    sitting.form.get_by_role("button", name="Dossier suivant à décider").press("Enter")
    expect(sitting.form.get_by_role("heading", name="Dossier C – ")).to_be_focused()
    expect(sitting.form.locator("section:visible")).to_have_count(1)
    sitting.form.get_by_role("button", name="Retour au tableau").press("Enter")
    expect(opener(sitting, "C")).to_be_focused()


def test_the_table_tells_what_is_decided_and_what_a_decision_lacks(sitting: Drawn) -> None:
    first = decision(sitting, "A")
    expect(line(sitting, "A").locator(".said")).to_have_text("à décider")
    first.get_by_role("radio").nth(1).check()
    expect(line(sitting, "A").locator(".said")).to_have_text("2 mois, à compléter")
    first.get_by_label("Preuve demandée").select_option(index=1)
    first.get_by_label("Ce qui décide").select_option(index=1)
    expect(line(sitting, "A").locator(".said")).to_have_text("2 mois")


def test_after_the_last_dossier_comes_closing(
    drawn: Drawn, panel_traits: Callable[..., dict[str, Any]]
) -> None:
    decided = {key: {"choice": "six", "ground": "impact"} for key in "ABCDEF"}
    drawn.draw(
        "committee",
        panel_traits("unite", board=BOARD, ledger=READY, value={"decisions": decided, "votes": {}}),
    )
    opener(drawn, "F").click()
    drawn.form.get_by_role("button", name="Dossier suivant à décider").click()
    expect(drawn.form.get_by_role("button", name="Clôturer le semestre 1")).to_be_focused()


@pytest.mark.parametrize("key", "ABCDEF")
def test_evidence_and_decision_are_in_sight_together(sitting: Drawn, key: str) -> None:
    """The course view has cells of 62 rem, and some 600 pixels between its bars on a screen of 1366 × 768."""
    sitting.page.set_viewport_size({"width": 1000, "height": 640})
    height = sitting.form.evaluate("form => form.offsetHeight")
    assert height <= 1300
    decided = decision(sitting, key)
    decided.get_by_role("radio").nth(1).check()  # with its proof to choose
    section = sitting.form.locator("section:visible")
    for part in (
        sitting.form.locator(".purse"),
        section.get_by_role("table", name=f"Les preuves du dossier {key}"),
        decided,
    ):
        expect(part).to_be_in_viewport(ratio=1)


def test_no_cell_is_left_without_a_word(sitting: Drawn) -> None:
    for key in "ABCDEF":
        opener(sitting, key).click()
    cells = sitting.form.locator("th, td")
    assert cells.count() > 6 * 40
    assert [text for text in cells.all_text_contents() if len(text.strip()) < 2] == []


def test_closing_asks_again_and_says_that_it_is_for_good(sitting: Drawn) -> None:
    sitting.set(ledger=READY)
    sitting.form.get_by_role("button", name="Clôturer le semestre 1").click()
    expect(sitting.form.locator(".lacking")).to_contain_text("ne se modifie plus")
    sitting.form.get_by_role("button", name="Oui, clôturer le semestre 1").click()
    assert (sitting.sent[-1]["action"], sitting.sent[-1]["value"]["then"]) == ("check", "close")
    decision(sitting, "A").get_by_role("radio").first.check()
    assert sitting.sent[-1]["value"]["then"] == ""


def test_a_decision_changed_meanwhile_has_closing_asked_anew(sitting: Drawn) -> None:
    sitting.set(ledger=READY)
    sitting.form.get_by_role("button", name="Clôturer le semestre 1").click()
    sitting.set(ledger={**READY, "money": "Engagé : 180 k€."})
    expect(sitting.form.get_by_role("button", name="Oui, clôturer")).to_have_count(0)


def test_the_six_dossiers_are_compared_side_by_side(sitting: Drawn) -> None:
    table = sitting.form.get_by_role("table", name="Les dossiers, tous fictifs")
    expect(table.get_by_role("columnheader", name="Budget par mois")).to_be_visible()
    expect(table.get_by_role("rowheader")).to_have_count(6)


def test_the_envelope_stays_in_sight(sitting: Drawn) -> None:
    decision(sitting, "F").get_by_role("radio").last.scroll_into_view_if_needed()
    expect(sitting.form.locator(".purse")).to_be_in_viewport(ratio=1)


def test_a_closed_sitting_shows_its_report_and_takes_the_focus(sitting: Drawn) -> None:
    sitting.form.get_by_role("button", name="Clôturer le semestre 1").focus()
    sitting.set(board={**BOARD, "closed": True}, ledger={**LEDGER, "report": "<p>Bilan du semestre.</p>"})
    expect(sitting.form.locator(".closed")).to_be_focused()
    expect(sitting.form).to_contain_text("Bilan du semestre.")
    expect(sitting.form.get_by_role("button", name="Revoir le verdict")).to_be_visible()
    assert sitting.form.locator("section:visible").count() == 0
    opener(sitting, "A").click()
    expect(sitting.form.get_by_role("table", name="Les preuves du dossier A")).to_be_visible()
    expect(sitting.form.get_by_role("radio")).to_have_count(0)
    sitting.check_accessibility()


def test_a_stopped_dossier_is_told_in_one_line(sitting: Drawn) -> None:
    stopped = {"key": "A", "name": "Dossier d’un coup", "stopped": "Financement arrêté au semestre 1."}
    sitting.set(board={**BOARD, "dossiers": [stopped, *BOARD["dossiers"][1:]]})
    expect(line(sitting, "A")).to_contain_text("Financement arrêté au semestre 1.")
    expect(opener(sitting, "A")).to_have_count(0)
    expect(sitting.form.locator("section")).to_have_count(5)


def test_members_vote_before_the_discussion(sitting: Drawn) -> None:
    sitting.form.get_by_text("Jouer à plusieurs").click()
    sitting.form.get_by_label("Je joue").select_option("à 2")
    sitting.form.get_by_label("Membre 1").fill("Ada")
    opener(sitting, "A").click()
    sitting.form.get_by_text("Voter sur le dossier A").click()
    ballot = sitting.form.locator(".ballot").first
    ballot.get_by_role("button", name="Enregistrer ce vote").click()
    expect(ballot).to_contain_text("Choisissez qui vote, et son vote.")
    ballot.get_by_label("Qui vote").select_option("Ada")
    ballot.get_by_label("Son vote").select_option(index=1)
    ballot.get_by_role("button", name="Enregistrer ce vote").click()
    expect(ballot).to_contain_text("Vote enregistré : Ada.")
    expect(ballot.get_by_label("Qui vote")).to_be_focused()
    value = sitting.sent[-1]["value"]
    assert value["members"] == ["Ada", ""]
    assert value["votes"] == {
        "A": [{"member": 0, "choice": BOARD["dossiers"][0]["choices"][0][0], "ground": ""}]
    }


def test_beginning_again_is_asked_for_twice(sitting: Drawn) -> None:
    sitting.form.get_by_role("button", name="Recommencer la partie").click()
    expect(sitting.form).to_contain_text("Tous les semestres seront à rejouer.")
    sitting.form.get_by_role("button", name="Oui, recommencer au semestre 1").click()
    assert sitting.sent[-1]["value"]["then"] == "restart"


def test_a_saved_sitting_is_shown_and_read_again(
    drawn: Drawn, panel_traits: Callable[..., dict[str, Any]]
) -> None:
    kept = {
        "members": ["Ada", "Bob"],
        "decisions": {
            "B": {"choice": BOARD["short"][0], "proof": BOARD["proofs"][1][0], "ground": "", "note": "Vu."}
        },
        "votes": {},
    }
    drawn.draw("committee", panel_traits("unite", board=BOARD, ledger=READY, value=kept))
    expect(drawn.form.get_by_label("Membre 2")).to_have_value("Bob")
    close(drawn)
    assert drawn.sent[-1]["value"] == {**kept, "then": "close"}


def test_a_sitting_that_waits_for_the_one_before_says_so(
    drawn: Drawn, panel_traits: Callable[..., dict[str, Any]]
) -> None:
    drawn.draw("committee", panel_traits("unite", board=report.waiting(2), ledger={}))
    expect(drawn.form.locator(".waiting")).to_contain_text("Ce comité s’ouvrira")


def test_an_open_sitting_is_accessible(sitting: Drawn) -> None:
    sitting.form.get_by_text("Jouer à plusieurs").click()
    sitting.form.get_by_label("Je joue").select_option("à 3")
    decision(sitting, "A").get_by_role("radio").nth(1).check()
    sitting.check_accessibility()
