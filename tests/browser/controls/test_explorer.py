"""The explorer as a sheet: its headers sort and filter, its foot calculates; alone, and in the form of a number."""

from collections.abc import Callable
from typing import Any

import pandas
import pytest
from playwright.sync_api import Locator, expect

from autograder.activities.explorer.view import asked, describe
from tests.browser.controls.conftest import SAVED, Drawn

TABLES = {
    "communes": pandas.DataFrame(
        {
            "nom": ["Ambert", "Thiers", None, "Thiers"],
            "population": [6700, 11600, 700, 100],
            "maj": ["2021-12-31", "2022-01-01", "2023-05-02", "2020-01-01"],
        }
    ),
    "epci": pandas.DataFrame({"nom": ["Ambert"], "siege": ["Ambert"]}),
}
TITLES = {"communes": {"nom": "Nom de la commune", "population": "Population municipale"}}
FORM = {"form": {"widget": "explore", "explorer": describe(TABLES, "communes")}}
REPLIES = asked(lambda form: (TABLES, "communes", TITLES))
SUM = {"op": "summary", "by": "sum", "of": "population"}
THIERS = {"op": "filter", "column": "nom", "test": "eq", "value": "Thiers"}


@pytest.fixture
def explorer(drawn: Drawn) -> Drawn:
    """An explorer of four communes, its table shown."""
    drawn.draw("explorer", FORM, reply=None)
    explored(drawn)
    return drawn


def explored(drawn: Drawn) -> None:
    """Have the kernel answer what was asked last."""
    action = drawn.sent[-1]["action"]
    drawn.receive(action=action, **{action: REPLIES[action](None, drawn.sent[-1])})


def open_column(drawn: Drawn, name: str) -> Locator:
    """Open a header by keyboard; its values come."""
    drawn.form.get_by_role("columnheader").get_by_role("button", name=name).press("Enter")
    explored(drawn)
    return drawn.form.get_by_role("dialog", name=name)


def steps_sent(drawn: Drawn) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = drawn.sent[-1]["steps"]
    return steps


def test_columns_have_their_french_names_and_their_own(explorer: Drawn) -> None:
    header = explorer.form.get_by_role("columnheader").first
    expect(header).to_have_accessible_name("Nom de la commune")
    expect(header.locator("code")).to_have_text("nom")


def test_a_header_sorts_and_tells_the_order(explorer: Drawn) -> None:
    open_column(explorer, "Population").get_by_role("button", name="Trier du plus grand").press("Enter")
    assert steps_sent(explorer) == [{"op": "sort", "column": "population", "descending": True}]
    explored(explorer)
    header = explorer.form.get_by_role("columnheader", name="Population")
    expect(header).to_have_attribute("aria-sort", "descending")
    expect(header.get_by_role("button")).to_be_focused()
    expect(explorer.form.locator("tbody tr").first).to_contain_text("11\u202f600")
    open_column(explorer, "Population").get_by_role("button", name="Trier du plus petit").click()
    assert steps_sent(explorer) == [{"op": "sort", "column": "population", "descending": False}]


def test_the_table_has_the_whole_width_until_there_are_steps(explorer: Drawn) -> None:
    explorer.page.set_viewport_size({"width": 1366, "height": 768})
    widths = "node => [node.clientWidth, node.closest('.explorer').clientWidth]"
    table = explorer.form.locator(".explorer-main")
    own, whole = table.evaluate(widths)
    assert own == whole
    open_column(explorer, "Population").get_by_role("button", name="Trier du plus grand").press("Enter")
    explored(explorer)
    own, whole = table.evaluate(widths)
    assert own < 0.75 * whole, "the steps are beside"


def test_values_are_listed_with_their_counts_and_ticked(explorer: Drawn) -> None:
    dialog = open_column(explorer, "Nom")
    expect(dialog.locator(".option")).to_have_text(["Thiers 2 lignes", "Ambert 1 ligne", "(vide) 1 ligne"])
    dialog.get_by_label("Thiers").press("Space")
    dialog.get_by_role("button", name="Garder les lignes cochées").press("Enter")
    assert steps_sent(explorer) == [THIERS]
    explored(explorer)
    expect(explorer.form.locator(".explorer-live")).to_have_text(
        "2 lignes sur 4. 1 ligne sans valeur laissée de côté."
    )
    expect(explorer.form.locator(".sentence")).to_have_text(
        "Garder les lignes où nom de la commune est « Thiers »"
    )


@pytest.mark.parametrize(
    ("ticked", "button", "step"),
    [
        (["Thiers", "(vide)"], "Garder les lignes cochées", {"test": "in", "values": ["Thiers", None]}),
        (
            ["Thiers", "Ambert"],
            "Écarter les lignes cochées",
            {"test": "notin", "values": ["Thiers", "Ambert"]},
        ),
        (["Thiers"], "Écarter les lignes cochées", {"test": "ne", "value": "Thiers"}),
        (["(vide)"], "Garder les lignes cochées", {"test": "missing"}),
        (["(vide)"], "Écarter les lignes cochées", {"test": "present"}),
    ],
)
def test_each_choice_of_values_is_said_simply(
    explorer: Drawn, ticked: list[str], button: str, step: dict[str, Any]
) -> None:
    dialog = open_column(explorer, "Nom")
    for value in ticked:
        dialog.get_by_label(value).check()
    dialog.get_by_role("button", name=button).click()
    assert steps_sent(explorer) == [{"op": "filter", "column": "nom", **step}]


def test_values_are_searched_and_what_is_ticked_stays(explorer: Drawn) -> None:
    dialog = open_column(explorer, "Nom")
    dialog.get_by_label("Ambert").check()
    dialog.get_by_label("Chercher une valeur").fill("thi")
    explorer.wait(0.5)
    assert explorer.sent[-1]["search"] == "thi"
    explored(explorer)
    expect(dialog.locator(".option")).to_have_text(["Ambert 1 ligne", "Thiers 2 lignes"])
    expect(dialog.get_by_label("Ambert")).to_be_checked()
    dialog.get_by_label("Chercher une valeur").fill("xyz")
    explorer.press("Enter")
    explored(explorer)
    expect(dialog.get_by_role("status")).to_have_text("Aucune valeur ne contient « xyz ».")


def test_nothing_ticked_is_told(explorer: Drawn) -> None:
    dialog = open_column(explorer, "Nom")
    dialog.get_by_role("button", name="Garder les lignes cochées").click()
    expect(dialog.get_by_role("alert")).to_have_text("Cochez au moins une valeur.")


@pytest.mark.parametrize(
    ("column", "condition", "value", "sentence"),
    [
        ("Population", "est au moins", "1 000", "population municipale est au moins 1\u202f000"),
        ("maj", "est avant le", "01/01/2022", "maj est avant le 01/01/2022"),
        ("Nom", "contient", "thi", "nom de la commune contient « thi »"),
    ],
)
def test_numbers_dates_and_texts_are_compared(
    explorer: Drawn, column: str, condition: str, value: str, sentence: str
) -> None:
    dialog = open_column(explorer, column)
    dialog.get_by_label("Condition").select_option(condition)
    dialog.get_by_role("group", name="Comparer").get_by_role("textbox").fill(value)
    explorer.press("Enter")
    explored(explorer)
    expect(explorer.form.locator(".sentence")).to_have_text(f"Garder les lignes où {sentence}")
    expect(explorer.form.locator(".explorer-live")).to_contain_text("2 lignes sur 4.")


def test_a_column_opened_again_changes_its_filter(explorer: Drawn) -> None:
    keep(explorer, "Thiers")
    dialog = open_column(explorer, "Nom")
    expect(dialog.locator(".option")).to_have_count(3)
    expect(dialog.get_by_label("Thiers")).to_be_checked()
    dialog.get_by_label("Thiers").uncheck()
    dialog.get_by_label("Ambert").check()
    dialog.get_by_role("button", name="Garder les lignes cochées").click()
    assert steps_sent(explorer) == [{**THIERS, "value": "Ambert"}]


def keep(drawn: Drawn, value: str) -> None:
    dialog = open_column(drawn, "Nom")
    dialog.get_by_label(value).check()
    dialog.get_by_role("button", name="Garder les lignes cochées").click()
    explored(drawn)


def test_escape_closes_a_column_and_nothing_changes(explorer: Drawn) -> None:
    dialog = open_column(explorer, "Nom")
    asked_before = len(explorer.sent)
    explorer.press("Escape")
    expect(dialog).to_be_hidden()
    expect(explorer.form.get_by_role("columnheader").first.get_by_role("button")).to_be_focused()
    assert len(explorer.sent) == asked_before


def test_no_row_left_proposes_near_values_of_which_one_click_takes_one(explorer: Drawn) -> None:
    dialog = open_column(explorer, "Nom")
    dialog.get_by_label("Condition").select_option("est")
    dialog.get_by_label("Valeur", exact=True).fill("thiérs")
    explorer.press("Enter")
    explored(explorer)
    expect(explorer.form.locator(".explorer-empty")).to_contain_text("Aucune ligne. Valeurs proches :")
    explorer.check_accessibility()
    explorer.form.get_by_role("button", name="Thiers (2 lignes)").click()
    assert steps_sent(explorer) == [THIERS]
    explored(explorer)
    expect(explorer.form.locator(".explorer-empty")).to_have_count(0)


def test_near_values_come_even_when_a_calculation_has_nothing_left(explorer: Drawn) -> None:
    explorer.form.get_by_label("Calculer un seul nombre").select_option("la moyenne")
    explored(explorer)
    dialog = open_column(explorer, "Nom")
    dialog.get_by_label("Condition").select_option("est")
    dialog.get_by_label("Valeur", exact=True).fill("thiers")
    explorer.press("Enter")
    explored(explorer)
    expect(explorer.form.get_by_role("alert").first).to_contain_text("Il n’y a pas de nombre à résumer")
    explorer.form.get_by_role("button", name="Thiers (2 lignes)").click()
    assert steps_sent(explorer) == [THIERS, {**SUM, "by": "mean"}]


def test_the_foot_calculates_and_filters_go_before_it(explorer: Drawn) -> None:
    how = explorer.form.get_by_label("Calculer un seul nombre")
    how.select_option("la somme")
    assert steps_sent(explorer) == [SUM]
    explored(explorer)
    expect(explorer.form.locator(".explorer-result")).to_have_text("Résultat : 19\u202f100")
    keep(explorer, "Thiers")
    assert steps_sent(explorer) == [THIERS, SUM]
    expect(explorer.form.locator(".explorer-result")).to_have_text("Résultat : 11\u202f700")
    how.select_option("le nombre de lignes")
    assert steps_sent(explorer) == [THIERS, {"op": "summary", "by": "count"}]
    explored(explorer)
    expect(explorer.form.get_by_label("De la colonne")).to_be_hidden()
    how.select_option("— choisir —")
    assert steps_sent(explorer) == [THIERS]


def test_a_step_shows_its_code_is_changed_and_removed(explorer: Drawn) -> None:
    keep(explorer, "Thiers")
    line = explorer.form.get_by_text('resultat = resultat[resultat["nom"] == "Thiers"]').first
    expect(line).to_be_hidden()
    explorer.form.get_by_role("button", name="Voir le code : Garder").press("Enter")
    expect(line).to_be_visible()
    explorer.form.get_by_role("button", name="Modifier : Garder").press("Enter")
    explored(explorer)  # the columns of the table before it
    explored(explorer)  # the values of its column
    expect(explorer.form.get_by_role("dialog").get_by_label("Thiers")).to_be_checked()
    explorer.press("Escape")
    explorer.form.get_by_role("button", name="Retirer : Garder").press("Enter")
    assert steps_sent(explorer) == []
    explored(explorer)
    expect(explorer.form.get_by_role("region", name="Tableau")).to_be_focused()


def test_another_step_is_changed_in_its_place(explorer: Drawn) -> None:
    described(explorer, "Garder les premières lignes")
    explored(explorer)
    explorer.form.get_by_role("button", name="Modifier : Garder les 10 premières").click()
    explored(explorer)
    explorer.form.get_by_label("Nombre de lignes").fill("2")
    explorer.press("Enter")
    assert steps_sent(explorer) == [{"op": "head", "rows": 2}]
    explored(explorer)
    expect(explorer.form.get_by_role("button", name="Ajouter cette étape")).to_be_visible()


def described(drawn: Drawn, operation: str) -> None:
    """Describe a step in the folded form, as it stands."""
    if not drawn.form.get_by_label("Que faire ?").is_visible():
        drawn.form.get_by_text("Ajouter une étape :").click()
    drawn.form.get_by_label("Que faire ?").select_option(operation)
    drawn.form.get_by_role("button", name="Ajouter cette étape").click()


@pytest.mark.parametrize(
    ("operation", "step"),
    [
        ("Garder des lignes", {"op": "filter", "column": "nom", "test": "eq", "value": ""}),
        ("Trier", {"op": "sort", "column": "nom", "descending": True}),
        ("Regrouper et calculer", {"op": "group", "column": "nom", "by": "sum", "of": "population"}),
        ("Garder des colonnes", {"op": "keep", "columns": []}),
        ("Ajouter un autre tableau", {"op": "join", "table": "epci", "key": "nom"}),
        ("Garder les premières lignes", {"op": "head", "rows": 10}),
        ("Dessiner en barres", {"op": "chart", "column": "nom", "of": "population"}),
    ],
)
def test_each_operation_has_fields_ready_to_be_sent(
    explorer: Drawn, operation: str, step: dict[str, Any]
) -> None:
    described(explorer, operation)
    assert steps_sent(explorer) == [step]


def test_an_impossible_step_is_told_and_those_before_stay(explorer: Drawn) -> None:
    described(explorer, "Garder des colonnes")
    explored(explorer)
    expect(explorer.form.get_by_role("alert").first).not_to_be_empty()
    expect(explorer.form.locator(".explorer-steps li")).to_have_count(0)


def test_a_kernel_that_does_not_answer_is_told(drawn: Drawn) -> None:
    drawn.draw("explorer", FORM, reply=None)
    drawn.wait(4)
    expect(drawn.form.get_by_role("alert")).to_contain_text("Python ne répond pas.")
    explored(drawn)
    expect(drawn.form.get_by_role("alert")).to_be_empty()


def test_a_table_that_cannot_be_shown_is_told(drawn: Drawn) -> None:
    drawn.draw("explorer", FORM, reply=None)
    drawn.receive(error="L’explorateur a rencontré une erreur imprévue.")
    expect(drawn.form.get_by_role("alert")).to_have_text("L’explorateur a rencontré une erreur imprévue.")


def test_it_is_accessible_with_its_bars_its_steps_and_a_column_open(explorer: Drawn) -> None:
    described(explorer, "Dessiner en barres")
    explored(explorer)
    expect(explorer.form.locator(".bar")).to_have_count(3)
    explorer.form.get_by_text("Le même travail, en code").click()
    explorer.check_accessibility()
    open_column(explorer, "Population")
    explorer.check_accessibility()


@pytest.mark.parametrize(("width", "height"), [(1366, 654), (683, 384)])
def test_on_the_whole_window_the_table_its_count_and_the_result_are_in_sight(
    explorer: Drawn, width: int, height: int
) -> None:
    explorer.page.set_viewport_size({"width": width, "height": height})
    explorer.form.get_by_role("button", name="Agrandir l’explorateur").press("Enter")
    explorer.form.get_by_label("Calculer un seul nombre").select_option("la somme")
    explored(explorer)
    for name in (".explorer-live", ".explorer-result", "thead"):
        expect(explorer.form.locator(name)).to_be_in_viewport(ratio=0.5)
    explorer.check_accessibility()
    explorer.press("Escape")
    expect(explorer.form.get_by_role("button", name="Agrandir l’explorateur")).to_be_focused()
    expect(explorer.form.locator(".explorer-result")).to_be_visible()


def test_a_number_found_by_exploring_is_answered_with_its_steps(
    drawn: Drawn, panel_traits: Callable[..., dict[str, Any]]
) -> None:
    traits = panel_traits("moyenne")
    traits["form"]["explorer"] = describe(TABLES, "communes")
    drawn.draw("form", traits)
    drawn.page.evaluate("model.reply = null")
    drawn.form.get_by_text("Chercher avec l’explorateur, sans code").click()
    drawn.page.wait_for_function("model.sent.at(-1).action === 'explore'")
    explored(drawn)
    drawn.form.get_by_label("Calculer un seul nombre").select_option("la somme")
    explored(drawn)
    drawn.form.get_by_role("button", name="Répondre avec ce résultat").click()
    assert (drawn.sent[-1]["action"], drawn.sent[-1]["value"]) == ("save", {"steps": [SUM]})
    drawn.receive(action="save", **SAVED)
    expect(drawn.form.get_by_label("Population moyenne")).to_have_value("19\u202f100")
    drawn.form.get_by_label("Calculer un seul nombre").select_option("le nombre de lignes")
    explored(drawn)
    expect(drawn.form.get_by_label("Population moyenne")).to_have_value("19\u202f100")  # what was answered
    drawn.form.get_by_label("Population moyenne").fill("12")
    drawn.wait(1)
    assert drawn.sent[-1]["value"] == "12"
    drawn.check_accessibility()


def test_a_table_is_built_and_answered_with_its_steps(
    drawn: Drawn, panel_traits: Callable[..., dict[str, Any]]
) -> None:
    traits = panel_traits("moyenne")
    traits["form"] |= {"explorer": describe(TABLES, "communes"), "widget": "table"}
    drawn.draw("form", traits, reply=None)
    form, shown = drawn.form, REPLIES["explore"](None, {"steps": []})
    drawn.page.evaluate(
        "found => model.receive({request: model.sent[0].request, action: 'explore', explore: found})", shown
    )
    expect(form.get_by_role("group", name="Population moyenne")).to_contain_text(
        "Vous n’avez pas encore répondu"
    )
    expect(form.get_by_label("Calculer un seul nombre")).to_be_hidden()
    keep(drawn, "Thiers")
    form.get_by_role("button", name="Répondre avec ce tableau").press("Enter")
    assert (drawn.sent[-1]["action"], drawn.sent[-1]["value"]) == ("save", {"steps": [THIERS]})
    drawn.receive(action="save", **SAVED)
    expect(form).to_contain_text("Vous répondez avec le tableau montré.")
    form.get_by_role("button", name="Retirer : Garder").click()
    explored(drawn)
    expect(form).to_contain_text("Le tableau montré n’est plus celui de votre réponse.")
    drawn.check_accessibility()


COUNT = {"op": "summary", "by": "count"}


def build_again(drawn: Drawn, traits: dict[str, Any]) -> None:
    """Draw a panel whose kernel answers all that it is asked."""
    traits["form"]["explorer"] = describe(TABLES, "communes")
    drawn.draw("form", traits, reply=None)
    drawn.answer({"explore": lambda message: REPLIES["explore"](None, message)})


def drafts(drawn: Drawn) -> list[Any]:
    return [message["value"] for message in drawn.sent if message["action"] == "draft"]


def test_what_is_built_and_not_answered_yet_is_kept_by_the_kernel(
    drawn: Drawn, panel_traits: Callable[..., dict[str, Any]]
) -> None:
    traits = panel_traits("moyenne")
    traits["form"]["widget"] = "table"
    build_again(drawn, traits)
    expect(drawn.form.locator("tbody tr")).to_have_count(4)
    assert drafts(drawn) == [], "nothing is built yet"
    drawn.form.get_by_role("columnheader").get_by_role("button", name="Population").press("Enter")
    drawn.form.get_by_role("button", name="Trier du plus petit").press("Enter")
    expect(drawn.form.locator(".sentence")).to_have_count(1)
    assert drafts(drawn) == [[{"op": "sort", "column": "population", "descending": False}]]


@pytest.mark.parametrize("value", [None, {"steps": [SUM]}])
def test_a_table_built_before_the_page_was_loaded_again_is_shown(
    drawn: Drawn, panel_traits: Callable[..., dict[str, Any]], value: Any
) -> None:
    traits = panel_traits("moyenne", value=value, draft=[THIERS])
    traits["form"]["widget"] = "table"
    build_again(drawn, traits)
    expect(drawn.form.locator(".sentence")).to_contain_text(["Garder les lignes"])
    expect(drawn.form).to_contain_text(
        "n’est plus celui de votre réponse" if value else "Vous n’avez pas encore répondu"
    )
    drawn.form.get_by_role("button", name="Répondre avec ce tableau").click()
    assert drawn.saved == {"steps": [THIERS]}


def test_a_calculation_made_before_the_page_was_loaded_again_is_shown_beside_the_answer(
    drawn: Drawn, panel_traits: Callable[..., dict[str, Any]]
) -> None:
    build_again(drawn, panel_traits("moyenne", value={"steps": [SUM]}, draft=[COUNT]))
    expect(drawn.form.locator(".explorer-result")).to_have_text("Résultat : 4")
    expect(drawn.form.locator(".explorer-result")).to_be_visible()
    expect(drawn.form.get_by_label("Population moyenne")).to_have_value("19\u202f100")  # what was answered
