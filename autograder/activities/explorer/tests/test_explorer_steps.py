"""The explorer: each step does what its pandas line says, and nothing else can be asked of it."""

import json
from typing import Any

import pandas as pd
import pytest

from autograder.activities.explorer.labels import distinct, titles_of
from autograder.activities.explorer.outcome import BadStep
from autograder.activities.explorer.steps import explore, number_of
from autograder.activities.explorer.values import near, values_of
from autograder.activities.explorer.view import asked
from autograder.contract.kinds import Unreadable

VILLES = pd.DataFrame(
    {
        "code": ["01", "02", "2A", "04", "05"],
        "nom": ["Ambérieu", "Laon", 'Ajaccio "la Corse"', "Digne", None],
        "dep": ["01", "02", "2A", "04", "02"],
        "population": [14_000.0, 24_000.0, 70_000.0, float("nan"), 300.0],
        "rang": [1, 2, 3, 4, 5],
        "maj": ["2021-12-31", "2022-01-01", "2019-07-14", None, "2022-03-02"],
        "prefecture": [True, True, True, True, False],
    }
)
DEPARTEMENTS = pd.DataFrame({"dep": ["01", "02", "2A"], "nom": ["Ain", "Aisne", "Corse-du-Sud"]})
TABLES = {"villes": VILLES, "departements": DEPARTEMENTS, "doubles": VILLES[["dep", "rang"]]}

FILTER = {"op": "filter", "column": "dep", "test": "eq", "value": "02"}
STATES = [
    [],
    [FILTER],
    [{"op": "filter", "column": "dep", "test": "ne", "value": "02"}],
    [{"op": "filter", "column": "population", "test": "lt", "value": "24 000"}],
    [{"op": "filter", "column": "population", "test": "ge", "value": 24000}],
    [{"op": "filter", "column": "population", "test": "ne", "value": "300,0"}],
    [{"op": "filter", "column": "population", "test": "gt", "value": "\u2212300"}],
    [{"op": "filter", "column": "nom", "test": "contains", "value": '"LA'}],
    [{"op": "filter", "column": "nom", "test": "contains", "value": "a.o"}],
    [{"op": "filter", "column": "population", "test": "missing"}],
    [{"op": "filter", "column": "dep", "test": "lt", "value": "2A"}],
    [{"op": "filter", "column": "maj", "test": "ge", "value": "2022-01-01"}],
    [{"op": "filter", "column": "maj", "test": "le", "value": "31/12/2021"}],
    [{"op": "filter", "column": "nom", "test": "present"}],
    [{"op": "filter", "column": "prefecture", "test": "eq", "value": True}],
    [{"op": "filter", "column": "prefecture", "test": "ne", "value": "oui"}],
    [{"op": "filter", "column": "dep", "test": "in", "values": ["01", "2A"]}],
    [{"op": "filter", "column": "nom", "test": "in", "values": ["Laon", None]}],
    [{"op": "filter", "column": "nom", "test": "notin", "values": ["Laon", None]}],
    [{"op": "filter", "column": "nom", "test": "notin", "values": ["Laon"]}],
    [{"op": "filter", "column": "rang", "test": "in", "values": [1, "3,0"]}],
    [{"op": "sort", "column": "population", "descending": True}, {"op": "head", "rows": 2}],
    [{"op": "group", "column": "dep", "by": "count"}],
    [
        {"op": "group", "column": "dep", "by": "sum", "of": "population"},
        {"op": "sort", "column": "population"},
    ],
    [{"op": "group", "column": "dep", "by": "median", "of": "rang"}],
    [{"op": "keep", "columns": ["nom", "population"]}],
    [{"op": "join", "table": "departements", "key": "dep"}],
    [FILTER, {"op": "summary", "by": "count"}],
    [FILTER, {"op": "summary", "by": "mean", "of": "population"}],
    [{"op": "summary", "by": "max", "of": "rang"}],
    [{"op": "chart", "column": "dep", "of": "population"}],
]


@pytest.mark.parametrize("steps", STATES)
def test_each_step_gives_what_its_line_gives(steps: list[dict[str, object]]) -> None:
    found = explore(steps, TABLES, "villes")
    assert len(found.texts) == len(steps) == len(found.lines) - 1
    namespace: dict[str, object] = dict(TABLES)
    lines = found.lines[:-1] if found.chart else found.lines
    exec("\n".join(lines), namespace)
    pd.testing.assert_frame_equal(namespace["resultat"], found.table)
    assert namespace.get("valeur") == found.value


@pytest.mark.parametrize("value", ["2022-01-01", "01/01/2022", "1/1/2022", "2022"])
def test_a_date_is_compared_however_it_is_written(value: str) -> None:
    steps = [{"op": "filter", "column": "maj", "test": "lt", "value": value}]
    assert list(explore(steps, TABLES, "villes").table["maj"]) == ["2021-12-31", "2019-07-14"]


def test_a_french_date_stays_a_text_in_a_column_of_texts() -> None:
    steps = [{"op": "filter", "column": "nom", "test": "eq", "value": "01/01/2022"}]
    assert (
        explore(steps, TABLES, "villes").lines[-1] == 'resultat = resultat[resultat["nom"] == "01/01/2022"]'
    )


def test_a_number_is_told_as_french_readers_write_it() -> None:
    step = {"op": "filter", "column": "population", "test": "le", "value": "24000.5"}
    assert explore([step], TABLES, "villes").texts == [
        "Garder les lignes où population est au plus 24\u202f000,5"
    ]


@pytest.mark.parametrize("value", ["nan", "inf", "1e5", "beaucoup", "", None, True, [3], float("nan")])
def test_what_is_no_number_is_not_compared_with_numbers(value: object) -> None:
    step = {"op": "filter", "column": "population", "test": "gt", "value": value}
    with pytest.raises(BadStep, match="écrivez un nombre"):
        explore([step], TABLES, "villes")


def test_rows_without_a_value_are_counted() -> None:
    assert (
        explore(
            [{"op": "filter", "column": "population", "test": "gt", "value": 1}], TABLES, "villes"
        ).missing
        == 1
    )


@pytest.mark.parametrize(
    "steps",
    [
        "filter",
        None,
        [None],
        [{"op": "eval", "code": "1"}],
        [{"op": "__class__"}],
        [FILTER] * 21,
        [{**FILTER, "column": "inconnue"}],
        [{**FILTER, "column": ["dep"]}],
        [{**FILTER, "test": "regex"}],
        [{**FILTER, "column": "prefecture", "test": "lt"}],
        [{"op": []}],
        [{"op": "keep", "columns": ["dep", "dep"]}],
        [{**FILTER, "value": {"a": 1}}],
        [{**FILTER, "column": "maj", "test": "lt", "value": "janvier 2022"}],
        [{**FILTER, "column": "maj", "test": "lt", "value": "31/13/2021"}],
        [{**FILTER, "test": "in"}],
        [{**FILTER, "test": "in", "values": []}],
        [{**FILTER, "test": "in", "values": [["02"]]}],
        [{**FILTER, "test": "in", "values": ["02"] * 101}],
        [{**FILTER, "column": "prefecture", "value": "peut-être"}],
        [{**FILTER, "value": "x" * 500}],
        [{**FILTER, "column": "population", "value": "beaucoup"}],
        [{**FILTER, "column": "population", "value": "nan"}],
        [{**FILTER, "column": "population", "value": 1e300}],
        [{"op": "group", "column": "dep", "by": "apply", "of": "rang"}],
        [{"op": "group", "column": "dep", "by": "sum", "of": "nom"}],
        [{"op": "group", "column": "rang", "by": "sum", "of": "rang"}],
        [{"op": "summary", "by": "__len__"}],
        [{"op": "keep", "columns": []}],
        [{"op": "keep", "columns": ["inconnue"]}],
        [{"op": "join", "table": "inconnue", "key": "dep"}],
        [{"op": "join", "table": "departements", "key": "code"}],
        [{"op": "join", "table": "doubles", "key": "dep"}],
        [{"op": "head", "rows": 10**9}],
        [{"op": "head", "rows": True}],
        [{"op": "summary", "by": "count"}, FILTER],
        [{**FILTER, "value": "99"}, {"op": "summary", "by": "mean", "of": "population"}],
    ],
)
def test_anything_else_is_refused_in_french(steps: object) -> None:
    with pytest.raises(BadStep, match=r"[a-zé]{3}"):
        explore(steps, TABLES, "villes")


def test_an_answer_is_the_number_that_its_steps_give() -> None:
    assert (
        number_of({"steps": [FILTER, {"op": "summary", "by": "sum", "of": "population"}]}, TABLES, "villes")
        == 24_300
    )
    for steps in ([FILTER], "x"):
        assert isinstance(number_of({"steps": steps}, TABLES, "villes"), Unreadable)
    assert number_of(12.5, TABLES, "villes") == 12.5


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (FILTER, "Garder les lignes où département est «\xa002\xa0»"),
        ({**FILTER, "test": "in", "values": ["01", "2A"]}, "département est «\xa001\xa0» ou «\xa02A\xa0»"),
        (
            {**FILTER, "test": "in", "values": [str(n) for n in range(9)]},
            "«\xa03\xa0» ou une de 5 autres valeurs",
        ),
        ({**FILTER, "test": "notin", "values": ["01", None]}, "n’est pas «\xa001\xa0» ou vide"),
        ({**FILTER, "column": "maj", "test": "lt", "value": "2022-01-01"}, "maj est avant le 01/01/2022"),
        ({**FILTER, "column": "prefecture", "value": True}, "prefecture est oui"),
        (
            {**FILTER, "column": "annee", "test": "lt", "value": 1916},
            "année de naissance est plus petit que 1916",
        ),
        ({"op": "sort", "column": "annee"}, "Trier par année de naissance, du plus petit au plus grand"),
        ({"op": "sort", "column": "maj", "descending": True}, "Trier par maj, du plus récent au plus ancien"),
        (
            {"op": "group", "column": "dep", "by": "mean", "of": "rang"},
            "Calculer la moyenne de rang, par département",
        ),
        (
            {"op": "join", "table": "departements", "key": "dep"},
            "Ajouter les colonnes de departements, par département",
        ),
        ({"op": "head", "rows": 1}, "Garder la première ligne"),
    ],
)
def test_a_step_is_told_in_french(step: dict[str, object], text: str) -> None:
    titles = {"villes": {"dep": "Département", "annee": "Année de naissance"}}
    tables = TABLES | {"villes": VILLES.assign(annee=1900)}
    assert text in explore([step], tables, "villes", titles).texts[0]


def test_columns_of_a_joined_table_and_calculated_ones_have_their_names() -> None:
    titles = {"villes": {"nom": "Nom"}, "departements": {"nom": "Nom", "dep": "Département"}}
    joined = explore([{"op": "join", "table": "departements", "key": "dep"}], TABLES, "villes", titles)
    assert (joined.label("nom"), joined.label("nom_departements")) == ("Nom", "Nom (departements)")
    counted = explore([{"op": "group", "column": "dep", "by": "count"}], TABLES, "villes", titles)
    assert counted.label("size") == "Nombre de lignes"


def test_values_have_their_counts_the_most_frequent_first_and_blanks_last() -> None:
    found = values_of(explore([], TABLES, "villes"), "dep")
    assert found["values"] == [("02", "02", 2), ("01", "01", 1), ("04", "04", 1), ("2A", "2A", 1)]
    found = values_of(explore([], TABLES, "villes"), "population", "")
    assert found["values"][-1] == (None, "(vide)", 1) and found["values"][0] == (300.0, "300", 1)
    assert (found["kind"], found["distinct"]) == ("number", 5)


@pytest.mark.parametrize("search", ["ambe", "AMBÉ", "  ambérieu"])
def test_values_are_searched_without_accents_nor_capitals(search: str) -> None:
    found = values_of(explore([], TABLES, "villes"), "nom", search)
    assert [value[0] for value in found["values"]] == ["Ambérieu"] and found["matching"] == 1


@pytest.mark.parametrize(
    ("step", "nearest"),
    [
        ({"column": "nom", "test": "eq", "value": "amberieu"}, "Ambérieu"),
        ({"column": "nom", "test": "eq", "value": "Lahon"}, "Laon"),
        ({"column": "nom", "test": "in", "values": ["Lahon"]}, "Laon"),
        ({"column": "nom", "test": "eq", "value": "corse"}, 'Ajaccio "la Corse"'),
        ({"column": "nom", "test": "contains", "value": "dignes"}, "Digne"),
        ({"column": "rang", "test": "gt", "value": 7}, 5),
        ({"column": "population", "test": "eq", "value": "23 000"}, 24_000),
    ],
)
def test_near_values_are_proposed_when_no_row_is_left(step: dict[str, Any], nearest: object) -> None:
    found = explore([{"op": "filter", **step}], TABLES, "villes")
    assert found.emptied and near(found.emptied, step)[0][0] == nearest


def test_nothing_is_proposed_when_nothing_is_near_or_rows_are_left() -> None:
    step = {**FILTER, "value": "Finistère"}
    found = explore([step], TABLES, "villes")
    assert found.emptied and near(found.emptied, step) == []
    assert explore([FILTER], TABLES, "villes").emptied is None


def test_what_a_page_is_sent_is_json_whatever_the_table_holds() -> None:
    odd = pd.DataFrame({"liste": [[1], [2]], "jour": pd.to_datetime(["2026-01-01", None]), "mixte": [1, "a"]})
    replies = asked(lambda form: ({"t": odd}, "t", {}))
    assert json.dumps(replies["explore"](None, {"steps": []}))
    for column in odd:
        assert "values" in json.loads(json.dumps(replies["values"](None, {"steps": [], "column": column})))
    assert replies["values"](None, {"steps": [], "column": "x"})["error"].startswith("Choisissez une colonne")


def test_columns_have_the_names_of_the_passport() -> None:
    titles = titles_of({"communes": "communes-2026"})
    assert titles["communes"]["departement"] == "Code du département"
    assert distinct({"a": "Nom", "b": "Nom", "c": "Code"}) == {"a": "Nom (a)", "b": "Nom (b)", "c": "Code"}
