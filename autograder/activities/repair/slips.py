"""What is wrong in the form of a chart although its schema accepts it, in words for its author."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from autograder.activities.repair.form import (
    FIXED,
    LABELS,
    LENGTHS,
    MOST_SERIES,
    SLICES,
    TEXTS,
    RepairForm,
    drawn,
    options,
)
from autograder.activities.repair.idle import idle
from autograder.activities.repair.picture import fits
from autograder.activities.repair.settings import chart, read, start
from autograder.contract.activity import Fault
from autograder.contract.forms import UnreadableAnswer

MOST = 40
"""Rows that a chart, and its table, can hold."""

LOOK, CHANGE = 20, 30
"""Seconds to read the chart, and to judge one setting."""


def faults(form: RepairForm, exercises: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong. Data that the build computes are looked at there."""
    data: Any = form["data"]
    if isinstance(data, dict) and "compute" in data:
        return
    slips = list(_of_settings(form)) or list(_of_data(form))
    yield from slips or [*_of_charts(form), *_of_solution(form)]


def _of_settings(form: RepairForm) -> Iterator[Fault]:
    for name, setting in form["settings"].items():
        place = ("settings", name)
        given: Any = setting.get("options", FIXED.get(name))
        if given is None:
            yield place, f"le réglage « {name} » demande ses « options »."
        elif name in FIXED and (unknown := [one for one in given if one not in FIXED[name]]):
            yield place, f"« {unknown[0]} » n’est pas un des choix de « {name} » ({', '.join(FIXED[name])})."
        elif name == "period" and not all(isinstance(one, list) and len(one) == 2 for one in given.values()):
            yield place, "une période s’écrit par ses deux bouts : options: {courte: [2017, 2018]}."
        elif name == "base" and not all(isinstance(one, str) or _is_group(one) for one in given.values()):
            yield (
                place,
                "une option de « base » est le nom d’une colonne, ou un groupe de colonnes : "
                f"{{label: …, series: {{colonne: nom}}}}, {MOST_SERIES} colonnes au plus.",
            )
        elif name in TEXTS and not all(isinstance(one, str) for one in given.values()):
            yield place, f"les options de « {name} » sont des textes."
        elif name in TEXTS and (long := [one for one in given.values() if len(one) > LENGTHS[name]]):
            yield place, f"« {long[0]} » dépasse du dessin : {LENGTHS[name]} signes au plus."
        elif setting["start"] not in given:
            yield place, f"« start » doit être une des options ({', '.join(given)})."


def _is_group(one: object) -> bool:
    """Tell whether an option of `base` is several columns, with its own words."""
    if not isinstance(one, Mapping) or set(one) != {"label", "series"}:
        return False
    series = one["series"]
    return (
        isinstance(one["label"], str)
        and isinstance(series, Mapping)
        and 1 <= len(series) <= MOST_SERIES
        and all(isinstance(name, str) for name in series.values())
    )


def _all_drawn(form: RepairForm) -> list[Mapping[str, str]]:
    """Return what may be drawn at once: the columns, with their names."""
    bases: list[str | None] = [*options(form, "base")] if "base" in form["settings"] else []
    return [form["series"], *(drawn(form, base) for base in bases)]


def _of_data(form: RepairForm) -> Iterator[Fault]:
    rows: Any = form["data"]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        yield (
            ("data",),
            "« data » doit être une liste de lignes, chacune avec ses colonnes : tableau.to_dict('records').",
        )
    elif not 2 <= len(rows) <= MOST:
        yield ("data",), f"il y a {len(rows)} lignes : un graphique en demande de 2 à {MOST}."
    else:
        columns = dict.fromkeys(column for series in _all_drawn(form) for column in series)
        for place, row in enumerate(rows):
            for column in (form["across"], *columns):
                if column not in row:
                    yield ("data", place), f"il manque « {column} » à cette ligne."
                elif column != form["across"] and not _is_number(row[column]):
                    yield ("data", place), f"« {column} » doit être un nombre."


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) < float("inf")


def _of_charts(form: RepairForm) -> Iterator[Fault]:
    """Each period has rows; slices have no negative value."""
    for key in options(form, "period") if "period" in form["settings"] else ():
        try:
            found = chart(form, {**start(form), "period": key})
        except TypeError:
            yield ("settings", "period"), f"la période « {key} » ne se compare pas à « {form['across']} »."
            continue
        if len(found.names) < 2:
            yield ("settings", "period"), f"la période « {key} » garde moins de deux lignes."
    pies = "pie" in (options(form, "kind") if "kind" in form["settings"] else {})
    if pies and len(form["data"]) > SLICES:
        yield ("settings", "kind"), f"{SLICES} secteurs au plus se lisent : ôtez « pie », ou des lignes."
    values: list[Any] = [
        row[column] for row in form["data"] for series in _all_drawn(form) for column in series
    ]
    if pies and min(values) < 0:
        yield ("settings", "kind"), "des secteurs ne montrent pas de valeur négative : ôtez « pie »."
    legends = options(form, "legend") if "legend" in form["settings"] else ["legend"]
    for series in _all_drawn(form):
        if not all(fits(list(series.values()), legend == "direct") for legend in legends):
            yield (
                ("series",),
                f"« {' », « '.join(series.values())} » ne tiennent pas dans le dessin : raccourcissez ces noms.",
            )


def _of_solution(form: RepairForm) -> Iterator[Fault]:
    right = form.get("solution")
    if not isinstance(right, dict) or "compute" in right:
        return
    try:
        repaired: Any = read(form, right)
    except UnreadableAnswer as error:
        known = ", ".join(name for name in LABELS if name in form["settings"])
        yield ("solution",), f"la solution ne peut pas être saisie. {error} Réglages : {known}."
        return
    for name in idle(form, repaired):
        if repaired[name] != start(form)[name]:
            yield (
                ("solution", name),
                f"« {name} » ne change rien au graphique réparé : ôtez ce réglage de la solution.",
            )
    if repaired == start(form):
        yield ("solution",), "la solution ne change rien au graphique de départ : il n’y a rien à réparer."


def seconds(form: RepairForm) -> float:
    """Return what it takes to read the chart, and to judge each setting."""
    return LOOK + CHANGE * len(form["settings"])
