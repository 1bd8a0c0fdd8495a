"""Communes and EPCI, from the State's public API "Découpage administratif" (geo.api.gouv.fr).

The answers are put in the form of the package's records, then follow the same recipe.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from pandas import DataFrame

from autograder.data.recipes import decoupage_administratif, records
from autograder.data.recipes.records import Record

_COMMUNE = ("code", "nom", "type", "zone", "codeDepartement", "codeRegion")
_NAMES = {"codeDepartement": "departement", "codeRegion": "region"}
# The API does not give the commune of a municipal arrondissement; the first digits of its code do.
_COMMUNE_OF_ARRONDISSEMENT = {"132": "13055", "693": "69123", "751": "75056"}


def communes(files: Mapping[str, Path]) -> DataFrame:
    """Return all the communes, whatever their type. Files: `communes`, `associees`."""
    current = records.read(files["communes"], _COMMUNE)
    parts = records.read(files["associees"], (*_COMMUNE, "chefLieu"))
    return decoupage_administratif.communes_table(
        [_as_in_package(record) for record in [*current, *parts]],
        [{"code": code, "membres": members} for code, members in _members(current).items()],
    )


def epci(files: Mapping[str, Path]) -> DataFrame:
    """Return the EPCI. Files: `epci`, and `communes`, which tells their members."""
    groups = records.read(files["epci"], ("code", "nom", "type", "financement", "population"))
    members = _members(records.read(files["communes"], ("code",)))
    return decoupage_administratif.epci_table(
        {
            **group,
            "modeFinancement": group["financement"],
            "populationMunicipale": group["population"],
            "membres": members[group["code"]],
        }
        for group in groups
    )


def _as_in_package(record: Record) -> Record:
    renamed = {_NAMES.get(key, key): value for key, value in record.items()}
    if record["type"] == "arrondissement-municipal":
        renamed["commune"] = _COMMUNE_OF_ARRONDISSEMENT[record["code"][:3]]
    return renamed


def _members(communes: Iterable[Record]) -> dict[str, list[Record]]:
    """Return the communes of each EPCI, by its code."""
    members: dict[str, list[Record]] = defaultdict(list)
    for record in communes:
        if "codeEpci" in record:
            members[record["codeEpci"]].append(record)
    return members
