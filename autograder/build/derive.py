"""The grader, derived: run the solution, the alternatives and the mistakes, and see what each gives.

A module is refused when a mistake would pass, an alternative would fail, or two mistakes cannot be told apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from autograder.build import questions, slips
from autograder.build.running import Raised, attempt, quiet_folder, run_cell, solution_of
from autograder.checks.explorer import reduced
from autograder.checks.judge import exact_share, judge
from autograder.checks.kinds import KINDS
from autograder.checks.outcomes import PROBLEM_FACET, RIGHT, ClearTable, Entries, Outcome
from autograder.checks.reading import Problem, Teller
from autograder.checks.verdict import Verdict, Way
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.model import ExerciseSpec, Mistake, Module
from autograder.modules.notebook_text import TextCell

COMPUTE = "compute"
"""The only key of a form's value that its author leaves to compute from the notebook's variables."""


@dataclass
class Derived:
    """What running an exercise's answers gave.

    `alternatives` are the indexes of those that pass; `shares` gives the share of the points that each mistake earns. With other
    parameters than the author's, both leave out what is only true of the author's data.
    """

    spec: ExerciseSpec
    tables: dict[Way, ClearTable] = field(default_factory=dict)
    facets: dict[Way, int] = field(default_factory=dict)
    form_alternatives: dict[int, Any] = field(default_factory=dict)
    form_value: Any = None
    form_mistakes: dict[str, Any] = field(default_factory=dict)
    alternatives: list[int] = field(default_factory=list)
    shares: dict[str, float] = field(default_factory=dict)


@dataclass
class _Exercise:
    """An exercise being derived: where it stands, and what must be refused about it."""

    module: Module
    spec: ExerciseSpec
    cell: TextCell | None
    namespace: dict[str, Any]
    refused: list[Finding] = field(default_factory=list)
    doubtful: list[Finding] = field(default_factory=list)

    def value(self, code: str | None) -> Any:
        assert self.cell is not None
        return attempt(self.module, self.spec, self.cell, code, self.namespace)

    def finding(self, message: str, *place: str | int) -> Finding:
        return self.module.answers.finding(f"exercice « {self.spec.id} » : {message}", self.spec.id, *place)

    def refuse(self, message: str, *place: str | int) -> None:
        """Refuse the exercise as it stands."""
        self.refused.append(self.finding(message, *place))

    def doubt(self, message: str, *place: str | int) -> None:
        """Refuse an alternative or a mistake; with other parameters than the author's, it is only set aside."""
        self.doubtful.append(self.finding(message, *place))


def derive(module: Module, parameters: Mapping[str, Any]) -> dict[str, Derived]:
    """Run the module's cells in order and return what each exercise's grader must know.

    `parameters` replace the values of the `parameters` cell. Raises ModuleError with every refusal.
    """
    findings: list[Finding] = []
    derived: dict[str, Derived] = {}
    namespace: dict[str, Any] = {"__name__": "__main__"}

    def add(spec: ExerciseSpec, cell: TextCell | None) -> None:
        exercise = _Exercise(module, _computed(spec, namespace), cell, namespace)
        derived[spec.id] = _derive(exercise)
        findings.extend(exercise.refused if parameters else exercise.refused + exercise.doubtful)

    with quiet_folder():
        for cell in module.cells:
            if cell.kind != "code" or cell.role == "check":
                continue
            if cell.role == "answer" and cell.exercise:
                add(module.exercises[cell.exercise], cell)
            try:
                run_cell(module, cell, namespace)
            except Exception as error:
                reason = str(error).rstrip(".")
                message = f"cette cellule s’arrête sur {type(error).__name__} : {reason}. Corrigez-la."
                raise ModuleError(
                    [*findings, Finding(module.folder / "notebook.md", cell.line, message)]
                ) from error
            if cell.role == "parameters":
                findings += _unknown(module, cell, namespace, parameters)
                namespace.update(parameters)
        for spec in module.exercises.values():
            if spec.solution is None and not spec.is_free:
                add(spec, None)
    if findings:
        raise ModuleError(findings)
    return derived


def _unknown(
    module: Module, cell: TextCell, namespace: dict[str, Any], parameters: Mapping[str, Any]
) -> list[Finding]:
    """Return a finding for each parameter that the module does not have."""
    return [
        Finding(module.folder / "notebook.md", cell.line, f"ce module n’a pas de paramètre « {name} ».")
        for name in parameters
        if name not in namespace
    ]


def _derive(exercise: _Exercise) -> Derived:
    """Build the tables of one exercise, and note whatever must be refused."""
    result = Derived(exercise.spec)
    truths = _truths(exercise)
    if truths is None:
        return result
    result.form_value = truths["form"]
    attempts = _attempts(exercise, truths, result)
    for way in questions.ways(exercise.spec):
        spec = {**questions.spec(exercise.spec, way), **questions.hidden(exercise.spec, way)}
        if spec["kind"] == "number" and "tolerance" not in spec and not float(truths[way]).is_integer():
            exercise.refuse(
                f"la réponse n’est pas un nombre entier ({truths[way]}) : donnez une « tolerance ».", "answer"
            )
            continue
        try:
            result.tables[way], result.facets[way] = _table(exercise.spec, spec, truths[way], attempts[way])
        except Problem as problem:
            exercise.refuse(
                f"la solution est refusée par son propre contrôle ({way}) : {problem.message}", "answer"
            )
            continue
        _prove(exercise, way, spec, truths[way], attempts[way], result)
    return result


def _truths(exercise: _Exercise) -> dict[Way, Any] | None:
    """Return the right value of each way, or None after a refusal."""
    truths: dict[Way, Any] = {}
    if exercise.cell is not None:
        truths["code"] = exercise.value(None)
        if isinstance(truths["code"], Raised) or truths["code"] is None:
            exercise.refuse(
                f"la solution ne donne pas de valeur à « {exercise.spec.answer.get('name')} » ({truths['code']})."
            )
            return None
    form = exercise.spec.form.get("solution", truths.get("code"))
    if isinstance(form, Raised):
        exercise.refuse(f"la solution du formulaire ne se calcule pas ({form.error}).", "form", "solution")
        return None
    if form is None:
        exercise.refuse(
            "il faut une cellule de réponse avec sa solution, ou « solution » dans le formulaire.", "form"
        )
        return None
    truths["form"] = _plain(form)
    return truths


def _attempts(
    exercise: _Exercise, truths: dict[Way, Any], result: Derived
) -> dict[Way, list[tuple[Mistake, Any]]]:
    """Return the value that each mistake gives, in each way in which it can be made."""
    attempts: dict[Way, list[tuple[Mistake, Any]]] = {"code": [], "form": []}
    shared = questions.same_question(exercise.spec)
    for mistake in exercise.spec.mistakes:
        if mistake.code is not None:
            value = exercise.value(mistake.code)
            attempts["code"].append((mistake, value))
            if shared and not isinstance(value, Raised):
                attempts["form"].append((mistake, _plain(value)))
        else:
            value = form_value(mistake, truths["form"], exercise.spec)
            result.form_mistakes[mistake.id] = None if isinstance(value, Raised) else value
            value = reduced(value, exercise.spec.form)
            attempts["form"].append((mistake, value))
            if shared and "code" in truths:
                attempts["code"].append((mistake, value))
    return attempts


def _table(
    exercise: ExerciseSpec, spec: Mapping[str, Any], truth: Any, attempts: list[tuple[Mistake, Any]]
) -> tuple[ClearTable, int]:
    """Return the outcome table of a way, and how many look-ups one answer needs."""
    kind = KINDS[spec["kind"]]
    reading = kind.read(truth, spec)
    entries: Entries = {}
    for facet, canonical, share in kind.shares(truth, spec):
        right = share > 0
        entries[facet, canonical] = Outcome(
            RIGHT if right else "extra",
            share,
            exercise.success if right else "",
            solution_of(exercise.solution) if share >= 1 else "",
        )
    if isinstance(kind, Teller):
        for facet, canonical, outcome, message in kind.told(spec):
            entries[facet, canonical] = Outcome(outcome, 0.0, message)
    slip_list = slips.of_number(truth, spec) if spec["kind"] == "number" else []
    for mistake, value in [*attempts, *slip_list]:
        for place in _places(mistake, value, spec):
            known = entries.get(place)
            if reading.get(place[0]) == place[1] or (known is not None and known.id != "extra"):
                continue
            whole = len(reading) == 1 or place[0] in ("", PROBLEM_FACET)
            share = known.share if known else (mistake.credit if whole else 0.0)
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


def _prove(
    exercise: _Exercise,
    way: Way,
    spec: Mapping[str, Any],
    truth: Any,
    attempts: list[tuple[Mistake, Any]],
    result: Derived,
) -> None:
    """Judge what the author wrote with the table of a way; doubt what does not come out as written."""
    author = exercise.spec

    def verdict(value: Any) -> Verdict:
        if isinstance(value, Raised):
            return Verdict("problem", 0, author.points, [])
        return judge(value, spec, result.tables[way], author.points, author.otherwise, way)

    if verdict(truth).state != "right":
        exercise.refuse(f"la solution n’obtient pas tous les points ({way}).", "answer")
    if spec["kind"] == "order" and list(spec["options"]) == list(truth):
        exercise.refuse(
            "les étapes sont affichées dans le bon ordre : mélangez « options ».", "form", "options"
        )
    for index, alternative in enumerate(author.alternatives):
        if (alternative.code is not None) != (way == "code"):
            continue
        value = reduced(alternative.form, author.form) if way == "form" else exercise.value(alternative.code)
        if way == "form":
            result.form_alternatives[index] = None if isinstance(value, Raised) else alternative.form
        if verdict(value).state == "right":
            result.alternatives.append(index)
        else:
            shown = value.error if isinstance(value, Raised) else repr(value)[:60]
            exercise.doubt(
                f"l’alternative {index + 1} est refusée ({shown}) ; élargissez la réponse acceptée.",
                "alternatives",
                index,
            )
    for mistake, value in attempts:
        index = author.mistakes.index(mistake)
        judged = verdict(value)
        own = (mistake.code is not None) == (way == "code")
        if judged.state == "right":
            exercise.doubt(
                f"l’erreur « {mistake.id} » passerait pour juste ({repr(value)[:60]}).", "mistakes", index
            )
        elif own and mistake.id not in judged.outcomes:
            other = ", ".join(judged.outcomes) or "aucune"
            exercise.doubt(
                f"l’erreur « {mistake.id} » ne se distingue pas : sa réponse ({repr(value)[:60]}) "
                f"est prise pour « {other} ».",
                "mistakes",
                index,
            )
        elif own:
            result.shares[mistake.id] = exact_share(value, spec, result.tables[way])
    messages = [mistake.message for mistake in author.mistakes]
    if len(set(messages)) < len(messages):
        exercise.refuse("deux erreurs ont le même message : écrivez à chacune le sien.", "mistakes")


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


def _compute(expression: str, namespace: Mapping[str, Any]) -> Any:
    """Return the value of `expression`, or of `package.module:expression`, which knows the names of that module too."""
    module, colon, rest = expression.partition(":")
    if colon and all(part.isidentifier() for part in module.split(".")):
        return eval(rest, {**namespace, **vars(import_module(module))})
    return eval(expression, dict(namespace))


def _computed(spec: ExerciseSpec, namespace: Mapping[str, Any]) -> ExerciseSpec:
    """Return an exercise with its computed values in place of their expressions; Raised where one cannot be."""

    def known(value: Any) -> Any:
        if not isinstance(value, Mapping) or list(value) != [COMPUTE]:
            return value
        try:
            return _plain(_compute(value[COMPUTE], namespace))
        except Exception as error:
            return Raised(error)

    return replace(
        spec,
        form={key: known(value) for key, value in spec.form.items()},
        alternatives=tuple(replace(one, form=known(one.form)) for one in spec.alternatives),
        mistakes=tuple(replace(one, form=known(one.form)) for one in spec.mistakes),
    )


def _plain(value: Any) -> Any:
    """Return a value as the form's JSON would hold it."""
    if hasattr(value, "item") and getattr(value, "size", 1) == 1:
        return value.item()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
