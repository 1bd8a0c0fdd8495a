"""The check cell: `check("mediane")` reads the variable and the answers file, keeps the better, returns a verdict."""

import contextlib
import io
import json
import sys
import warnings
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from autograder.activities import registry
from autograder.checks import answer_cells, cell_order, last_cell, live
from autograder.checks.answers import AnswersFile
from autograder.checks.errors import explain
from autograder.checks.exercises import Exercise, ExercisesError, ExerciseSet, load_exercises
from autograder.checks.judge import judge
from autograder.checks.last_cell import Said
from autograder.checks.outcomes import ClearTable, Table
from autograder.checks.verdict import Verdict, Way
from autograder.contract.kinds import Unreadable
from autograder.contract.names import is_grading, private_tables

NOT_RUN = "La variable `{name}` n’existe pas : la cellule de réponse n’a pas été exécutée, ou s’est arrêtée avant la fin."

RANKS = {"right": 4, "partial": 3, "wrong": 2, "problem": 1}


def check(exercise_id: str) -> Verdict:
    """Judge the answer to an exercise of the notebook that calls it: by code, by form, or the better of both."""
    folder = Path.cwd()
    try:
        verdict = _check(exercise_id, sys._getframe(1).f_globals, folder)
    except ExercisesError as error:
        if is_grading():
            raise  # grading fails closed: no silent zero
        return Verdict("problem", 0, 0, [str(error)])
    _remember(folder, exercise_id, verdict)
    return live.shown(folder, exercise_id, verdict)


def refresh(exercise_id: str, folder: Path) -> None:
    """Bring the verdict that the check cell of an exercise shows up to date, after an answer by form."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None:
        live.bring_up_to_date(exercise_id, _check(exercise_id, shell.user_ns, folder))


def judge_form(exercise_id: str, folder: Path) -> Verdict:
    """Judge the saved form answer to an exercise of the notebook in `folder`, and remember the verdict; raise ExercisesError if it is unknown."""
    verdict = judge_saved(exercise_id, folder)
    _remember(folder, exercise_id, verdict)
    return verdict


def judge_saved(exercise_id: str, folder: Path) -> Verdict:
    """Judge the saved form answer to an exercise, as `judge_form`, and leave no trace."""
    exercises = load_exercises(folder)
    exercise, answers = exercises.find(exercise_id), AnswersFile(folder, exercises.module)
    value = answers.get(exercise_id)
    if value is None:
        return _unanswered(exercise, [answers.problem] if answers.problem else [])
    return _judge_way(exercises, exercise, "form", value)


def _check(exercise_id: str, namespace: Mapping[str, Any], folder: Path) -> Verdict:
    exercises = load_exercises(folder)
    exercise, answers = exercises.find(exercise_id), AnswersFile(folder, exercises.module)
    verdicts = []
    name = exercise.answer.get("name", "")
    found, stale = namespace.get(name), _stale(name, folder / f"{exercises.module}.ipynb")
    # By identity: a table compared with None gives a table, and a learner's object may raise.
    if "code" in exercise.questions and found is not None and found is not ... and not stale:
        verdicts.append(_judge_way(exercises, exercise, "code", found))
    value = answers.get(exercise_id)
    if "form" in exercise.questions and value is not None:
        verdicts.append(_judge_way(exercises, exercise, "form", value))
    if verdicts:
        best = max(verdicts, key=lambda verdict: (verdict.points, RANKS[verdict.state]))
        notes = [stale] if stale else [*_warnings(name, best), *_hidden_by(best, verdicts)]
        return replace(best, messages=[*notes, *best.messages])
    if stale:
        return _stopped(exercise, stale)
    said = _absent(name, namespace) if "code" in exercise.questions else None
    notes = [answers.problem] if answers.problem else []
    return _unanswered(exercise, [*notes, *([said.text] if said else [])], said.cause if said else "")


def _hidden_by(best: Verdict, verdicts: list[Verdict]) -> list[str]:
    """Return what is said to the learner of a code that a better answer by form hides."""
    worse = [verdict for verdict in verdicts if verdict.way == "code" and verdict.points < best.points]
    if is_grading() or not worse:
        return []
    said = " ".join(worse[0].messages)
    return [
        f"**Votre code n’est pas encore juste.** {said} C’est votre réponse par le formulaire qui compte."
    ]


def _stale(name: str, notebook: Path) -> str | None:
    """Return why grading would not find this value of a name; grading itself has just run the notebook in order, in a new Python."""
    if is_grading():
        return None
    cells = answer_cells.CELLS
    return cells.why_stale(name) or cells.too_early(name, cell_order.places(notebook))


def _warnings(name: str, best: Verdict) -> list[str]:
    """Return what is said of a variable that may not be the one that grading reads."""
    said = None if is_grading() or best.way != "code" else answer_cells.CELLS.warning(name)
    return [said] if said else []


def _judge_way(exercises: ExerciseSet, exercise: Exercise, way: Way, value: Any) -> Verdict:
    table, hidden = _table(exercises, exercise.id, way)
    return judge_value(exercise, way, value, table, hidden)


def judge_value(exercise: Exercise, way: Way, value: Any, table: Table, hidden: Mapping[str, Any]) -> Verdict:
    """Judge one answer by a table of outcomes; `hidden` are the options that only grading knows. Never raises for the answer."""
    spec = {**exercise.questions[way].spec, **hidden}
    quiet = io.StringIO()
    # A warning or a print on the way would cost the points: nbgrader scores any stderr as zero.
    with warnings.catch_warnings(), contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        warnings.simplefilter("ignore")
        try:
            if way == "form" and not isinstance(value, Unreadable):
                value = registry.judged(exercise.form or {}, value)
            return judge(value, spec, table, exercise.points, exercise.otherwise, way, exercise.landmarks)
        except (Exception, SystemExit) as error:  # a learner's object may raise from any operation
            message = f"Votre réponse n’a pas pu être lue. {explain(error) or type(error).__name__}"
            return Verdict("problem", 0, exercise.points, [message], way=way)


def _remember(folder: Path, exercise_id: str, verdict: Verdict) -> None:
    exercises = load_exercises(folder)
    live.remember(folder, exercises.module, exercises.version, exercise_id, verdict)


def _stopped(exercise: Exercise, stale: str) -> Verdict:
    """Return what is said where the notebook gives the answer no more; with the error of the last cell, if it stopped on one."""
    last = last_cell.LAST.stopped()
    causes = [last.cause] if last and last.cause else []
    return Verdict("unanswered", 0, exercise.points, [stale, *([last.text] if last else [])], causes)


def _absent(name: str, namespace: Mapping[str, Any]) -> Said | None:
    """Return why the variable of an answer holds nothing; None while its cell is as it was given."""
    if name not in namespace:
        return last_cell.LAST.why_missing(name) or Said(NOT_RUN.format(name=name))
    return last_cell.LAST.why_none(name, answer_cells.CELLS.giver(name)) if namespace[name] is None else None


def _unanswered(exercise: Exercise, notes: list[str], cause: str = "") -> Verdict:
    text = "Pas de réponse au moment où cette cellule a été exécutée."
    if "form" in exercise.questions:
        text += " Si vous répondez par le formulaire, le résultat s’affiche dans le formulaire."
    if "code" in exercise.questions:
        text += " Si vous répondez par le code, exécutez votre cellule, puis celle-ci."
    return Verdict("unanswered", 0, exercise.points, [*notes, text], [cause] if cause else [])


def _table(exercises: ExerciseSet, exercise_id: str, way: Way) -> tuple[Table, Mapping[str, Any]]:
    """Return the table that judges an answer, and the options that only grading knows."""
    folder = private_tables()
    if folder is None:
        return exercises.exercises[exercise_id].questions[way].sealed, {}
    private = _private(exercises, folder)[exercise_id][way]
    return ClearTable.from_json(private["table"]), private["hidden"]


def _private(exercises: ExerciseSet, folder: Path) -> dict[str, Any]:
    path = folder / f"{exercises.module}.json"
    try:
        data = _read_private(path, path.stat().st_mtime_ns)
    except (OSError, ValueError) as error:
        raise ExercisesError(
            f"La table de correction du module « {exercises.module} » est introuvable ou abîmée. "
            f"Lancez « campus build {exercises.module} », puis recommencez la correction."
        ) from error
    if data["version"] != exercises.version:
        raise ExercisesError(
            f"Le carnet est de la version {exercises.version} du module « {exercises.module} », la table de correction "
            f"de la version {data['version']}. Corrigez avec la version rendue aux apprenants."
        )
    return dict(data["exercises"])


@cache
def _read_private(path: Path, _mtime_ns: int) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))
