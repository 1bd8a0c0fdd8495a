"""What an author writes of a chart to repair: its data, its series, and the settings offered, with how each stands at the start."""

from typing import Any, NotRequired, TypedDict

Cell = float | str
Row = dict[str, Cell]


class Setting(TypedDict):
    """`start`: how it is found; `options`: what it may become. Those of a fixed setting may be left out, or fewer."""

    start: str
    options: NotRequired[Any]


class RepairForm(TypedDict):
    """`across`: the column along the chart; `series`: column -> its name; `settings`: name -> setting."""

    data: list[Row]
    across: str
    series: dict[str, str]
    settings: dict[str, Setting]
    solution: NotRequired[Any]
    """For the author's rooms alone."""


LABELS = {
    "title": "Titre",
    "kind": "Type de graphique",
    "base": "Ce qui est dessiné",
    "period": "Période",
    "order": "Ordre",
    "axis": "Axe des valeurs",
    "unit": "Nom de l’axe des valeurs",
    "legend": "Noms des séries",
    "source": "Source",
}
"""setting -> its name, in the order of the page."""

FIXED = {
    "kind": {"bar": "barres", "line": "ligne", "pie": "secteurs"},
    "order": {"data": "celui du tableau", "value": "du plus grand au plus petit"},
    "axis": {"zero": "il part de zéro", "cut": "il part près de la plus petite valeur"},
    "legend": {"legend": "dans une légende à part", "direct": "à côté de chaque série"},
}
"""Settings whose options are the program's: option -> its words."""

TEXTS = ("title", "unit", "source")
"""Settings whose option is the very text that is drawn."""

LENGTHS = {"title": 64, "unit": 80, "source": 90}
"""Signs that a line of the drawing holds."""

MOST_SERIES = 3
"""Series that stay apart from each other in a drawing."""

SLICES = 12
"""Slices that a pie, and its legend, hold."""

SCHEMA: dict[str, dict[str, Any]] = {
    "data": {
        "oneOf": [
            {"type": "array", "items": {"type": "object", "minProperties": 2}},
            {"type": "object", "required": ["compute"], "maxProperties": 1},
        ]
    },
    "across": {"type": "string"},
    "series": {
        "type": "object",
        "minProperties": 1,
        "maxProperties": MOST_SERIES,
        "additionalProperties": {"type": "string", "minLength": 1},
    },
    "settings": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            name: {
                "type": "object",
                "required": ["start"],
                "additionalProperties": False,
                "properties": {
                    "start": {"type": "string"},
                    "options": {
                        "type": "array" if name in FIXED else "object",
                        "minItems": 2,
                        "minProperties": 2,
                    },
                },
            }
            for name in LABELS
        },
    },
}


def options(form: RepairForm, name: str) -> dict[str, str]:
    """Return the options of a setting, with their words."""
    given: Any = form["settings"][name].get("options", FIXED.get(name))
    if name in FIXED:
        return {option: FIXED[name][option] for option in given}
    if name == "period":
        return {key: f"de {first} à {last}" for key, (first, last) in given.items()}
    if name == "base":
        return {key: one if isinstance(one, str) else one["label"] for key, one in given.items()}
    return {key: text or "(rien)" for key, text in given.items()}


def drawn(form: RepairForm, base: str | None) -> dict[str, str]:
    """Return the columns that are drawn, with their names: those of the option of `base`, else the series of the form."""
    if base is None:
        return form["series"]
    one: Any = form["settings"]["base"]["options"][base]
    return {base: one} if isinstance(one, str) else one["series"]
