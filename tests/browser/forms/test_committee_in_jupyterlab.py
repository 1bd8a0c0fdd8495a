"""Module D01 as a committee plays it: by forms alone, in JupyterLab, by keyboard, on a small screen, in a group."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from autograder.activities.committee.portfolios import sound
from tests.browser.accessible import check_accessibility
from tests.browser.tab import Opened, Tab

NAME = "D01-sieger-au-comite"
SITTINGS = ("semestre-1", "semestre-2", "portefeuille")


class Table(Opened):
    """The module, open in JupyterLab, all its cells run."""

    def run(self) -> None:
        self.tab.run_all()
        expect(self.page.locator("form:has(.committee)")).to_have_count(3, timeout=60_000)

    def sitting(self, number: int) -> Locator:
        return self.page.locator("form:has(.committee)").nth(number - 1)

    def dossier(self, number: int, key: str) -> Locator:
        """Open a dossier, and return it."""
        card = self.sitting(number).locator("section", has_text=f"Dossier {key} –")
        for _ in range(50):
            if card.is_visible():
                break
            self.sitting(number).get_by_role("button", name=f"{key} – ").click()
            self.page.wait_for_timeout(200)  # the course runs the cell too, and draws the form again
        return card

    def decide(self, number: int, key: str, decision: dict[str, str]) -> None:
        card = self.dossier(number, key)
        card.locator(f"input[value={decision['choice']}]").check()
        if "proof" in decision:
            card.get_by_label("Preuve demandée").select_option(decision["proof"])
        card.get_by_label("Ce qui décide").select_option(decision["ground"])

    def play(self, number: int, decisions: dict[str, dict[str, str]]) -> None:
        for key, decision in decisions.items():
            self.decide(number, key, decision)
        expect(self.sitting(number).locator(".todo")).to_have_text(
            "Tous les dossiers sont décidés, avec leurs raisons."
        )
        self.sitting(number).get_by_role("button", name=f"Clôturer le semestre {number}").click()
        self.sitting(number).get_by_role("button", name=f"Oui, clôturer le semestre {number}").click()
        expect(self.sitting(number).locator(".campus-verdict")).to_be_visible()

    def answer(self, exercise: str) -> Any:
        data = json.loads((self.folder / "reponses.json").read_text(encoding="utf-8"))
        return data["answers"].get(exercise, {}).get("value")


@pytest.fixture(scope="module")
def module(released_module: Callable[[str], Path]) -> Path:
    return released_module(NAME)


@pytest.fixture
def table(
    tab: Tab, server: tuple[str, Path], module: Path, request: pytest.FixtureRequest
) -> Iterator[Table]:
    url, root = server
    folder = root / request.node.name
    shutil.copytree(module, folder)
    opened = Table(tab, url, folder, NAME)
    opened.show()
    opened.run()
    yield opened
    tab.leave()


def test_a_sound_game_earns_every_point_and_ends_with_its_debrief(table: Table) -> None:
    game = sound("exigeante", 3)
    for number, half_year in enumerate(game["half_years"], start=1):
        table.play(number, half_year["decisions"])
        expect(table.sitting(number).locator(".campus-verdict")).to_contain_text("Juste")
        expect(table.sitting(number).locator(".closed")).to_be_focused()
    expect(table.sitting(3).locator(".report")).to_contain_text("aucun des biais")
    assert table.answer("portefeuille")["half_years"] == game["half_years"]
    assert table.tab.record.errors == [] and table.tab.record.outside == []


def test_a_dossier_is_decided_by_keyboard_alone_and_enter_does_not_close_the_sitting(table: Table) -> None:
    card = table.dossier(1, "A")
    card.locator("input[value=six]").focus()
    expect(table.sitting(1).locator(".purse")).to_be_in_viewport(
        ratio=1
    )  # far below the envelope's own place
    for key in ("ArrowDown", "Tab", "ArrowDown", "Tab", "ArrowDown", "ArrowDown", "Tab"):
        table.page.keyboard.press(key)
    table.page.keyboard.type("À revoir en mars")
    table.page.keyboard.press("Enter")
    expect(table.sitting(1).locator(".saved")).to_contain_text("Enregistré")
    expect(table.sitting(1).locator(".todo")).to_have_text("Dossiers à décider : B, C, D, E, F.")
    (half_year,) = table.answer("semestre-1")["half_years"]
    assert half_year["closed"] is False
    assert half_year["decisions"]["A"] == {
        "choice": "deux",
        "proof": "utilite",
        "ground": "impact",
        "note": "À revoir en mars",
    }


def test_a_reload_finds_the_game_where_it_was(table: Table) -> None:
    table.play(1, sound("exigeante", 1)["half_years"][0]["decisions"])
    table.decide(2, "A", {"choice": "six", "ground": "impact"})
    expect(table.sitting(2).locator(".saved")).to_contain_text("Enregistré")
    table.tab.command("docmanager:save")
    table.load()
    table.run()
    expect(table.sitting(1)).to_contain_text("Semestre 1 clôturé.")
    expect(table.dossier(2, "A").locator("input[value=six]")).to_be_checked()


def test_a_group_votes_before_it_decides(table: Table) -> None:
    group = table.sitting(1).locator("details.group")
    group.locator("summary").click()
    group.get_by_label("Je joue").select_option("2")
    group.get_by_label("Membre 2").fill("Léa")
    card = table.dossier(1, "B")
    card.locator("details.ballot summary").click()
    for member, choice, ground in (("0", "six", "depense"), ("1", "arret", "utilite")):
        expect(card.locator(".votes li")).to_have_count(0)
        card.get_by_label("Qui vote").select_option(member)
        card.get_by_label("Son vote").select_option(choice)
        card.get_by_label("Sa raison").select_option(ground)
        card.get_by_role("button", name="Enregistrer ce vote").click()
    expect(card.locator(".votes li")).to_have_count(2)
    expect(card.locator(".votes")).to_contain_text("Léa : arrêt")
    table.play(1, sound("exigeante", 1)["half_years"][0]["decisions"])
    expect(table.sitting(1).locator(".report")).to_contain_text("les votes avant la discussion")
    expect(table.sitting(2).locator("details.group")).to_have_attribute("open", "")


def test_beginning_again_asks_first(table: Table) -> None:
    table.play(1, sound("exigeante", 1)["half_years"][0]["decisions"])
    table.sitting(1).get_by_role("button", name="Recommencer la partie").click()
    assert table.answer("semestre-1") is not None
    table.sitting(1).get_by_role("button", name="Oui, recommencer au semestre 1").click()
    expect(table.sitting(1).get_by_role("button", name="Clôturer le semestre 1")).to_be_visible()
    expect(table.sitting(2)).to_contain_text("Ce comité s’ouvrira")
    assert len(list(table.folder.glob("partie-*.json"))) == 1


def test_the_committee_is_accessible_open_and_closed(table: Table) -> None:
    table.sitting(1).locator("details.group summary").click()
    table.sitting(1).get_by_label("Je joue").select_option("2")
    table.dossier(1, "A").locator("details.ballot summary").click()
    check_accessibility(table.page, "form.campus-form")
    table.play(1, sound("exigeante", 1)["half_years"][0]["decisions"])
    check_accessibility(table.page, "form.campus-form")


@pytest.mark.parametrize("width", [640, 320])
def test_the_committee_fits_a_page_at_200_and_400_percent(table: Table, width: int) -> None:
    table.page.set_viewport_size({"width": width, "height": 700})
    form = table.sitting(1)
    expect(form).to_be_visible()
    assert form.evaluate("form => form.scrollWidth <= form.clientWidth")
