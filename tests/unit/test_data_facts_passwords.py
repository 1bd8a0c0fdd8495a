"""Module F08: the figures that its text, its pictures and its instructor's page say, counted again from the catalogue."""

import itertools
import math
import operator
import re

import pytest

from autograder import paths
from autograder.activities.estimator.form import OTHERS, POOLS
from autograder.data.load import load

FOLDER = paths.modules() / "F08-choisir-ses-mots-de-passe"
SIZES = {"[a-z]": 26, "[A-Z]": 26, "[0-9]": 10, "[^a-zA-Z0-9]": len(OTHERS)}
"""Families of signs, as the notebook counts them."""


def text_of(name):
    return re.sub(r"\s+", " ", (FOLDER / name).read_text(encoding="utf-8"))


def french(number, digits=0):
    return f"{number:,.{digits}f}".replace(",", " ").replace(".", ",")


def formula(text):
    return len(text) * math.log2(sum(size for family, size in SIZES.items() if re.search(family, text)))


@pytest.fixture(scope="module")
def ranks():
    return load("mots-de-passe", 2026).set_index("mot_de_passe")["rang"]


@pytest.fixture(scope="module")
def communes():
    communes = load("communes", 2026)
    return communes[communes["type"] == "commune-actuelle"]["nom"]


@pytest.fixture(scope="module")
def guide():
    return text_of("instructor.md")


def test_the_order_of_the_first_exercise(ranks, guide):
    tries = {
        **{word: int(ranks[word]) for word in ("football", "azerty", "marseille", "azerty123")},
        "4 chiffres": 10**4,
        "6 signes": 36**6,
    }
    said = [
        f"`{key}` ({french(tries[key])}" if key in ranks.index else f"{key} ({french(tries[key])}"
        for key in sorted(tries, key=tries.__getitem__)
    ]
    line = re.search(r"L’ordre de l’exercice 1 : (.*?)\. ##", guide)
    assert line and [part.split(")")[0].removesuffix(" essais") for part in line[1].split(", ")] == said
    answers = text_of("answers.yml")
    assert "solution: [football, azerty, marseille, tire4, azerty123, tire6]" in answers


def test_what_the_formula_says_and_the_ranks(ranks, guide):
    for word in ("azerty", "marseille"):
        assert f"{french(formula(word), 1)} bits, rang {french(ranks[word])} |" in guide
    assert f"rang | {french(ranks['azerty123'])} |" in guide
    notebook = text_of("notebook.md")
    assert (math.floor(formula("marseille")), round(ranks["marseille"], -3)) == (42, 6_000)
    assert "La formule donne 42 bits à `marseille`" in notebook and "environ 6 000" in notebook
    assert ranks["azerty123"] < 20_000 and "moins de 20 000" in notebook
    assert 1e14 < 36**9 < 1.1e14 and "cent mille milliards" in notebook


def test_what_a_rule_lets_through(ranks, guide):
    words = ranks.index.to_series()
    length = words.str.len()
    mixed = words.str.contains("[a-z]") & words.str.contains("[0-9]")
    through = [((length >= 8) & mixed).sum(), ((length >= 12) & mixed).sum(), (length >= 14).sum()]
    assert f"{french(through[0])} mots de la liste" in guide
    assert f"| {through[1]} ; {through[2]} |" in guide
    ending = 100 * words.str.contains("[0-9]$").mean()
    assert f"finissent par un chiffre | {french(ending, 1)} %" in guide
    assert f"mots de la liste | {french(len(words))} |" in guide
    notebook = text_of("notebook.md")
    assert through[0] > 5_000 and ending > 25 and 47_500 < len(words) < 48_000
    for said in ("plus de 5 000", "plus d’un mot de la liste sur quatre", "près de 48 000"):
        assert said in notebook


def test_the_chosen_ones_are_found_by_the_list_and_the_drawn_ones_are_not(ranks):
    notebook = text_of("notebook.md")
    lists = {
        name: re.findall(r'"([^"]+)"', re.search(rf"{name} = \[(.*?)\]", notebook)[1])
        for name in ("choisis", "tires")
    }
    assert {name: len(words) for name, words in lists.items()} == {"choisis": 11, "tires": 6}
    assert "Onze sont choisis" in notebook and "Six sont tirés" in notebook
    found = {
        word: word in ranks.index or re.sub("[^a-z]+$", "", word.lower()) in ranks.index
        for words in lists.values()
        for word in words
    }
    assert [word for word in lists["choisis"] if not found[word]] == []
    assert [word for word in lists["tires"] if found[word]] == []


def test_lengths_and_kinds_of_signs_do_not_sort_the_passwords_of_the_exercise():
    """No three conditions on them do: the list is needed."""
    notebook = text_of("notebook.md")
    words = {
        name: re.findall(r'"([^"]+)"', re.search(rf"{name} = \[(.*?)\]", notebook)[1])
        for name in ("choisis", "tires")
    }
    every = [*words["choisis"], *words["tires"]]
    sought = tuple(word in words["choisis"] for word in every)
    lengths, kinds = map(len, every), (sum(bool(re.search(one, word)) for one in SIZES) for word in every)
    of_form = {
        tuple(compared(number, value) for number in column)
        for column in (tuple(lengths), tuple(kinds))
        for compared in (operator.ge, operator.gt, operator.le, operator.lt, operator.eq, operator.ne)
        for value in column
    }
    for three in itertools.combinations_with_replacement(of_form, 3):
        rows = list(zip(*three, strict=True))
        assert tuple(map(all, rows)) != sought and tuple(map(any, rows)) != sought


def test_the_draws_of_the_scheme_reach_what_the_cnil_recommends(communes):
    urn = communes.nunique()
    for count, size in ((8, 99), (10, 36), (4, urn), (5, 7776)):
        assert count * math.log2(size) >= 50
    for count, size in ((14, 62), (7, 7776), (16, 36), (6, urn)):
        assert count * math.log2(size) >= 80
    assert (15 * math.log2(36) < 80, 5 * math.log2(urn) < 80, 4 * math.log2(10) >= 13) == (True, True, True)


def test_the_draws_said_to_instructors(guide):
    assert f"16 signes ({french(80 / math.log2(36), 1)} avant d’arrondir)" in guide
    assert f"Douze signes de quatre sortes font {french(12 * math.log2(99), 1)} bits" in guide
    assert len(POOLS["all"][1]) == sum(SIZES.values()) == 99


def test_the_urn_of_communes(communes, guide):
    names = communes.drop_duplicates()
    each = math.log2(len(names))
    assert (
        f"parmi {french(len(communes))} communes | {french(len(names))} noms, {french(each, 1)} bits chacun"
        in guide
    )
    typed = 6 * names.str.len().mean() + 5
    assert f"{french(6 * each, 1)} bits, {french(typed)} signes à taper en moyenne" in guide
    shared = communes.value_counts()
    assert (shared.index[0], shared.iloc[0]) == ("Sainte-Colombe", 12)
    notebook = text_of("notebook.md")
    assert "douze communes s’appellent Sainte-Colombe" in notebook and "vaut près de 15 bits" in notebook
