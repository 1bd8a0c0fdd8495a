"""`trials.yml`: answers by people who had only read the released notebook, judged and counted by `campus run`."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from autograder import paths
from autograder.grading.release import load_config
from autograder.modules.errors import ModuleError
from autograder.proofs import run as runs
from autograder.proofs.cli import _trials
from autograder.proofs.junit import write
from autograder.proofs.report import Report
from autograder.proofs.run import run
from tests.nbgrader.batch_course import MODULE, MODULES

UNKNOWN = "0" * 12
ANSWERS = {
    "somme": {
        "right": [
            {"form": 41},
            {"code": "total = 11 + 13 + 17"},
            {"code": "import math\ntotal = math.fsum(agents)"},
        ],
        "wrong": [
            {"form": 17},
            {"form": 3},
            {"form": 4100},
            {"code": "total = agents[-1]"},
            {"code": "total = str(sum(agents))"},
            {"code": "total = len(agents)"},
        ],
    },
    "couleur": {"right": [{"form": "b"}], "wrong": [{"form": "a"}, {"form": "c"}, {"form": "d"}]},
}

Tries = Callable[..., Report]


@pytest.fixture
def tries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tries:
    """Run a small module whose trials are these."""
    shutil.copytree(MODULES, tmp_path / "modules")
    monkeypatch.setattr(paths, "modules", lambda: tmp_path / "modules")
    monkeypatch.setattr(runs, "WHOLE", ())

    def tries(answers: dict[str, Any], release: str = UNKNOWN) -> Report:
        content = {"rounds": [{"round": 1, "release": release, "answers": answers}]}
        (tmp_path / "modules" / MODULE / "trials.yml").write_text(yaml.safe_dump(content, sort_keys=False))
        (report,) = run([MODULE], load_config(paths.course()), {}, course=tmp_path / "course")
        return report

    return tries


def with_wrong(exercise: str, *more: dict[str, Any]) -> dict[str, Any]:
    return {**ANSWERS, exercise: {**ANSWERS[exercise], "wrong": [*ANSWERS[exercise]["wrong"], *more]}}


def test_each_trial_is_judged_and_counted(tries: Tries) -> None:
    report = tries(ANSWERS)
    (row,) = report.to_json()["trials"]
    assert report.all_problems() == []
    assert row["right"] == {"accepted": 4, "total": 4}
    assert row["wrong"] == {"refused": 9, "total": 9}
    assert row["recognised"] == {
        "first": {"recognised": 9, "total": 9},
        "all": {"recognised": 9, "total": 9},
        "numbers_by_form": {"recognised": 3, "total": 3},
    }
    assert (row["pointed_at"], row["missed"], row["left_out"]) == (0, [], 0)
    assert "justes acceptés 4/4" in _trials(row)


def test_only_the_release_that_its_writers_read_is_a_first_contact(tries: Tries) -> None:
    before = tries(ANSWERS)
    again = tries(ANSWERS, release=before.release)
    assert [one.first_contact for one in (*before.trials, *again.trials)] == [False, True]


def test_a_right_answer_refused_and_a_wrong_one_accepted_are_problems(tries: Tries) -> None:
    somme = {"right": [{"form": 40}, {"code": "total = None"}], "wrong": [{"code": "total = 40 + 1"}]}
    problems = tries({**ANSWERS, "somme": somme}).all_problems()
    assert [one for one in problems if "une bonne réponse est refusée" in one and "40" in one]
    assert [one for one in problems if "une bonne réponse est refusée" in one and "total = None" in one]
    assert [one for one in problems if "une mauvaise réponse est acceptée" in one and "40 + 1" in one]


def test_causes_too_seldom_named_are_told_one_by_one_and_fail_nothing(tries: Tries) -> None:
    report = tries(with_wrong("somme", {"form": 1}, {"form": 2}, {"code": "total = 5"}))
    (row,) = report.to_json()["trials"]
    assert row["recognised"]["all"] == {"recognised": 9, "total": 12}
    assert row["recognised"]["first"] == {"recognised": 9, "total": 11}, "six by form, three by code"
    assert any("9 des premières erreurs sur 11" in remark for remark in row["below_goals"])
    assert len(row["missed"]) == 3
    assert sum("cause non nommée" in remark for remark in row["below_goals"]) == 3
    assert report.ok


def test_an_answer_that_never_ends_well_only_costs_itself(tries: Tries) -> None:
    report = tries(with_wrong("somme", {"code": "import os\nos._exit(1)"}, {"code": "total = 1 / 0"}))
    assert report.to_json()["trials"][0]["wrong"] == {"refused": 11, "total": 11}


def test_an_exercise_that_nobody_tried_is_said(tries: Tries) -> None:
    assert any("« couleur »" in problem for problem in tries({"somme": ANSWERS["somme"]}).all_problems())


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"sommes": {"right": [{"form": 1}]}}, "ligne 5 : « sommes » n’est pas un exercice corrigé"),
        ({"avis": {"right": [{"form": "oui"}]}}, "« avis » n’est pas un exercice corrigé automatiquement"),
        ({"couleur": {"right": [{"code": "x = 1"}]}}, "« couleur » n’a pas de cellule de réponse"),
        ({"somme": {"juste": [{"form": 1}]}}, "clé inconnue (juste)"),
    ],
)
def test_a_trial_that_cannot_be_is_refused_with_its_line(
    tries: Tries, answers: dict[str, Any], said: str
) -> None:
    with pytest.raises(ModuleError) as refused:
        tries(answers)
    assert said in str(refused.value)


def test_junit_has_a_case_for_each_round(tries: Tries, tmp_path: Path) -> None:
    write([tries({"somme": {"wrong": [{"form": 41}]}})], tmp_path / "junit.xml")
    cases = ElementTree.parse(tmp_path / "junit.xml").findall(".//testcase")
    failed = {case.get("name") for case in cases if case.find("failure") is not None}
    assert failed == {"essais, tour 1", "tables et cellules communes"}
