"""Kinds of answers: what is taken for the same answer, what is not, and what is explained instead of compared."""

from decimal import Decimal

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from autograder.checks.judge import LOOK_AGAIN, Landmarks, judge
from autograder.checks.kinds import KINDS
from autograder.checks.outcomes import RIGHT, ClearTable, Outcome


def points(spec, truth, answer):
    """Judge an answer worth 1 point against the truth."""
    table = ClearTable(
        {(f, c): Outcome(RIGHT, share) for f, c, share in KINDS[spec["kind"]].shares(truth, spec)}
    )
    return judge(answer, spec, table, 1, "regardez à nouveau", "code")


NUMBER = {"kind": "number", "tolerance": 0.5}
EXACT = {"kind": "number"}
TEXT = {"kind": "text", "accept": ["Bouches du Rhône (13)"]}
CHOICE = {"kind": "choice", "options": ["a", "b", "c"]}
CHOICES = {"kind": "choices", "options": ["a", "b", "c", "d"]}
ORDER = {"kind": "order", "options": ["isoler", "alerter", "noter"]}
MATCH = {"kind": "match", "items": ["x", "y"], "options": ["zero", "vide"]}
SERIES = {"kind": "series"}
FRAME = {"kind": "frame", "columns": ["type", "lignes"]}
counts = pd.Series({"ville": 3, "village": 5}, name="lignes").rename_axis("type")


@pytest.mark.parametrize(
    ("spec", "truth", "answer"),
    [
        (NUMBER, 459, 459.4),
        (NUMBER, 459, np.float64(458.6)),
        (NUMBER, 459, Decimal("459")),
        (NUMBER, 459, np.array(459)),
        (NUMBER, 459, pd.Series([459])),
        (EXACT, 8803, 8803.0),
        (EXACT, 8803, np.int64(8803)),
        ({"kind": "number", "tolerance": 0.001}, -0.333, -1 / 3),
        (TEXT, "Bouches-du-Rhône", "  bouches du rhone "),
        (TEXT, "Bouches-du-Rhône", "BOUCHES DU RHÔNE 13"),
        ({"kind": "boolean"}, True, np.bool_(True)),
        (CHOICE, "b", " B "),
        (CHOICES, ["a", "c"], {"c", "a"}),
        (ORDER, ["isoler", "alerter", "noter"], ("isoler", "alerter", "noter")),
        (MATCH, {"x": "zero", "y": "vide"}, {"y": "vide", "x": "zero"}),
        ({"kind": "sequence"}, [1, 2, 3], np.array([1.0, 2.0, 3.0])),
        ({"kind": "set"}, ["01", "2A"], pd.Series(["2A", "01", "01"])),
        (SERIES, counts, counts.astype(float).iloc[::-1].rename("autre nom")),
        (SERIES, counts, counts.to_frame()),
        (FRAME, counts.reset_index(), counts.reset_index()[["lignes", "type"]].iloc[::-1]),
        (FRAME, counts.reset_index(), counts.to_frame()),
        (FRAME, counts.reset_index(), counts),
        (FRAME, counts.reset_index(), counts.reset_index().astype({"lignes": "Int64", "type": "category"})),
        ({"kind": "function", "cases": [[3], [0]]}, lambda x: 2 * x, lambda x: float(x + x)),
    ],
)
def test_another_way_to_write_the_right_answer_earns_the_point(spec, truth, answer):
    assert points(spec, truth, answer).state == "right"


@pytest.mark.parametrize(
    ("spec", "truth", "answer"),
    [
        (NUMBER, 459, 460),
        (EXACT, 8803, 8804),
        (TEXT, "Bouches-du-Rhône", "Rhône"),
        ({"kind": "boolean"}, True, False),
        (CHOICE, "b", "c"),
        (ORDER, ["isoler", "alerter", "noter"], ["alerter", "isoler", "noter"]),
        ({"kind": "sequence"}, [1, 2, 3], [3, 2, 1]),
        ({"kind": "set"}, ["01", "2A"], ["1", "2A"]),
        (SERIES, counts, counts + 1),
        (FRAME, counts.reset_index(), counts.reset_index().head(1)),
        ({**FRAME, "ordered": True}, counts.reset_index(), counts.reset_index().iloc[::-1]),
        ({"kind": "function", "cases": [[3], [0]]}, lambda x: 2 * x, lambda x: x**2),
    ],
)
def test_a_wrong_answer_earns_nothing(spec, truth, answer):
    verdict = points(spec, truth, answer)
    assert (verdict.state, verdict.points) == ("wrong", 0)
    assert verdict.messages == ["regardez à nouveau"]


@pytest.mark.parametrize(
    ("spec", "truth", "answer", "explained"),
    [
        (NUMBER, 459, "459", "sans guillemets"),
        (NUMBER, 459, pd.Series([1, 2]), "un seul nombre"),
        (NUMBER, 459, True, "un booléen"),
        (NUMBER, 459, (1, 914), "une virgule les sépare"),
        (NUMBER, 459, pd.NA, "valeur manquante"),
        (NUMBER, 459, float("nan"), "valeur manquante"),
        (NUMBER, 459, float("inf"), "division par zéro"),
        (NUMBER, 459, 10**400, "démesuré"),
        (NUMBER, 459, 1.7e308, "démesuré"),
        (NUMBER, 459, pd.Series([1]).median, "parenthèses"),
        (NUMBER, 459, 3 + 2j, "on attend un nombre"),
        (TEXT, "oui", 3, "entre guillemets"),
        (CHOICE, "b", "e", "a, b, c"),
        (CHOICES, ["a"], "a", "une liste"),
        (CHOICES, ["a"], ["a", "a"], "deux fois"),
        (ORDER, ["isoler", "alerter", "noter"], ["isoler"], "3 étapes"),
        (MATCH, {"x": "zero", "y": "vide"}, {"x": "zero"}, "Il reste un élément"),
        ({"kind": "sequence"}, [1], 1, "entre crochets"),
        (SERIES, counts, 3, "une colonne de valeurs"),
        (FRAME, counts.reset_index(), pd.DataFrame({"type": []}), "la colonne « lignes »"),
        ({"kind": "function", "cases": [[3]]}, abs, 3, "« def »"),
        ({"kind": "function", "cases": [[3]]}, abs, lambda x: None, "« return »"),
        ({"kind": "function", "cases": [[0]]}, abs, lambda x: 1 / x, "ZeroDivisionError"),
    ],
)
def test_an_answer_that_cannot_be_compared_is_explained(spec, truth, answer, explained):
    verdict = points(spec, truth, answer)
    assert verdict.state == "problem"
    assert explained in verdict.messages[0]


def test_partial_credit_for_several_choices_cannot_be_had_by_ticking_everything():
    assert points(CHOICES, ["a", "c"], ["a"]).points == 0.5
    assert points(CHOICES, ["a", "c"], ["a", "b"]).points == 0
    assert points(CHOICES, ["a", "c"], ["a", "b", "c", "d"]).points == 0
    assert points(CHOICES, ["a", "c"], []).points == 0


LABELS = Landmarks(
    {"x": "une case vide", "y": "un zéro", "a": "oui", "b": "non", "c": "peut-être", "d": "jamais"},
    {"519127": "« 519 127 » se lit dans le tableau."},
)


def told(spec, truth, answer, foreseen=()):
    """Judge an answer with the labels of its form; `foreseen` are (facet, canonical, message)."""
    shares = KINDS[spec["kind"]].shares(truth, spec)
    table = {(f, c): Outcome(RIGHT if share > 0 else "extra", share) for f, c, share in shares}
    for facet, canonical, message in foreseen:
        known = table.get((facet, canonical))
        table[facet, canonical] = Outcome(message, known.share if known else 0, message)
    return judge(answer, spec, ClearTable(table), 1, "regardez à nouveau", "form", LABELS)


def test_a_wrong_pair_that_nobody_foresaw_is_pointed_at():
    right = {"x": "vide", "y": "zero"}
    verdict = told(MATCH, right, {"x": "zero", "y": "zero"})
    assert verdict.messages == ["Regardez encore : une case vide.", "regardez à nouveau"]
    assert verdict.outcomes == [LOOK_AGAIN]
    foreseen = [("x", "zero", "Vide n’est pas zéro.")]
    verdict = told(MATCH, right, {"x": "zero", "y": "vide"}, foreseen)
    assert verdict.messages == ["Vide n’est pas zéro.", "Regardez encore : un zéro."]


def test_the_first_mistakes_are_explained_and_the_others_folded():
    keys = ["a", "b", "c", "d", "x"]
    spec = {"kind": "match", "items": keys, "options": ["oui", "non"]}
    foreseen = [(key, "non", f"Pourquoi {key} ?") for key in keys]
    page = told(spec, dict.fromkeys(keys, "oui"), dict.fromkeys(keys, "non"), foreseen)._repr_html_()
    shown, _, folded = page.partition("<details><summary>Les autres remarques (2)</summary>")
    assert all(f"Pourquoi {key}" in shown for key in "abc")
    assert all(f"Pourquoi {key}" in folded for key in "dx")


def test_a_long_label_is_cut_where_it_is_pointed_at():
    spec = {"kind": "match", "items": ["x"], "options": ["oui", "non"]}
    table = ClearTable({("x", "oui"): Outcome(RIGHT, 1)})
    for label, named in [("une case vide " * 10, "une…"), ("« " + "une case vide " * 10 + "»", "…\u00a0».")]:
        (said, *_) = judge({"x": "non"}, spec, table, 1, "", "form", Landmarks({"x": label})).messages
        assert said.startswith("Regardez encore : ") and said.endswith(named) and len(said) < 90


OMISSIONS = [(option, "out", f"oubli de {option}") for option in ("a", "b", "c")]


def test_what_is_forgotten_is_told_two_at_a_time_and_once_nothing_wrong_is_picked():
    spec = {"kind": "choices", "options": ["a", "b", "c", "d"]}
    right = ["a", "b", "c"]
    assert told(spec, right, ["a", "d"], OMISSIONS).messages == [
        "Regardez encore : jamais.",
        "regardez à nouveau",
    ]
    assert told(spec, right, [], OMISSIONS).messages == ["oubli de a", "oubli de b"]
    assert told(spec, right, ["a", "b"], OMISSIONS).messages == ["oubli de c"]


LABELLED = {"kind": "labels", "items": ["x", "y", "z"], "options": ["zero", "out"]}
DUE = {"x": "zero", "y": "out"}


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        (DUE, 1),
        ({"x": "zero"}, 0.5),
        ({"x": "zero", "y": "zero"}, 0.5),
        ({**DUE, "z": "out"}, 0.5),
        (dict.fromkeys("xyz", "zero"), 0),
        ({"z": "zero"}, 0),
    ],
)
def test_a_label_counts_where_it_is_due_and_costs_where_none_is(answer, share):
    assert points(LABELLED, DUE, answer).points == share


def test_a_wrong_label_is_told_before_a_forgotten_one():
    forgotten = [("x", "", "oubli de x"), ("y", "", "oubli de y")]
    assert told(LABELLED, DUE, {"x": "out"}, forgotten).messages[0] == "Regardez encore : une case vide."
    assert told(LABELLED, DUE, {"x": "zero"}, forgotten).messages == ["oubli de y"]


def test_a_number_of_the_table_is_told_from_where_it_was_read():
    assert told(EXACT, 1_914_667, 519_127).messages == ["« 519 127 » se lit dans le tableau."]
    assert told(EXACT, 1_914_667, 519_128).messages == ["regardez à nouveau"]
    assert told(EXACT, 519_127, 519_127).state == "right"


def test_partial_credit_for_a_match_is_the_share_of_right_pairs():
    assert points(MATCH, {"x": "zero", "y": "vide"}, {"x": "zero", "y": "zero"}).points == 0.5


LOG = {
    "kind": "log",
    "items": ["evreux", "dommartin"],
    "fields": {"decision": ["corriger", "signaler"], "apres": []},
    "also": {"evreux.apres": ["27000 Évreux"]},
}
LOGGED = {"evreux.decision": "corriger", "evreux.apres": "27000", "dommartin.decision": "signaler"}


def test_each_item_of_a_log_brings_the_same_share_divided_between_what_it_must_say():
    assert points(LOG, LOGGED, LOGGED).state == "right"
    assert points(LOG, LOGGED, {**LOGGED, "evreux.apres": " 27000 ÉVREUX "}).state == "right"
    assert points(LOG, LOGGED, {**LOGGED, "evreux.apres": "02700"}).points == 0.75
    assert points(LOG, LOGGED, {**LOGGED, "dommartin.decision": "corriger"}).points == 0.5


def test_a_value_written_beside_a_decision_that_needs_none_costs_what_a_cell_brings():
    assert points(LOG, LOGGED, {**LOGGED, "dommartin.apres": "?"}).points == 0.5
    assert points(LOG, LOGGED, {**LOGGED, "dommartin.apres": " "}).state == "right"


@pytest.mark.parametrize("text", ["27 000", "27\u202f000.", "« 27000 »", '"27000"'])
def test_a_text_of_a_log_is_read_whatever_its_quotes_and_spaces(text):
    assert points(LOG, LOGGED, {**LOGGED, "evreux.apres": text}).state == "right"


def test_a_proof_goes_with_its_decision():
    spec = {
        "kind": "log",
        "items": ["prouvy"],
        "fields": {"decision": ["signaler", "exclure"], "preuve": ["doute", "impossible"]},
        "also": {"prouvy": [{"decision": "exclure", "preuve": "impossible"}]},
    }

    def line(decision, preuve):
        return {"prouvy.decision": decision, "prouvy.preuve": preuve}

    right = line("signaler", "doute")
    assert points(spec, right, right).state == "right"
    assert points(spec, right, line("exclure", "impossible")).state == "right"
    assert points(spec, right, line("exclure", "doute")).points == 0
    assert points(spec, right, line("signaler", "impossible")).points == 0


def test_a_log_with_a_choice_left_is_explained():
    verdict = points(LOG, LOGGED, {"evreux.decision": "corriger"})
    assert verdict.messages == ["Il reste un choix à faire dans le journal."]


def test_a_mistake_smaller_than_the_tolerance_is_not_taken_for_zero():
    kind = KINDS["number"]
    taken = {canonical for _, canonical in kind.near(34 / 66, NUMBER)}
    for close in (0.5, 0.52):
        assert kind.read(close, NUMBER)[""] in taken
    for other in (0, 1, -0.1):
        assert kind.read(other, NUMBER)[""] not in taken


def test_hidden_cases_bring_half_of_the_points_of_a_function():
    spec = {"kind": "function", "cases": [[2]], "hidden": [[0], [-1]]}
    assert points(spec, abs, abs).points == 1
    assert points(spec, abs, lambda x: x).points == 0.5


def chart(*, bottom=0, title="Communes par taille", lying=False):
    axes = plt.subplots()[1]
    if lying:
        axes.barh(["petites", "grandes"], [8803, 42])
        axes.set(xlim=(bottom, 9000), title=title, xlabel="communes")
    else:
        axes.bar(["petites", "grandes"], [8803, 42])
        axes.set(ylim=(bottom, 9000), title=title, ylabel="communes")
    return axes


def test_a_chart_is_judged_by_what_it_shows_and_says():
    spec = {"kind": "chart", "requires": ["mark", "from_zero", "title", "values"]}
    assert points(spec, chart(), chart(title="Un autre titre")).points == 1
    assert points(spec, chart(), chart().figure).points == 1
    assert points(spec, chart(), chart(bottom=5000)).points == 0.75
    assert points(spec, chart(), chart(lying=True)).points == 1
    assert points(spec, chart(), chart(bottom=5000, lying=True)).points == 0.75
    assert points(spec, chart(), chart(bottom=5000, title="")).points == 0.5
    assert "ni barre, ni courbe" in points(spec, chart(), plt.subplots()[1]).messages[0]
    plt.close("all")
