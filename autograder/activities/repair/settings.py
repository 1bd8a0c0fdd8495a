"""The settings of a chart, as an answer holds them. What is read here may have been written by anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.activities.repair.form import TEXTS, RepairForm, drawn, options
from autograder.contract.forms import UnreadableAnswer, Value


def read(form: RepairForm, raw: object) -> Value:
    """Return every setting with its option; those left out stand as at the start. Raises UnreadableAnswer."""
    if not isinstance(raw, Mapping):
        raise UnreadableAnswer("Réglez le graphique avec les choix affichés.")
    for name, option in raw.items():
        if not isinstance(name, str) or name not in form["settings"]:
            raise UnreadableAnswer("Ce graphique n’a pas ce réglage.")
        if not isinstance(option, str) or option not in options(form, name):
            raise UnreadableAnswer("Choisissez un des réglages proposés.")
    return {**start(form), **raw}


def start(form: RepairForm) -> dict[str, str]:
    """Return the settings as they are found."""
    return {name: setting["start"] for name, setting in form["settings"].items()}


@dataclass(frozen=True)
class Chart:
    """What is drawn: rows of values, and how."""

    kind: str
    from_zero: bool
    direct: bool
    names: list[str]
    series: dict[str, list[float]]
    title: str = ""
    unit: str = ""
    source: str = ""


def chart(form: RepairForm, chosen: Mapping[str, str]) -> Chart:
    """Return the chart that settings give."""
    series = drawn(form, chosen.get("base"))
    rows = _rows(form, chosen, next(iter(series)))
    texts = {name: form["settings"][name]["options"][chosen[name]] for name in TEXTS if name in chosen}
    return Chart(
        chosen.get("kind", "bar"),
        chosen.get("axis", "zero") == "zero",
        chosen.get("legend", "legend") == "direct",
        [str(row[form["across"]]) for row in rows],
        {name: [float(row[column]) for row in rows] for column, name in series.items()},
        **texts,
    )


def _rows(form: RepairForm, chosen: Mapping[str, str], first: str) -> list[dict[str, Any]]:
    """Return the rows of the period, in order; `first` is the column that sorts them."""
    rows: list[Any] = form["data"]
    if "period" in chosen:
        low, high = form["settings"]["period"]["options"][chosen["period"]]
        rows = [row for row in rows if low <= row[form["across"]] <= high]
    return sorted(rows, key=lambda row: row[first], reverse=True) if chosen.get("order") == "value" else rows
