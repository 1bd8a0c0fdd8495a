"""A real randomised trial, as averages by group, from the PyPI package `causaldata`.

The package holds a row per person. Only averages leave this module: the group, the year, how many people, and their earnings.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas
from pandas import DataFrame

from autograder.data.errors import DataError

_YEARS = {1974: "re74", 1975: "re75", 1978: "re78"}
_Row = dict[str, str | int | float]


def groups(files: Mapping[str, Path]) -> DataFrame:
    """Return the earnings of three groups, by year, in dollars. Files: `trial` and `population`.

    `ecart_type` is the standard deviation of a sample (n - 1).
    """
    trial, population = (_people(files[name]) for name in ("trial", "population"))
    people = {
        "programme": trial[trial["treat"] == 1],
        "temoins": trial[trial["treat"] == 0],
        "population": population,
    }
    return DataFrame([row for group, rows in people.items() for row in _by_year(group, rows)])


def _people(file: Path) -> DataFrame:
    """Return the people of a Stata file, with their group and their earnings."""
    try:
        return pandas.read_stata(file, columns=["treat", *_YEARS.values()]).astype(float)
    except (ValueError, KeyError) as error:
        raise DataError(f"« {file.name} » n’est pas un fichier Stata de cet essai : {error}.") from error


def _by_year(group: str, people: DataFrame) -> Iterator[_Row]:
    for year, column in _YEARS.items():
        earnings = people[column]
        yield {
            "groupe": group,
            "annee": year,
            "personnes": len(earnings),
            "revenu_moyen": round(float(earnings.mean()), 2),
            "ecart_type": round(float(earnings.std()), 2),
            "sans_revenu": int((earnings == 0).sum()),
        }
