"""The settings that change nothing on some charts, and why: told to learners, and to authors."""

from collections.abc import Iterator, Mapping
from typing import TypedDict

from autograder.activities.repair.form import RepairForm, drawn, options

NO_AXIS = "Sans effet ici\u00a0: des secteurs n’ont pas d’axe."
ONE_SERIES = "Sans effet ici\u00a0: une seule série est dessinée."


class Idle(TypedDict):
    """`when`: setting -> the options with which another setting changes nothing; all must hold."""

    when: dict[str, list[str]]
    why: str


def rules(form: RepairForm) -> dict[str, Idle]:
    """Return, of each setting that may change nothing, when and why."""
    return {name: rule for name, rule in _rules(form) if name in form["settings"]}


def _rules(form: RepairForm) -> Iterator[tuple[str, Idle]]:
    kinds = [*options(form, "kind")] if "kind" in form["settings"] else []
    if "pie" in kinds:
        yield "axis", {"when": {"kind": ["pie"]}, "why": NO_AXIS}
    plotted = {"kind": [kind for kind in kinds if kind != "pie"]} if kinds else {}
    if "base" in form["settings"]:
        alone = [base for base in options(form, "base") if len(drawn(form, base)) == 1]
        yield "legend", {"when": {"base": alone, **plotted}, "why": ONE_SERIES}
    elif len(form["series"]) == 1:
        yield "legend", {"when": plotted, "why": ONE_SERIES}


def idle(form: RepairForm, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that change nothing on a chart, and why."""
    return {
        name: rule["why"]
        for name, rule in rules(form).items()
        if all(chosen[other] in some for other, some in rule["when"].items())
    }
