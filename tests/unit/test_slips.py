"""What is said of a line that Python cannot read: the cause when it is certain, a general remark else."""

import pytest

from autograder.checks.errors import explain
from autograder.checks.unreadable import slip_in

GENERAL = "Python n’arrive pas à lire cette ligne"

QUOTES = "guillemets de traitement de texte"
THOUSANDS = "sans espace ni point entre les milliers"
UNIT = "sans son unité"
COMPARED = "comparer s’écrit `==`"
ORDER = "« inférieur ou égal »"
SIGNS = "Python ne lit pas les signes"
THEN = "rien ne sépare une condition de ses deux-points"
NAME = "sans espace, sans tiret et sans apostrophe"
DIGIT = "ne commence pas par un chiffre"
WORD = "ce nom est un mot de Python"
APOSTROPHE = "guillemets doubles"
SPREADSHEET = "contrairement à un tableur"
SEMICOLON = "se séparent par des virgules"
CAPITAL = "en minuscules"
INVISIBLE = "signe invisible"

HABITS = [
    ("x = 33 085", THOUSANDS),
    ("x = 33\u202f085", THOUSANDS),
    ("x = [1 000, 2 000]", THOUSANDS),
    ("x = 1.234.567", THOUSANDS),
    ("if population > 10 000:\n    x = 1", THOUSANDS),
    ("communes[communes['population'] > 10 000]", THOUSANDS),
    ("x = 33 085  # habitants", THOUSANDS),
    ("prix = 1 500 €", THOUSANDS),
    ("x = 33,085", "la virgule sépare deux valeurs"),
    ("x = round(33,085 / 2)", "la virgule sépare deux valeurs"),
    ("x = 33085 habitants", UNIT),
    ("x = 12 %", UNIT),
    ("prix = 100€", UNIT),
    ("surface = 12.5 km2", UNIT),
    ("surface = 12 m²", UNIT),
    ("if age > 10 ans:\n    x = 1", UNIT),
    ("budget = 3 millions d'euros", "en chiffres"),
    ("part = 12 % de 300", "`12 / 100 * 300`"),
    ("x = « Nevers »", QUOTES),
    ('x = "Nevers”', QUOTES),
    ("nom = “l'âge”", QUOTES),
    ("nom = ’Nevers’", QUOTES),
    ("population nevers = 3", NAME),
    ("population-nevers = 3", NAME),
    ("nombre d'habitants = 3", NAME),
    ("nombre_d’habitants = 3", NAME),
    ("2024_population = 3", DIGIT),
    ("class = 3", WORD),
    ("if x = 3:\n    pass", COMPARED),
    ("if x = 3", COMPARED),
    ("communes[communes['dep'] = '69']", COMPARED),
    ("if x => 3:\n    pass", ORDER),
    ("if x <> 3:\n    pass", ORDER),
    ("if x ≥ 3:\n    pass", SIGNS),
    ("x = 12 – 4", SIGNS),
    ("x = 3 x 4", "multiplier s’écrit `*`"),
    ("x = 50 : 2", "diviser s’écrit `/`"),
    ("if age > 10 then:\n    pass", THEN),
    ("if age > 10 alors :\n    pass", THEN),
    ("si age > 10:\n    pass", "« si » s’écrit `if`"),
    ("if a:\n    x = 1\nsinon si b:\n    x = 2", "« sinon si » s’écrit `elif`"),
    ("pour i dans liste:\n    pass", "« pour » s’écrit `for`"),
    ("if a > 1 et b < 2:\n    pass", "« et » s’écrit `and`"),
    ("import pandas comme pd", "« comme » s’écrit `as`"),
    ("If age > 10:\n    pass", CAPITAL),
    ("Import pandas", CAPITAL),
    ("=3+4", SPREADSHEET),
    ("x = round(3,14; 1)", SEMICOLON),
    ("nom = 'L'Haÿ-les-Roses'", APOSTROPHE),
    ("communes[population totale]", "nom de colonne se met entre guillemets"),
    ("nombre = …  # votre réponse", "remplacez `…`"),
    ("x\u00a0= 3", INVISIBLE),
    ("x = 3\u200b", INVISIBLE),
]

PYTHON_SAYS = [
    ("f(x  # 10 % de remise", "ne se referme jamais"),
    ("print('12 % de 300'", "ne se referme jamais"),
    ("x = 3)", "se referme ici"),
    ("x = (1, 2]", "se referme par un autre"),
    ("nom = Nevers\"", "n’est pas fermé"),
    ("if x > 3\n    pass", "il manque les deux-points"),
    ("if x:\nprix = 12 %", "commence par quatre espaces"),
    ("x = 3\n  y = 12 habitants", "espaces en trop"),
    ("if x:\n    a = 1\n  b = 33 085", "ne sont pas réguliers"),
    ("print x", "se met entre parenthèses"),
    ("dep = 01", "ne commence pas par 0"),
    ("date = 2024-01-15", "ne commence pas par 0"),
    ("dep = 2A", "collé à des lettres"),
    ("n° = 3", "n’est permis que dans un texte"),
    ("3 = x", "placé à gauche"),
    ("None = x", "placé à gauche"),
    ("x = [100 200 300]", "il manque sans doute"),
    ("print(bonjour à tous)", "il manque sans doute"),
    ("return 3", "ne s’emploie que dans une fonction"),
    ("open('C:\\Users\\moi.csv')", "`/` au lieu de"),
]  # fmt: skip

UNKNOWN = [
    "x = somme / 2 arrondi",
    "x = 3 if",
    "x = = 3  # 10 % de la population",
    "x = 3 +  # 33 085 habitants",
    "la réponse est 12",
    "x = 12 habitants par km2",
    "x = 100 km/h",
    "x = population totale",
    "date = 12 mars 2024",
    "heure = 10:30",
    "x = 12 % de la population",
    "entre 3 et 5",
    "x = 3 mod 4",
    "x = 10 import",
    "x = 5 as y",
    "let x = 3",
    "12 communes['a']",
    "x++",
]


def error_of(code: str) -> SyntaxError:
    with pytest.raises(SyntaxError) as raised:
        compile(code, "<cell>", "exec")
    return raised.value


@pytest.mark.parametrize(("code", "said"), [*HABITS, *PYTHON_SAYS])
def test_the_cause_is_said_when_it_is_certain(code: str, said: str) -> None:
    assert said in (explain(error_of(code)) or "")


@pytest.mark.parametrize("code", UNKNOWN)
def test_nothing_more_is_said_when_it_is_not(code: str) -> None:
    assert GENERAL in (explain(error_of(code)) or "")


@pytest.mark.parametrize(
    "line",
    [
        "x = 33085",
        'nom = "33 085 habitants à 12 %"',
        "x = 3  # si x = 3 alors 33 085",
        "else:",
        "    1000, 2)",
        "f(a, [b",
    ],
)
def test_a_line_that_its_neighbours_may_complete_is_not_to_blame(line: str) -> None:
    assert slip_in(line) is None


def test_a_slip_is_told_though_the_line_goes_on_below() -> None:
    assert THOUSANDS in (slip_in("totaux = [1 000,") or "")


def test_no_warning_of_python_is_shown_of_what_is_tried(recwarn: pytest.WarningsRecorder) -> None:
    slip_in(r"x = '\d' 33 085 + 1or 2")
    assert not recwarn.list


def test_a_line_that_nobody_wrote_by_hand_is_not_searched() -> None:
    assert slip_in("x = 33 085 + " + "1 + " * 100 + "1") is None
