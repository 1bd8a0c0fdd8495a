"""The proof sheet of a module: one page for a human reviewer, with each question, its answer, and each mistake."""

from collections.abc import Hashable, Iterable, Mapping
from importlib.resources import files
from typing import Any

from autograder.activities import registry
from autograder.authoring import minutes, pictures
from autograder.authoring.derive import Derived, Observed
from autograder.authoring.leaks import Leak
from autograder.authoring.trials_shown import shown_trials
from autograder.authoring.values import plain, shown
from autograder.checks.text import render
from autograder.french.numbers import short
from autograder.modules.facts import Fact, cite, load_facts
from autograder.modules.model import ExerciseSpec, Module

LONG = 0.5
"""CPU seconds from which a cell is listed."""


def page(module: Module, derived: Mapping[str, Derived], observed: Observed, leaks: Iterable[Leak]) -> str:
    """Return the HTML page of a module that has just been built."""
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["french"] = lambda number: short(number, 3)
    text = files("autograder.authoring").joinpath("proof_sheet.html").read_text(encoding="utf-8")
    found, facts = list(leaks), load_facts()
    return environment.from_string(text).render(
        module=module,
        counted=minutes.counted(module),
        exercises=[
            {
                "statement": _html(cite(_statement(module, key), facts, linked=True)),
                **_exercise(spec, derived.get(key), [leak for leak in found if leak.exercise == key]),
                "trials": _trials(module, key, derived.get(key)),
            }
            for key, spec in module.exercises.items()
        ],
        pictures=[
            {"alt": one.alt, "target": one.target, "data": _data(module, one.target, facts, observed)}
            for one in pictures.pictures(module)
        ],
        seconds=sum(run.seconds for run in observed.cells),
        slow=[run for run in observed.cells if run.seconds >= LONG],
        warnings=observed.warnings,
    )


def _data(module: Module, target: str, facts: Mapping[str, Fact], observed: Observed) -> str:
    markdown = pictures.embedded(f"![]({target})", module.folder, facts, observed.namespace)
    return markdown.removeprefix("![](").removesuffix(")")


def _statement(module: Module, key: str) -> str:
    return next(cell.source for cell in module.cells if cell.exercise == key and cell.role == "statement")


def _exercise(spec: ExerciseSpec, one: Derived | None, leaks: list[Leak]) -> dict[str, Any]:
    return {
        "spec": spec,
        "unit": spec.form.get("unit", ""),
        "answer": in_words(one.form_value, spec) if one else "un texte, lu par un formateur",
        "code_answer": shown(one.code_value) if one and one.code_value is not None else "",
        "hints": [_html(text) for text in spec.hints],
        "success": _html(spec.success),
        "otherwise": _html(spec.otherwise),
        "mistakes": [
            {
                "id": mistake.id,
                "value": in_words(one.mistake_values.get(mistake.id), spec),
                "message": _html(mistake.message),
                "credit": one.shares.get(mistake.id, 0),
            }
            for mistake in (spec.mistakes if one else ())
            if one
        ],
        "alternatives": [attempt.code or in_words(attempt.form, spec) for attempt in spec.alternatives],
        "leaks": leaks,
    }


def _trials(module: Module, key: str, one: Derived | None) -> list[dict[str, Any]]:
    return [
        {
            "round": shown.number,
            "meant": "juste" if shown.trial.right else "fausse",
            "code": shown.trial.attempt.code,
            "form": in_words(shown.trial.attempt.form, one.spec),
            "said": _html(shown.said),
            "odd": shown.odd,
        }
        for shown in (shown_trials(module, key, one) if one else [])
        if one
    ]


def _html(text: str) -> Any:
    from markupsafe import Markup

    return Markup(render(text))  # `render` escapes raw HTML itself


def in_words(value: Any, spec: ExerciseSpec) -> str:
    """Return an answer with the labels of its form: `b : une commune`; numbers and codes as they are."""
    form, value = registry.ordinary(spec.form), plain(value)
    labels = {**form.get("items", {}), **form.get("options", {})}
    if not labels:
        return shown(value)
    if isinstance(value, dict):
        return "\u00a0; ".join(f"{_label(key, labels)} → {_label(one, labels)}" for key, one in value.items())
    if isinstance(value, list):
        return "\u00a0; ".join(_label(one, labels) for one in value) or "rien"
    if isinstance(value, str) and value in labels:
        return f"{value}\u00a0: {labels[value]}"
    return shown(value)


def _label(one: Any, labels: Mapping[Any, Any]) -> str:
    """Return the label of a key; a trial may hold anything, a mapping in place of a key too."""
    return str(labels.get(one, one)) if isinstance(one, Hashable) else shown(one)
