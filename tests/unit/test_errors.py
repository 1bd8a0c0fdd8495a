"""Python's errors in French, in a real shell as in a notebook."""

import linecache
from collections.abc import Mapping
from typing import Any

import pandas
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from autograder.checks.errors import explain, show_explanations


@pytest.fixture
def shell(monkeypatch):
    shell = InteractiveShell.instance()
    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: shell)
    show_explanations()
    yield shell
    InteractiveShell.clear_instance()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("comunes.head()", "« comunes » n’est pas connu"),
        ("{'nom': 1}['Nom']", "« Nom » n’existe pas"),
        ("1 / 0", "division par zéro"),
        ("[1].mediane()", "ne connaît pas « mediane »"),
        ("len('a'", "ne se referme jamais"),
        ("if x:", "rien ne suit des deux-points"),
        ("x = 33 085", "sans espace ni point entre les milliers"),
        ("if x:\nprix = 12 %", "commence par quatre espaces"),
        ("x = 3 if", "Python n’arrive pas à lire cette ligne"),
        ("nombre == 4", "Pour donner une valeur à ce nom"),
        ("nombre = 4 villes", "le nombre seul, sans le mot qui le suit"),
        ("nombre = None 4", "votre réponse prend la place de"),
        ('nombre = habitants "Nevers"', "se met entre parenthèses"),
        ("nombre = (3 > 50000.sum()", "se referme avant le point"),
        ("nombre = len(Nevers)", "il se met entre guillemets"),
        ("nombre = len['a']", "avec des parenthèses"),
        ("def f(a): pass\nf()", "il manque quelque chose entre les parenthèses"),
        ("nombre = 'a' > 3", "on compare un nombre et un texte"),
        ("population = 3\npopulatoin", "Vouliez-vous dire « population »"),
    ],
)
def test_an_error_is_explained_above_pythons_message(shell, code, said):
    with capture_output() as captured:
        shell.run_cell(code)
    shown = [output.data["text/html"] for output in captured.outputs]
    assert len(shown) == 1
    assert said in shown[0]
    assert "Error" in captured.stdout + captured.stderr


def test_a_calculation_that_was_interrupted_is_told_in_french_too(shell):
    with capture_output() as captured:
        shell.run_cell("raise KeyboardInterrupt")
    assert "le calcul a été interrompu" in captured.outputs[0].data["text/html"]


TABLE = pandas.DataFrame(
    {
        "nom": ["Nevers", "Lyon"],
        "population": [33085, 520774],
        "part": [1.5, 2.5],
        "code": pandas.Categorical(["58", "69"]),
        "date": pandas.to_datetime(["2020-01-01", "2021-01-01"]),
        "l’aire": [1, 2],
    }
)
VARIABLES = {"t": TABLE, "populations": TABLE["population"], "mediane": 3, "capitales": {"France": "Paris"}}


def explained(code: str, variables: Mapping[str, Any] = VARIABLES) -> str:
    """Return what is said of the error that a line raises."""
    linecache.cache["<cell>"] = (len(code), None, [code], "<cell>")
    with pytest.raises(Exception) as raised:
        exec(compile(code, "<cell>", "exec"), dict(variables))
    return explain(raised.value, variables) or ""


PARENTHESES = "chaque condition se met entre parenthèses"
ONE_TRUTH = "un seul « vrai » ou « faux »"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("t.nom == 'Nevers' & t.population > 0", PARENTHESES),
        ("t.population > 0 & t.nom == 'Nevers'", PARENTHESES),
        ("t.nom == 'Nevers' | t.nom == 'Lyon'", PARENTHESES),
        ("t.part > 1.5 & t.part < 3", PARENTHESES),
        ("t.part > 1.5 | t.part < 3", PARENTHESES),
        ("t.code == '58' & t.code == '69'", PARENTHESES),
        ("t.date > '2020' & t.date < '2021'", PARENTHESES),
        ("t.nom == 'Nevers' & (t.population > 0)", PARENTHESES),
        ("t.nom.values & t.part", PARENTHESES),
        ("t.population.values & t.part.values", PARENTHESES),
        ("t.population > 0 & t.population < 3", ONE_TRUTH),
        ("(t.population > 0) and (t.part < 3)", ONE_TRUTH),
        ("t.nom == 'Nevers' or 'Lyon'", ONE_TRUTH),
        ("not t.population > 0", ONE_TRUTH),
        ("0 < t.population < 3", ONE_TRUTH),
        ("if t.population > 0: pass", ONE_TRUTH),
        ("if t: pass", ONE_TRUTH),
    ],
)
def test_conditions_put_together_as_in_another_language_are_written_as_in_pandas(
    code: str, said: str
) -> None:
    assert said in explained(code)


@pytest.mark.parametrize(
    "code",
    [
        "t['grand_est']",
        "t['and_']",
        "{}['ror_']",
        "int('demand_2020')",
        "raise ValueError('operation and_')",
        "dict(1, and_=2)",
        "~t.nom",
        "t.nom == ['Nevers', 'Lyon', 'Lille']",
    ],
)
def test_a_name_that_looks_like_an_operator_is_no_condition(code: str) -> None:
    assert PARENTHESES not in explained(code)
    assert ONE_TRUTH not in explained(code)


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("Mediane", "mediane"),
        ("populatoins", "populations"),
        ("pritn(1)", "print"),
        ("true", "True"),
        ("t['Nom']", "nom"),
        ("t[['nom', 'popluation']]", "population"),
        ("t.drop(columns='popluation')", "population"),
        ("t.set_index('popluation')", "population"),
        ("t['l’air']", "l’aire"),
        ("capitales['Frnce']", "France"),
        ("populations.mediane()", "median"),
        ("t.populatoin", "population"),
        ("'a'.uper()", "upper"),
    ],
)
def test_the_nearest_name_of_the_same_sort_is_offered(code: str, meant: str) -> None:
    assert f"Vouliez-vous dire « {meant} » ?" in explained(code)


@pytest.mark.parametrize("code", ['commune["population"]', "commune.head()"])
def test_what_is_opened_as_a_table_is_no_column(code: str) -> None:
    tables = {"lecture": pandas.DataFrame({"commune": [1]}), "communes": TABLE}
    assert "Vouliez-vous dire « communes » ?" in explained(code, tables)
    assert "`lecture" in explained("commune + 1", tables)


@pytest.mark.parametrize(
    "code",
    [
        "median",  # a method, and no variable
        "t['median']",  # a method, and no column
        "populations.nom",  # a column of another object
        "capitales.populations",
        "age",  # « range » is another word
        "t[3]",
        "None.median()",
        "raise KeyError",
        "raise NameError('x', name=3)",
    ],
)
def test_no_name_is_offered_but_one_of_the_same_sort(code: str) -> None:
    assert "Vouliez-vous dire" not in explained(
        code, {"t": TABLE, "populations": TABLE["population"], "capitales": {}}
    )


def test_a_name_is_never_offered_in_place_of_itself() -> None:
    assert "Vouliez-vous dire" not in explained("capitales['nom']")


def test_a_method_called_alone_is_shown_after_a_column() -> None:
    assert "`….median()`" in explained("median(populations)")
    assert "`….median()`" not in explained("median(populations)", {"populations": [1]})


def test_a_column_without_its_quotes_is_shown_with_them() -> None:
    assert '`t["population"]`' in explained("t[population]")


def test_an_object_that_cannot_be_looked_into_is_left_alone() -> None:
    class Closed:
        def __dir__(self) -> list[str]:
            raise RuntimeError

    assert "ne connaît pas « median »" in explained("closed.median()", {"closed": Closed()})


def test_an_uncommon_error_is_left_to_python():
    assert explain(LookupError("rare")) is None
