"""The grader, derived: run the solution, the alternatives and the mistakes, and see what each gives.

A module is refused when a mistake would pass, an alternative would fail, or two mistakes cannot be told apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.activities import registry
from autograder.authoring import computed, number_mistakes, progress, questions, seen_numbers
from autograder.authoring.progress import Place
from autograder.authoring.running import (
    SLOW,
    CellRun,
    CellStopped,
    Raised,
    attempt,
    cause,
    quiet_folder,
    run_cell,
    solution_of,
    variables_after,
)
from autograder.authoring.values import plain, shown
from autograder.checks.judge import FULL, exact_share, judge
from autograder.checks.kinds import KINDS, kind_of, kind_of_widget
from autograder.checks.kinds.scalars import AS_WRITTEN, as_number, canonical_number
from autograder.checks.outcomes import PROBLEM_FACET, RIGHT, ClearTable, Entries, Outcome
from autograder.checks.verdict import Verdict, Way
from autograder.contract.forms import UnreadableAnswer
from autograder.contract.kinds import Counting, Problem, Teller
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.model import ExerciseSpec, Mistake, Module
from autograder.modules.notebook_text import TextCell

WAYS: dict[Way, str] = {"code": "par le code", "form": "par le formulaire"}


@dataclass
class Derived:
    """What running an exercise's answers gave.

    `mistake_values` are what the mistakes give, for people. `alternatives` are the indexes of those that pass; `shares` gives the share of the points that each mistake earns. With other
    parameters than the author's, both leave out what is only true of the author's data.
    """

    spec: ExerciseSpec
    tables: dict[Way, ClearTable] = field(default_factory=dict)
    facets: dict[Way, int] = field(default_factory=dict)
    form_alternatives: dict[int, Any] = field(default_factory=dict)
    form_value: Any = None
    code_value: Any = None
    form_mistakes: dict[str, Any] = field(default_factory=dict)
    mistake_values: dict[str, Any] = field(default_factory=dict)
    alternatives: list[int] = field(default_factory=list)
    shares: dict[str, float] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    """What is said of each number that stands in the tables of the question."""


@dataclass
class Observed:
    """What executing a module showed to its author: each cell with its time and output, the variables, what deserves a look."""

    cells: list[CellRun] = field(default_factory=list)
    namespace: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    warnings: list[Finding] = field(default_factory=list)

    def add(self, module: Module, run: CellRun) -> None:
        self.cells.append(run)
        if run.seconds > SLOW:
            message = (
                f"cette cellule prend {run.seconds:.0f} s de calcul : c’est long pour qui attend. Allégez-la."
            )
            self.warnings.append(Finding(module.folder / "notebook.md", run.cell.line, message))


@dataclass
class _Exercise:
    """An exercise being derived: where it stands, and what must be refused about it."""

    module: Module
    spec: ExerciseSpec
    cell: TextCell | None
    namespace: dict[str, Any]

    @property
    def written(self) -> ExerciseSpec:
        """The exercise with its expressions, before they are computed."""
        return self.module.exercises[self.spec.id]

    solved: dict[str, Any] = field(default_factory=dict)
    """The variables once the solution has run."""
    refused: list[Finding] = field(default_factory=list)
    doubtful: list[Finding] = field(default_factory=list)

    def value(self, code: str | None, what: str, *place: str | int) -> Any:
        """Return what the answer cell gives with `code`; `what` and `place` say whose code it is."""
        assert self.cell is not None
        self.at(f"{what} : son code", *place)
        return attempt(self.module, self.spec, self.cell, code, self.namespace)

    def at(self, what: str, *place: str | int) -> None:
        """Note that code of answers.yml is about to be executed."""
        line = self.module.answers.line(self.spec.id, *place)
        progress.at(Place(self.module.answers.path, line, f"exercice « {self.spec.id} » : {what}"))

    def finding(self, message: str, *place: str | int) -> Finding:
        return self.module.answers.finding(f"exercice « {self.spec.id} » : {message}", self.spec.id, *place)

    def refuse(self, message: str, *place: str | int) -> None:
        """Refuse the exercise as it stands."""
        self.refused.append(self.finding(message, *place))

    def doubt(self, message: str, *place: str | int) -> None:
        """Refuse an alternative or a mistake; with other parameters than the author's, it is only set aside."""
        self.doubtful.append(self.finding(message, *place))


def derive(
    module: Module, parameters: Mapping[str, Any], observed: Observed | None = None
) -> dict[str, Derived]:
    """Run the module's cells in order and return what each exercise's grader must know.

    `parameters` replace the values of the `parameters` cell; `observed` is filled. Raises ModuleError with every refusal.
    """
    observed = observed or Observed()
    derived: dict[str, Derived] = {}
    findings: list[Finding] = []
    namespace = observed.namespace

    def add(spec: ExerciseSpec, cell: TextCell | None) -> None:
        line = module.answers.line(spec.id, "form")
        progress.at(
            Place(module.answers.path, line, f"exercice « {spec.id} » : une valeur à calculer (compute)")
        )
        exercise = _Exercise(module, computed.with_values(spec, namespace), cell, namespace)
        derived[spec.id] = _derive(exercise)
        if cell is not None:
            observed.add(module, _run(module, cell, namespace, findings))
            _compare(exercise, derived[spec.id], namespace.get(spec.answer.get("name", "")))
        findings.extend(exercise.refused if parameters else exercise.refused + exercise.doubtful)

    with quiet_folder():
        for cell in module.cells:
            if cell.kind != "code" or cell.role == "check":
                continue
            if cell.role == "answer" and cell.exercise:
                add(module.exercises[cell.exercise], cell)
                continue
            observed.add(module, _run(module, cell, namespace, findings))
            if cell.role == "parameters":
                findings += _unknown(module, cell, namespace, parameters)
                namespace.update(parameters)
        for spec in module.exercises.values():
            if spec.solution is None and not spec.is_free:
                add(spec, None)
    if findings:
        raise ModuleError(list(dict.fromkeys(findings)))
    for key, one in derived.items():
        if any(questions.spec(one.spec, way)["kind"] == "number" for way in one.tables):
            one.numbers = seen_numbers.beside(module, key, observed.cells)
    return derived


def _run(module: Module, cell: TextCell, namespace: dict[str, Any], findings: list[Finding]) -> CellRun:
    """Execute a cell of the notebook; raise ModuleError, with what was found before, when it stops."""
    progress.at(Place(module.folder / "notebook.md", cell.line, "cette cellule"))
    try:
        return run_cell(module, cell, namespace, shown=True)
    except CellStopped as stopped:
        message = f"cette cellule {stopped}. Corrigez-la."
        where = Finding(module.folder / "notebook.md", stopped.line or cell.line, message)
        raise ModuleError([*findings, where]) from stopped


def _compare(exercise: _Exercise, derived: Derived, again: Any) -> None:
    """Refuse a solution that gives another value the second time: nothing else said of the exercise would then be true."""
    table = derived.tables.get("code")
    if table is None or exact_share(again, questions.whole_spec(exercise.spec, "code"), table) > FULL:
        return
    exercise.refused.clear()
    exercise.doubtful.clear()
    exercise.refuse(
        f"la solution, exécutée deux fois, donne {shown(derived.code_value)} puis {shown(again)}. Ôtez ce qui tient au hasard, "
        "à l’heure ou à ce qui précède (par exemple en fixant la graine dans la cellule)."
    )


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
    slips = list(computed.faults(exercise.written, exercise.spec, exercise.module.exercises))
    if slips:
        for place, message in slips:
            exercise.refuse(message, "form", *place)
        return result
    truths = _truths(exercise)
    if truths is None:
        return result
    result.form_value, result.code_value = truths["form"], truths.get("code")
    attempts = _attempts(exercise, truths, result)
    truths["form"] = registry.judged(exercise.spec.form, truths["form"])
    for way in questions.ways(exercise.spec):
        spec = questions.whole_spec(exercise.spec, way)
        try:
            _need_a_tolerance(exercise, spec, truths[way])
            steps = number_mistakes.on_the_way(
                exercise.written, truths[way], exercise.solved or exercise.namespace
            )
            result.tables[way], result.facets[way] = _table(
                exercise.spec, spec, truths[way], attempts[way], steps
            )
            _prove(exercise, way, spec, truths[way], attempts[way], result)
        except Problem as problem:
            exercise.refuse(
                f"la solution ({WAYS[way]}) vaut {shown(truths[way])}, ce que le genre « {spec['kind']} » n’accepte pas. "
                f"L’apprenant lirait : « {problem.message} »",
                "answer",
            )
        except Exception as error:  # whatever a value of the author's does to us is told at its place
            exercise.refuse(f"la comparaison des réponses ({WAYS[way]}) {cause(error)}.", "answer")
    return result


def _need_a_tolerance(exercise: _Exercise, spec: Mapping[str, Any], truth: Any) -> None:
    if spec["kind"] == "number" and "tolerance" not in spec and not as_number(truth).is_integer():
        exercise.refuse(
            f"la réponse n’est pas un nombre entier ({shown(truth)}) : donnez une « tolerance ».", "answer"
        )


def _truths(exercise: _Exercise) -> dict[Way, Any] | None:
    """Return the right value of each way, or None after a refusal."""
    truths: dict[Way, Any] = {}
    if exercise.cell is not None:
        exercise.at("la solution : son code")
        after = variables_after(exercise.module, exercise.cell, None, exercise.namespace)
        if isinstance(after, Raised):
            exercise.refuse(f"la solution {cause(after.error)}.")
            return None
        exercise.solved = after
        truths["code"] = after.get(exercise.spec.answer.get("name", ""))
        if truths["code"] is None:
            name = exercise.spec.answer.get("name")
            exercise.refuse(f"la solution ne donne pas de valeur à « {name} ».", "answer", "name")
            return None
    form = exercise.spec.form.get("solution", truths.get("code"))
    if form is None:
        exercise.refuse(
            "il faut une cellule de réponse avec sa solution, ou « solution » dans le formulaire.", "form"
        )
        return None
    truths["form"] = _entered(
        exercise, plain(form), exercise.refuse, "la solution du formulaire", "form", "solution"
    )
    return None if isinstance(truths["form"], Raised) else truths


def _entered(exercise: _Exercise, value: Any, tell: Callable[..., None], what: str, *place: str | int) -> Any:
    """Return a form's value as the form itself would read it; tell of one that it cannot hold, and return Raised."""
    from autograder.forms.values import read_value  # the widgets come with it: not for `campus check`

    try:
        if isinstance(value, Raised):
            tell(f"{what} ne se calcule pas ({value.error}).", *place)
            return value
        read = read_value(exercise.spec.form, value)
    except UnreadableAnswer as error:
        tell(f"{what} ({shown(value)}) ne peut pas être saisie dans ce formulaire. {error}", *place)
        return Raised(error)
    except Exception as error:  # a table, say, that nothing compares to an empty text
        tell(f"{what} ({shown(value)}) ne peut pas être saisie dans ce formulaire.", *place)
        return Raised(error)
    if read is None:
        tell(f"{what} est vide : personne ne peut la saisir.", *place)
        return Raised(ValueError("réponse vide"))
    return read


def _attempts(
    exercise: _Exercise, truths: dict[Way, Any], result: Derived
) -> dict[Way, list[tuple[Mistake, Any]]]:
    """Return the value that each mistake gives, in each way in which it can be made."""
    attempts: dict[Way, list[tuple[Mistake, Any]]] = {"code": [], "form": []}
    shared = questions.same_question(exercise.spec)
    for index, mistake in enumerate(exercise.spec.mistakes):
        if mistake.code is not None:
            value = exercise.value(mistake.code, f"l’erreur « {mistake.id} »", "mistakes", index)
            result.mistake_values[mistake.id] = value
            attempts["code"].append((mistake, value))
            if shared and not isinstance(value, Raised):
                attempts["form"].append((mistake, plain(value)))
        else:
            value = form_value(mistake, truths["form"], exercise.spec)
            what = f"l’erreur « {mistake.id} »"
            value = _entered(exercise, value, exercise.doubt, what, "mistakes", index)
            result.form_mistakes[mistake.id] = None if isinstance(value, Raised) else value
            result.mistake_values[mistake.id] = value
            value = registry.judged(exercise.spec.form, value)
            attempts["form"].append((mistake, value))
            if (
                (shared or questions.same_table(exercise.spec))
                and "code" in truths
                and not isinstance(value, Raised)
            ):
                attempts["code"].append((mistake, value))
    return attempts


def _table(
    exercise: ExerciseSpec,
    spec: Mapping[str, Any],
    truth: Any,
    attempts: list[tuple[Mistake, Any]],
    steps: list[tuple[Mistake, float]],
) -> tuple[ClearTable, int]:
    """Return the outcome table of a way, and how many look-ups one answer needs."""
    kind = kind_of(spec["kind"])
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
    for mistake, value in [*attempts, *_usual(exercise, spec, truth)]:
        for place in _places(mistake, value, spec):
            known = entries.get(place)
            if reading.get(place[0]) == place[1] or (known is not None and known.id != "extra"):
                continue
            whole = len(reading) == 1 or place[0] in ("", PROBLEM_FACET)
            share = known.share if known else (mistake.credit if whole else 0.0)
            entries[place] = Outcome(mistake.id, share, mistake.message)
    if isinstance(kind, Counting):
        _add_counts(entries, kind.counts(spec))
    if spec["kind"] == "number":
        _add_as_written(entries, as_number(truth), spec, attempts, steps)
    return ClearTable(entries), len(reading)


def _usual(exercise: ExerciseSpec, spec: Mapping[str, Any], truth: Any) -> list[tuple[Mistake, Any]]:
    """Return the wrong answers that anybody may give, with what each gives."""
    if spec["kind"] == "number":
        return number_mistakes.of_number(truth, spec)
    if spec["kind"] != kind_of_widget(exercise.form["widget"]):
        return []
    told = (slip for one in registry.of_form(exercise.form) for slip in one.slips(exercise.form))
    return [(Mistake(id=name, message=message), value) for name, message, value in told]


def _add_counts(entries: Entries, labels: Mapping[str, str]) -> None:
    """Add the slips on the parts that are whole numbers, where nothing is foreseen yet."""
    truths = [
        (facet, int(text))
        for (facet, text), known in entries.items()
        if facet in labels and known.id == RIGHT
    ]
    for facet, truth in truths:
        for slip, number in number_mistakes.of_count(truth, [other for _, other in truths]):
            message = f"**{labels[facet]}.** {slip.message}"
            entries.setdefault((facet, str(number)), Outcome(slip.id, 0.0, message))


def _add_as_written(
    entries: Entries,
    truth: float,
    spec: Mapping[str, Any],
    attempts: list[tuple[Mistake, Any]],
    steps: list[tuple[Mistake, float]],
) -> None:
    """Add the numbers that people write for a mistake: looked up as they are, when no tolerance reaches them."""
    kind = KINDS["number"]
    for mistake, number in number_mistakes.as_written(truth, [*attempts, *steps]):
        cell, place = kind.read(number, spec)[""], (AS_WRITTEN, canonical_number(number))
        known = entries.get(("", cell))
        if known is None:
            entries.setdefault(place, Outcome(mistake.id, mistake.credit, mistake.message))
        elif mistake is number_mistakes.ROUNDED and known.id not in (RIGHT, number_mistakes.ROUNDED.id):
            both = f"{known.message}\n\nOu bien : {mistake.message}"
            entries["", cell] = replace(known, message=both)


def _places(mistake: Mistake, value: Any, spec: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the (facet, canonical) pairs by which a mistake is recognised."""
    if mistake.before is not None:
        return [("<".join(mistake.before), "yes")]
    if isinstance(value, Raised):
        return []
    try:
        return kind_of(spec["kind"]).near(value, spec)
    except Problem as problem:
        return [(PROBLEM_FACET, problem.code)]


Judged = Callable[[Any], Verdict]


def _prove(
    exercise: _Exercise,
    way: Way,
    spec: Mapping[str, Any],
    truth: Any,
    attempts: list[tuple[Mistake, Any]],
    result: Derived,
) -> None:
    """Judge what the author wrote with the table of a way; doubt what does not come out as written."""
    author, table = exercise.spec, result.tables[way]

    def judged(value: Any) -> Verdict:
        if isinstance(value, Raised):
            return Verdict("problem", 0, author.points, [])
        return judge(value, spec, table, author.points, author.otherwise, way)

    if judged(truth).state != "right":
        exercise.refuse(f"la solution n’obtient pas tous les points ({WAYS[way]}).", "answer")
    if spec["kind"] == "order" and list(spec["options"]) == list(truth):
        exercise.refuse(
            "les étapes sont affichées dans le bon ordre : mélangez « options ».", "form", "options"
        )
    for index, alternative in enumerate(author.alternatives):
        if (alternative.code is not None) == (way == "code"):
            _prove_alternative(exercise, index, truth, judged, result)
    for mistake, value in attempts:
        own = (mistake.code is not None) == (way == "code")
        verdict = judged(value)
        _prove_mistake(exercise, mistake, value, own, verdict)
        if own and mistake.id in verdict.outcomes:
            result.shares[mistake.id] = exact_share(value, spec, table)
    messages = [mistake.message for mistake in author.mistakes]
    if len(set(messages)) < len(messages):
        exercise.refuse("deux erreurs ont le même message : écrivez à chacune le sien.", "mistakes")


def _prove_alternative(exercise: _Exercise, index: int, truth: Any, judged: Judged, result: Derived) -> None:
    """Note an alternative that passes; doubt one that does not, unless its form has been doubted already."""
    value = _alternative(exercise, index, result)
    if judged(value).state == "right":
        result.alternatives.append(index)
    elif value is None:
        exercise.doubt(_without_value(exercise, f"l’alternative {index + 1}"), "alternatives", index)
    elif not isinstance(value, Raised):
        exercise.doubt(
            f"l’alternative {index + 1} est refusée : elle donne {shown(value)}, la solution donne {shown(truth)}. "
            "Corrigez celle des deux qui a tort ; si les deux sont justes, élargissez la réponse acceptée.",
            "alternatives",
            index,
        )
    elif exercise.spec.alternatives[index].code is not None:
        exercise.doubt(_stopped(f"l’alternative {index + 1}", value), "alternatives", index)


def _prove_mistake(exercise: _Exercise, mistake: Mistake, value: Any, own: bool, judged: Verdict) -> None:
    """Doubt a mistake that stops, that would pass, or that is not told apart in its own way (`own`)."""
    name = f"l’erreur « {mistake.id} »"
    if isinstance(value, Raised):
        message = _stopped(name, value) if own and mistake.code is not None else ""
    elif own and value is None:
        message = _without_value(exercise, name)
    elif judged.state == "right":
        message = f"{name} passerait pour juste : elle donne {shown(value)}, comme la solution."
    elif own and mistake.id not in judged.outcomes:
        others = " et ".join(f"« {other} »" for other in judged.outcomes)
        message = f"{name} ne se distingue pas : sa réponse ({shown(value)}) " + (
            f"est prise pour {others}." if others else "n’est reconnue par aucun message."
        )
    else:
        message = ""
    if message:
        exercise.doubt(message, "mistakes", exercise.spec.mistakes.index(mistake))


def _alternative(exercise: _Exercise, index: int, result: Derived) -> Any:
    """Return the value of an alternative, as it is judged; note it when it is a form's."""
    alternative, what = exercise.spec.alternatives[index], f"l’alternative {index + 1}"
    if alternative.code is not None:
        return exercise.value(alternative.code, what, "alternatives", index)
    value = _entered(exercise, alternative.form, exercise.doubt, what, "alternatives", index)
    result.form_alternatives[index] = None if isinstance(value, Raised) else value
    return registry.judged(exercise.spec.form, value)


def _stopped(what: str, value: Raised) -> str:
    unknown = isinstance(value.error.__cause__, NameError)
    remedy = (
        " Il remplace toute la solution : il doit créer lui-même les noms qu’elle crée." if unknown else ""
    )
    return f"{what} : son code {cause(value.error)}.{remedy}"


def _without_value(exercise: _Exercise, what: str) -> str:
    return f"{what} : son code ne donne pas de valeur à « {exercise.spec.answer.get('name')} », le nom que la correction lit."


def form_value(mistake: Mistake, right: Any, exercise: ExerciseSpec) -> Any:
    """Return the whole form answer that a mistake written on the form stands for."""
    if mistake.pick is not None:
        return [*right, mistake.pick] if isinstance(right, list) else mistake.pick
    if mistake.miss is not None:
        left = [key for key in right if key != mistake.miss]
        return {key: right[key] for key in left} if isinstance(right, Mapping) else left
    if mistake.match is not None:
        return {**right, **mistake.match}
    if mistake.before is not None:
        early, late = mistake.before
        rest = [key for key in right if key != early]
        place = rest.index(late)
        return [*rest[:place], early, *rest[place:]]
    return mistake.form
