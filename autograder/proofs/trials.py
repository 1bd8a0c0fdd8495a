"""What a module says to answers whose writers had not seen its mistakes: right ones accepted, wrong ones refused, causes named."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder import fingerprint
from autograder.authoring import number_mistakes
from autograder.authoring.pipeline import BuiltModule
from autograder.checks.check import judge_value
from autograder.checks.exercises import load_exercises
from autograder.checks.judge import SEEN
from autograder.checks.kinds import kind_of
from autograder.checks.last_cell import CAUSES
from autograder.checks.outcomes import ClearTable
from autograder.contract.kinds import Teller
from autograder.contract.names import EXERCISES
from autograder.forms.values import entered
from autograder.french.numbers import percent
from autograder.modules.trials import Round, Trial, load_trials

GOALS = {"first": 0.95, "all": 0.85, "numbers_by_form": 0.75}
"""Which share of the wrong answers must meet a message that names their cause."""
NAMES = {
    "first": "des premières erreurs",
    "all": "des erreurs",
    "numbers_by_form": "des nombres faux par formulaire",
}

REFUSED = "{trial} : une bonne réponse est refusée"
ACCEPTED = "{trial} : une mauvaise réponse est acceptée"
DIFFERENT = "{trial} : l’apprenant et la correction ne reçoivent pas le même verdict ({seen}, puis {graded})"
TOO_FEW = "{recognised} {name} sur {total} ont leur cause nommée, il en faut {goal}"
UNNAMED = "{trial} : cause non nommée"
WITHOUT = "aucun essai pour l’exercice « {key} » : complétez « trials.yml »"
SLIPS = number_mistakes.DERIVED | {SEEN}

Verdict = Mapping[str, Any]
ByCode = Callable[[str, str], list[dict[str, Any]]]


@dataclass(frozen=True)
class Tried:
    """A trial and its two verdicts. `named`: a message names its cause; `pointed`: one only says where to look."""

    trial: Trial
    seen: Verdict
    graded: Verdict
    named: bool
    pointed: bool
    is_number: bool
    problems: tuple[str, ...]

    @property
    def as_wanted(self) -> bool:
        return (self.graded["state"] == "right") == self.trial.right

    def counts_in(self, group: str) -> bool:
        """Tell whether this wrong answer is in a group of GOALS."""
        return group == "all" or (self.trial.is_first if group == "first" else self.is_number)


@dataclass
class RoundReport:
    """What one round found. Only a first contact, with the very release that its writers had read, measures the module."""

    number: int
    first_contact: bool
    tried: list[Tried] = field(default_factory=list)
    left_out: int = 0
    """Answers by code where nothing can be confined: not judged."""
    seconds: float = 0.0

    def problems(self) -> list[str]:
        """Return what is not as it must be, in French."""
        return [problem for tried in self.tried for problem in tried.problems]

    def below_goals(self) -> list[str]:
        """Return which goals the module's messages miss, in French, and the answers whose cause they do not name.

        Told, and no failure: a first contact cannot be had twice, and its answers are kept as they are.
        """
        goals = [
            TOO_FEW.format(recognised=named, name=NAMES[group], total=total, goal=percent(100 * goal))
            for group, goal in GOALS.items()
            for named, total in [self.recognised(group)]
            if named < goal * total
        ]
        return (
            [*goals, *(UNNAMED.format(trial=_name(tried.trial)) for tried in self.missed())] if goals else []
        )

    def recognised(self, group: str) -> tuple[int, int]:
        """Return how many wrong answers of a group have their cause named, and how many there are."""
        wrong = [tried for tried in self.tried if not tried.trial.right and tried.counts_in(group)]
        return sum(tried.named for tried in wrong), len(wrong)

    def as_wanted(self, right: bool) -> tuple[int, int]:
        """Return how many right answers are accepted, or wrong ones refused, and how many there are."""
        these = [tried for tried in self.tried if tried.trial.right == right]
        return sum(tried.as_wanted for tried in these), len(these)

    def missed(self) -> list[Tried]:
        """Return the wrong answers whose cause is not named."""
        return [tried for tried in self.tried if not tried.trial.right and not tried.named]

    def to_json(self) -> dict[str, Any]:
        return {
            "round": self.number,
            "first_contact": self.first_contact,
            "right": dict(zip(("accepted", "total"), self.as_wanted(True), strict=True)),
            "wrong": dict(zip(("refused", "total"), self.as_wanted(False), strict=True)),
            "recognised": {
                group: dict(zip(("recognised", "total"), self.recognised(group), strict=True))
                for group in GOALS
            },
            "pointed_at": sum(tried.pointed for tried in self.missed()),
            "below_goals": self.below_goals(),
            "missed": [_name(tried.trial) for tried in self.missed()],
            "left_out": self.left_out,
            "seconds": round(self.seconds, 1),
        }


def release_of(notebook: NotebookNode, source: Path) -> str:
    """Return the fingerprint of what learners read of a module: its cells, and what its forms say."""
    texts = [[cell.cell_type, cell.source] for cell in notebook.cells]
    public = json.loads((source / EXERCISES).read_text(encoding="utf-8"))["exercises"]
    return fingerprint.of(json.dumps(texts), json.dumps(public, sort_keys=True))[:12]


def try_all(
    built: BuiltModule, private: Mapping[str, Any], release: str, by_code: ByCode | None, forks: Executor
) -> list[RoundReport]:
    """Judge every trial of a module, forms in this process and code by `by_code` (None: left out); raise ModuleError."""
    forms = Forms(built, private)
    return [_round(one, forms, release, by_code, forks) for one in load_trials(built.module)]


def without_trials(built: BuiltModule, reports: Sequence[RoundReport]) -> list[str]:
    """Return a French sentence for each exercise that no round tries, if there are rounds at all."""
    tried = {one.trial.exercise for report in reports for one in report.tried}
    graded = [key for key, exercise in built.module.exercises.items() if not exercise.is_free]
    return [WITHOUT.format(key=key) for key in graded if reports and key not in tried]


class Forms:
    """Judges answers by form, on the tables of a built module, and knows what its messages name."""

    def __init__(self, built: BuiltModule, private: Mapping[str, Any]):
        self._module, self._exercises = built.module, load_exercises(built.source).exercises
        self._private = private["exercises"]

    def verdicts(self, key: str, value: Any) -> list[dict[str, Any]]:
        """Return the verdict on the sealed table, then on the clear one."""
        exercise, clear = self._exercises[key], self._private[key]["form"]
        value = entered(exercise.form or {}, value)
        table = ClearTable.from_json(clear["table"])
        found = [
            judge_value(exercise, "form", value, exercise.questions["form"].sealed, {}),
            judge_value(exercise, "form", value, table, clear["hidden"]),
        ]
        return [{"state": one.state, "outcomes": one.outcomes, "messages": one.messages} for one in found]

    def tried(self, trial: Trial, verdicts: Sequence[Verdict]) -> Tried:
        """Sort what was said of a trial."""
        seen, graded = verdicts
        named = self._names(trial, graded)
        pointed = not named and bool(set(graded["outcomes"]) - {"extra", "right"})
        exercise = self._module.exercises[trial.exercise]
        number = trial.way == "form" and exercise.form["widget"] in ("number", "slider")
        hidden = trial.way == "code" and "hidden" in exercise.answer
        return Tried(
            trial, seen, graded, named, pointed, number, tuple(_problems(trial, seen, graded, hidden))
        )

    def _names(self, trial: Trial, verdict: Verdict) -> bool:
        """Tell whether a verdict names the cause of a wrong answer: a mistake of the author's, a slip, why it cannot be read or is not there."""
        if verdict["state"] == "problem":
            return True
        exercise = self._module.exercises[trial.exercise]
        known = SLIPS | CAUSES | {mistake.id for mistake in exercise.mistakes}
        spec = self._exercises[trial.exercise].questions["form"].spec
        kind = kind_of(spec["kind"])
        told = {outcome for _, _, outcome, _ in kind.told(spec)} if isinstance(kind, Teller) else set()
        return bool((known | told) & set(verdict["outcomes"]))


def _round(
    written: Round, forms: Forms, release: str, by_code: ByCode | None, forks: Executor
) -> RoundReport:
    began = time.monotonic()
    report = RoundReport(written.number, written.release == release)
    by_form = [trial for trial in written.trials if trial.attempt.code is None]
    coded = [(trial, trial.attempt.code) for trial in written.trials if trial.attempt.code is not None]
    if by_code is None:
        report.left_out = len(coded)
    else:
        answers = [(trial, forks.submit(by_code, trial.exercise, code)) for trial, code in coded]
        report.tried += [forms.tried(trial, answer.result()) for trial, answer in answers]
    report.tried += [
        forms.tried(trial, forms.verdicts(trial.exercise, trial.attempt.form)) for trial in by_form
    ]
    report.seconds = time.monotonic() - began
    return report


def _problems(trial: Trial, seen: Verdict, graded: Verdict, hidden: bool) -> Iterator[str]:
    """Yield what is wrong with the verdicts on a trial; with hidden cases, learners cannot be told what grading says."""
    right = graded["state"] == "right"
    if right != trial.right:
        yield (REFUSED if trial.right else ACCEPTED).format(trial=_name(trial))
    # Learners alone are told that their cell stopped, which grading says elsewhere: neither is judged.
    stopped = seen["state"] == graded["state"] == "unanswered"
    if seen != graded and not hidden and not stopped:
        yield DIFFERENT.format(trial=_name(trial), seen=seen["state"], graded=graded["state"])


def _name(trial: Trial) -> str:
    """Return how to find a trial in its file."""
    written = trial.attempt.form if trial.attempt.code is None else trial.attempt.code
    way = "le formulaire" if trial.way == "form" else "le code"
    return f"exercice « {trial.exercise} », par {way}, {json.dumps(written, ensure_ascii=False)[:80]}"
