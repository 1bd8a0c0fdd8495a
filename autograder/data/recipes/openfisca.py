"""Amounts that decrees set, from the parameters of the PyPI package `openfisca-france`: dates and values only."""

from collections.abc import Mapping
from pathlib import Path

import yaml
from pandas import DataFrame

from autograder.data.errors import DataError

_FIRST = "2002-01-01"
"""The first day of the euro: earlier amounts of the minimum wage are in francs."""


def pay(files: Mapping[str, Path]) -> DataFrame:
    """Return what each amount became, on each date when it changed. Files: `point`, `smic`, `heures`, `indice`.

    A value stands until the next row of the same measure. The first row of each measure is the value that stood on the first day.
    """
    rows = [
        {"date": day, "mesure": measure, "valeur": value}
        for measure, name in (
            ("point-annuel", "point"),
            ("smic-horaire", "smic"),
            ("heures-smic", "heures"),
            ("indice-minimal", "indice"),
        )
        for day, value in _since_the_euro(_values(files[name]))
    ]
    return DataFrame(rows).sort_values(["mesure", "date"], ignore_index=True)


def _values(file: Path) -> dict[str, float]:
    """Return the values of a parameter by date."""
    try:
        values = yaml.safe_load(file.read_text(encoding="utf-8"))["values"]
        return {str(day): float(entry["value"]) for day, entry in values.items()}
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"« {file.name} » n’est pas un paramètre d’OpenFisca : {error}.") from error


def _since_the_euro(values: dict[str, float]) -> list[tuple[str, float]]:
    standing = max((day for day in values if day <= _FIRST), default=None)
    before = [] if standing is None else [(_FIRST, values[standing])]
    return before + sorted((day, value) for day, value in values.items() if day > _FIRST)
