"""A small module with two charts: built, answered by form, and graded."""

from pathlib import Path
from typing import Any

import pytest

from autograder.activities.repair.idle import idle
from autograder.authoring.pipeline import build
from autograder.forms import exercise
from tests.small_module import judged, small_module

MODULE, built, folder = small_module(__file__, "T04-graphiques")


def test_the_example_for_authors_is_an_exercise_of_this_module() -> None:
    assert MODULE.shows_authors("tues")


@pytest.mark.slow
def test_each_answer_by_form_is_graded_as_its_author_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = MODULE.proved(tmp_path, monkeypatch)
    assert report.all_problems() == []
    assert len(report.proofs) == 5, (
        "solved twice, untouched, a round of alternatives, all the mistakes at once"
    )


RIGHT = {"title": "fait", "kind": "bar", "axis": "zero", "source": "onisr"}


@pytest.mark.parametrize(
    ("key", "value", "points"),
    [
        ("tues", RIGHT, 3),
        ("tues", {**RIGHT, "kind": "line"}, 3),
        ("tues", {**RIGHT, "kind": "pie"}, 2.25),
        ("tues", {"axis": "zero"}, 0.75),
        ("tues", {"axis": "cut"}, 0),
        ("sites", {"base": "part", "order": "value"}, 2),
        ("sites", {"base": "part"}, 1),
        ("sites", {"base": "part", "axis": "cut"}, 0),
        ("sites", {"axis": "cut", "kind": "line"}, 0),
    ],
)
def test_each_setting_repaired_brings_its_share_and_each_one_broken_costs_as_much(
    folder: Path, key: str, value: Any, points: float
) -> None:
    assert judged(folder, key, value).points == points


def test_each_setting_left_wrong_is_told(folder: Path) -> None:
    said = judged(folder, "tues", {"source": "onisr", "axis": "zero"}).messages
    assert [one.split(".")[0] for one in said] == [
        "Ce titre juge",
        "Trois années ne sont pas les parts d’un tout",
    ]
    assert judged(folder, "tues", {**RIGHT, "axis": "cut"}).outcomes == ["axe"]


@pytest.mark.parametrize("value", ["x", ["axis"], {"axis": "bas"}, {"taille": "grande"}, 12])
def test_what_no_form_can_give_earns_nothing(folder: Path, value: Any) -> None:
    assert judged(folder, "tues", value).points == 0


def test_a_feedback_page_shows_the_chart_and_its_settings_without_script(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(folder, "tues", RIGHT)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    page = exercise("tues")._repr_html_()  # type: ignore[operator]
    assert "<svg" in page and "Axe des valeurs\u00a0: il part de zéro" in page and "<table" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("solution: {base: part, order: value}", "solution: {}", "ne change rien au graphique de départ"),
        ("solution: {base: part, order: value}", "solution: {base: taux}", "Réglages : kind, base, order, axis"),
        ("solution: {title: fait, kind: bar", "solution: {title: fait, kind: pie", "« axis » ne change rien au graphique réparé"),
        ("start: data}", "start: hasard}", "« start » doit être une des options (data, value)"),
        ("options: [bar, line]", "options: [bar, courbe]", "« courbe » n’est pas un des choix de « kind » (bar, line, pie)"),
        ("{start: rien, options: {rien: \"\", onisr: \"Source\u00a0: ONISR, bilans annuels\"}}", "{start: rien}", "le réglage « source » demande ses « options »"),
        ("also: {kind: [line]}", "also: {kind: [courbe]}", "« also » nomme un réglage ou un choix inconnu"),
        ("across: annee  ", "across: an  ", "il manque « an » à cette ligne"),
        ("tues: 2541", "tues: beaucoup", "« tues » doit être un nombre"),
        ("across: departement", "across: departements", "il manque « departements »"),
        ("sites.to_dict('records')", "sites.head(1).to_dict('records')", "il y a 1 lignes"),
        ("sites.to_dict('records')", "inconnu", "« data » ne se calcule pas"),
        ("match: {axis: cut}, message: \"L’axe partait", "match: {axe: cut}, message: \"L’axe partait", "n’a pas ce réglage"),
        ("{start: pie}", "{start: pie, forme: ronde}", "clé inconnue"),
        ("cri: La mortalité s’effondre", f"cri: {'La mortalité ' * 6}s’effondre", "dépasse du dessin : 64 signes"),
        ("annee: 2018, tues: 3248", "annee: 2018, tues: -1", "des secteurs ne montrent pas de valeur négative"),
        ("    settings:\n      base:", "    settings:\n      period: {start: a, options: {a: [22, 29], b: [35, 56]}}\n      base:", "ne se compare pas à « departement »"),
        ("part: part des mairies qui ont un site (%)}", "part: {series: {part: Part}}}", "une option de « base » est le nom d’une colonne, ou un groupe"),
        ("part: part des mairies qui ont un site (%)}", "part: {label: Part, series: {taux: Taux}}}", "il manque « taux » à cette ligne"),
        ("part: part des mairies qui ont un site (%)}", f"part: {{label: Part, series: {{part: Part, total: {'Mairies de Bretagne ' * 4}}}}}}}", "ne tiennent pas dans le dessin"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_exercise_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    told = MODULE.told_of(tmp_path, old, new)
    assert message in told and "answers.yml, ligne" in told


def test_a_wrong_setting_that_nobody_foresaw_is_pointed_at_by_its_name(tmp_path: Path) -> None:
    line = "    - {id: ligne, match: {kind: line}, message: Une ligne relie des départements qui ne se suivent pas.}\n"
    MODULE.changed(tmp_path, line, "")
    (one,) = build([MODULE.name], tmp_path / "course", root=tmp_path)
    said = judged(one.source, "sites", {"base": "part", "order": "value", "kind": "line"}).messages
    assert said[0] == "Regardez encore : «\u00a0Type de graphique\u00a0»."


def test_a_feedback_page_says_which_settings_change_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(folder, "tues", {**RIGHT, "kind": "pie"})
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    page = exercise("tues")._repr_html_()  # type: ignore[operator]
    assert "il part de zéro (Sans effet ici" in page


TWO: Any = {
    "data": [],
    "series": {"a": "A", "b": "B"},
    "settings": {
        "kind": {"start": "bar"},
        "base": {
            "start": "a",
            "options": {"a": "A seul", "deux": {"label": "les deux", "series": {"a": "A", "b": "B"}}},
        },
        "legend": {"start": "legend"},
    },
}


@pytest.mark.parametrize(
    ("base", "kind", "closed"),
    [("a", "bar", True), ("a", "line", True), ("a", "pie", False), ("deux", "bar", False)],
)
def test_names_of_series_change_nothing_where_there_is_but_one(base: str, kind: str, closed: bool) -> None:
    assert ("legend" in idle(TWO, {"base": base, "kind": kind, "legend": "direct"})) == closed
