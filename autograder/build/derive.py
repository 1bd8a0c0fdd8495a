"""The grader, derived: run the solution, the alternatives and the mistakes, and see what each gives.

A module is refused when a mistake would pass, an alternative would fail, or two mistakes cannot be told apart.
"""

import ast
import contextlib
import copy
import io
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.build import questions, slips
from autograder.checks.judge import judge
from autograder.checks.kinds import KINDS
from autograder.checks.outcomes import PROBLEM_FACET, RIGHT, ClearTable, Entries, Outcome
from autograder.checks.reading import Problem
from autograder.checks.verdict import Verdict, Way
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.model import ExerciseSpec, Mistake, Module
from autograder.modules.notebook_text import TextCell

SOLUTION = re.compile(r"^[ \t]*### BEGIN SOLUTION.*?^[ \t]*### END SOLUTION[ \t]*$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Raised:
    """Stands for the value of an attempt whose code raised."""

    error: Exception


@dataclass
class Derived:
    """What running an exercise's answers gave. `shares`: mistake id -> share of the points that it earns, by way."""

    tables: dict[Way, ClearTable] = field(default_factory=dict)
    facets: dict[Way, int] = field(default_factory=dict)
    form_value: Any = None
    form_mistakes: dict[str, Any] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)


def derive(module: Module, parameters: Mapping[str, Any]) -> dict[str, Derived]:
    """Run the module's cells in order and return what each exercise's grader must know.

    `parameters` replace the values of the `parameters` cell. Raises ModuleError with every refusal.
    """
    findings: list[Finding] = []
    derived: dict[str, Derived] = {}
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with _quiet_folder():
        for cell in module.cells:
            if cell.kind != "code" or cell.role == "check":
                continue
            if cell.role == "answer":
                assert cell.exercise is not None
                derived[cell.exercise] = _derive(
                    module, module.exercises[cell.exercise], cell, namespace, findings
                )
            try:
                _run(cell.source, namespace, module.folder / "notebook.md", cell.line)
            except Exception as error:
                message = f"cette cellule s’arrête sur {type(error).__name__} : {error}. Corrigez-la."
                raise ModuleError(
                    [*findings, Finding(module.folder / "notebook.md", cell.line, message)]
                ) from error
            if cell.role == "parameters":
                namespace.update(parameters)
        for exercise in module.exercises.values():
            if exercise.solution is None and not exercise.is_free:
                derived[exercise.id] = _derive(module, exercise, None, namespace, findings)
    if findings:
        raise ModuleError(findings)
    return derived


def _derive(
    module: Module,
    exercise: ExerciseSpec,
    cell: TextCell | None,
    namespace: dict[str, Any],
    findings: list[Finding],
) -> Derived:
    """Build the tables of one exercise, and add to `findings` whatever must be refused."""
    result = Derived()

    def refuse(message: str, *place: str | int) -> None:
        findings.append(
            module.answers.finding(f"exercice « {exercise.id} » : {message}", exercise.id, *place)
        )

    def value_of(code: str | None) -> Any:
        assert cell is not None
        return _attempt(module, exercise, cell, code, namespace)

    truths: dict[Way, Any] = {}
    if cell is not None:
        truths["code"] = value_of(None)
        if isinstance(truths["code"], Raised) or truths["code"] is None:
            refuse(
                f"la solution ne donne pas de valeur à « {exercise.answer.get('name')} » ({truths['code']})."
            )
            return result
    form_truth = exercise.form.get("solution", truths.get("code"))
    if form_truth is None:
        refuse("il faut une cellule de réponse avec sa solution, ou « solution » dans le formulaire.", "form")
        return result
    truths["form"] = result.form_value = _plain(form_truth)

    attempts: dict[Way, list[tuple[Mistake, Any]]] = {"code": [], "form": []}
    for mistake in exercise.mistakes:
        if mistake.code is not None:
            value = value_of(mistake.code)
            attempts["code"].append((mistake, value))
            if questions.same_question(exercise) and not isinstance(value, Raised):
                attempts["form"].append((mistake, _plain(value)))
        else:
            form = form_value(mistake, result.form_value, exercise)
            result.form_mistakes[mistake.id] = form
            attempts["form"].append((mistake, form))
            if "code" in truths and questions.same_question(exercise):
                attempts["code"].append((mistake, form))

    for way in questions.ways(exercise):
        spec = {**questions.spec(exercise, way), **questions.hidden(exercise, way)}
        kind = KINDS[spec["kind"]]
        if spec["kind"] == "number" and "tolerance" not in spec and not float(truths[way]).is_integer():
            refuse(
                f"la réponse n’est pas un nombre entier ({truths[way]}) : donnez une « tolerance ».", "answer"
            )
            continue
        try:
            table, facets = _table(exercise, way, spec, truths[way], attempts[way])
        except Problem as problem:
            refuse(f"la solution est refusée par son propre contrôle ({way}) : {problem.message}", "answer")
            continue
        result.tables[way], result.facets[way] = table, facets

        def verdict(
            value: Any, way: Way = way, spec: Mapping[str, Any] = spec, table: ClearTable = table
        ) -> Verdict:
            if isinstance(value, Raised):
                return Verdict("problem", 0, exercise.points, [])
            return judge(value, spec, table, exercise.points, exercise.otherwise, way)

        if verdict(truths[way]).state != "right":
            refuse(f"la solution n’obtient pas tous les points ({way}).", "answer")
        if kind is KINDS["order"] and list(spec["options"]) == list(truths[way]):
            refuse("les étapes sont affichées dans le bon ordre : mélangez « options ».", "form", "options")
        for index, alternative in enumerate(exercise.alternatives):
            if (alternative.code is not None) != (way == "code"):
                continue
            value = alternative.form if way == "form" else value_of(alternative.code)
            if verdict(value).state != "right":
                shown = value.error if isinstance(value, Raised) else repr(value)[:60]
                refuse(
                    f"l’alternative {index + 1} est refusée ({shown}) ; élargissez la réponse acceptée.",
                    "alternatives",
                    index,
                )
        messages: dict[str, str] = {}
        for index, mistake in enumerate(exercise.mistakes):
            for tried, value in attempts[way]:
                if tried is not mistake:
                    continue
                judged = verdict(value)
                direct = (mistake.code is not None) == (way == "code")
                if judged.state == "right":
                    refuse(
                        f"l’erreur « {mistake.id} » passerait pour juste ({repr(value)[:60]}).",
                        "mistakes",
                        index,
                    )
                elif direct and mistake.id not in judged.outcomes:
                    other = ", ".join(judged.outcomes) or "aucune"
                    refuse(
                        f"l’erreur « {mistake.id} » ne se distingue pas : sa réponse ({repr(value)[:60]}) "
                        f"est prise pour « {other} ».",
                        "mistakes",
                        index,
                    )
                elif direct:
                    result.shares[mistake.id] = judged.points / exercise.points
                    messages[mistake.id] = mistake.message
        if len(set(messages.values())) < len(messages):
            refuse("deux erreurs ont le même message : écrivez à chacune le sien.", "mistakes")
    return result


def _table(
    exercise: ExerciseSpec, way: Way, spec: Mapping[str, Any], truth: Any, attempts: list[tuple[Mistake, Any]]
) -> tuple[ClearTable, int]:
    """Return the outcome table of a way, and how many look-ups one answer needs."""
    kind = KINDS[spec["kind"]]
    reading = kind.read(truth, spec)
    entries: Entries = {}
    for facet, canonical, share in kind.shares(truth, spec):
        right = share > 0
        entries[facet, canonical] = Outcome(
            RIGHT if right else "extra", share, exercise.success if right else ""
        )
    slip_list = slips.of_number(truth, spec) if spec["kind"] == "number" else []
    for mistake, value in [*attempts, *slip_list]:
        for place in _places(mistake, value, spec):
            known = entries.get(place)
            if reading.get(place[0]) == place[1] or (known is not None and known.id != "extra"):
                continue
            share = (
                known.share
                if known
                else (mistake.credit if len(reading) == 1 or place[0] in ("", PROBLEM_FACET) else 0.0)
            )
            entries[place] = Outcome(mistake.id, share, mistake.message)
    return ClearTable(entries), len(reading)


def _places(mistake: Mistake, value: Any, spec: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the (facet, canonical) pairs by which a mistake is recognised."""
    if mistake.before is not None:
        return [("<".join(mistake.before), "yes")]
    if isinstance(value, Raised):
        return []
    try:
        return KINDS[spec["kind"]].near(value, spec)
    except Problem as problem:
        return [(PROBLEM_FACET, problem.code)]


def form_value(mistake: Mistake, right: Any, exercise: ExerciseSpec) -> Any:
    """Return the whole form answer that a mistake written on the form stands for."""
    if mistake.pick is not None:
        return mistake.pick if exercise.form["widget"] == "choice" else [*right, mistake.pick]
    if mistake.miss is not None:
        return [key for key in right if key != mistake.miss]
    if mistake.match is not None:
        return {**right, **mistake.match}
    if mistake.before is not None:
        early, late = mistake.before
        rest = [key for key in right if key != early]
        place = rest.index(late)
        return [*rest[:place], early, *rest[place:]]
    return mistake.form


def _attempt(
    module: Module, exercise: ExerciseSpec, cell: TextCell, code: str | None, namespace: dict[str, Any]
) -> Any:
    """Return the value that the answer cell gives with `code` in place of its solution (None: the solution)."""
    source = cell.source if code is None else with_code(cell.source, code)
    copied = {name: _copy(value) for name, value in namespace.items()}
    try:
        _run(source, copied, module.folder / "notebook.md", cell.line)
    except Exception as error:
        return Raised(error)
    return copied.get(exercise.answer.get("name", ""))


def with_code(source: str, code: str) -> str:
    """Return the source of an answer cell with `code` in place of its solution."""
    return SOLUTION.sub(lambda _: code.rstrip(), source)


def _copy(value: Any) -> Any:
    """Copy what an attempt could change in place; modules, functions and the like are shared."""
    mutable = {"DataFrame", "Series", "ndarray", "list", "dict", "set"}
    return copy.deepcopy(value) if type(value).__name__ in mutable else value


def _plain(value: Any) -> Any:
    """Return a value as the form's JSON would hold it."""
    if hasattr(value, "item") and getattr(value, "size", 1) == 1:
        return value.item()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _run(source: str, namespace: dict[str, Any], path: Path, line: int) -> None:
    tree = ast.increment_lineno(ast.parse(source, str(path)), line - 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(tree, str(path), "exec"), namespace)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@contextlib.contextmanager
def _quiet_folder() -> Iterator[None]:
    """Run authors' cells in an empty folder, without a screen, their prints dropped."""
    import matplotlib

    matplotlib.use("Agg")
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)
