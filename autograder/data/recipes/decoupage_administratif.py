"""Communes and EPCI, from the npm package `@etalab/decoupage-administratif`."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pandas import DataFrame

from autograder.data.recipes import records
from autograder.data.recipes.records import Record


def communes(files: Mapping[str, Path]) -> DataFrame:
    """Return all the communes, whatever their type. Files: `communes`, `epci`."""
    return communes_table(
        records.read(files["communes"], ("code", "nom", "type")),
        records.read(files["epci"], ("code", "membres")),
    )


def epci(files: Mapping[str, Path]) -> DataFrame:
    """Return the groupings of communes that levy their own taxes (EPCI). File: `epci`."""
    required = ("code", "nom", "type", "modeFinancement", "populationMunicipale", "membres")
    return epci_table(records.read(files["epci"], required))


def sirens(files: Mapping[str, Path]) -> DataFrame:
    """Return the number in the register of legal entities (SIREN) of current communes. File: `communes`."""
    rows = [
        {"siren": record["siren"], "code": record["code"], "nom": record["nom"]}
        for record in records.read(files["communes"], ("code", "nom", "type"))
        if "siren" in record and record["type"] == "commune-actuelle"
    ]
    return _table(rows, ["code"], [])


def communes_table(communes: Iterable[Record], epci: Iterable[Record]) -> DataFrame:
    """Build the table of communes from records in the package's form."""
    epci_of = {member["code"]: group["code"] for group in epci for member in group["membres"]}
    rows = [
        {
            "code": record["code"],
            "nom": record["nom"],
            "type": record["type"],
            "zone": _zone(record),
            "departement": _area(record, "departement"),
            "region": _area(record, "region"),
            # A commune and a part of it may bear the same code: only the commune is a member.
            "epci": epci_of.get(record["code"]) if record["type"] == "commune-actuelle" else None,
            "population": record.get("population"),
            "codes_postaux": " ".join(sorted(record.get("codesPostaux", []))),
            "rattachement": record.get("chefLieu") or record.get("commune"),
        }
        for record in communes
    ]
    return _table(rows, ["code", "type"], ["population"])


def epci_table(epci: Iterable[Record]) -> DataFrame:
    """Build the table of EPCI from records in the package's form."""
    rows = [
        {
            "code": record["code"],
            "nom": record["nom"],
            "type": record["type"],
            "mode_financement": record["modeFinancement"],
            "population_totale": record.get("populationTotale"),
            "population_municipale": record["populationMunicipale"],
            "nombre_communes": len(record["membres"]),
        }
        for record in epci
    ]
    numbers = ["population_totale", "population_municipale", "nombre_communes"]
    return _table(rows, ["code"], numbers)


def _zone(record: Record) -> str:
    """Return the zone that the source gives (since 2020), else the same one, derived."""
    if "zone" in record:
        return str(record["zone"])
    if "collectiviteOutremer" in record:
        return "com"
    return "drom" if record["departement"].startswith("97") else "metro"


def _area(record: Record, key: str) -> str:
    """Return the code of the département or region.

    For overseas collectivities, which have neither, sources since 2020 repeat the collectivity's
    own code: older records are read likewise, so that vintages compare.
    """
    return str(record.get(key) or record["collectiviteOutremer"]["code"])


def _table(rows: list[dict[str, object]], key: list[str], numbers: list[str]) -> DataFrame:
    """Return the rows sorted by key, with whole numbers that may be missing."""
    table = DataFrame(rows).sort_values(key, ignore_index=True)
    return table.astype(dict.fromkeys(numbers, "Int64"))
