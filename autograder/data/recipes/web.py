"""Real names of the Web: hosts seen by many browsers, and third parties that sites call."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from pandas import DataFrame

from autograder.data.errors import DataError
from autograder.data.recipes import records

# What a naive filter would look for: three services that phishing often imitates.
_KEYWORD = re.compile(r"ants|impots|ameli")
_OFFICIAL = ("gouv.fr", "ameli.fr")
# Sites for adults among the hosts that the keywords retain, found by reading them all.
_ADULT = re.compile(r"porn|sex|creampie|tobreed|wifewants|gamelink\.com")


def hosts(files: Mapping[str, Path]) -> DataFrame:
    """Return the hosts under gouv.fr, and those that a filter on three keywords retains. File: `hosts`."""
    rows = []
    for host in _read_hosts(files["hosts"]):
        keyword = _KEYWORD.search(host)
        if under(host, "gouv.fr") or (keyword and not _ADULT.search(host)):
            rows.append(
                {
                    "hote": host,
                    "mot_cle": keyword[0] if keyword else None,
                    "officiel": under(host, *_OFFICIAL),
                }
            )
    return DataFrame(rows).sort_values("hote", ignore_index=True)


def third_parties(files: Mapping[str, Path]) -> DataFrame:
    """Return the third parties, with how often and how long they ran. File: `entities`."""
    rows = [
        {
            "nom": record["name"],
            "entreprise": record.get("company"),
            "categorie": record["category"],
            "domaines": len(record["domains"]),
            "occurrences": record.get("totalOccurrences"),
            "duree_ms": record.get("totalExecutionTime"),
        }
        for record in records.read(files["entities"], ("name", "category", "domains"))
    ]
    table = DataFrame(rows).astype({"occurrences": "Int64", "duree_ms": "Int64"})
    return table.sort_values("nom", ignore_index=True)


def under(host: str, *domains: str) -> bool:
    """Tell whether a host is one of these domains, or under one of them."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _read_hosts(file: Path) -> list[str]:
    """Return the names of a MISP warning list."""
    try:
        names = json.loads(file.read_text(encoding="utf-8"))["list"]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"« {file.name} » n’est pas une liste d’hôtes de MISP.") from error
    return list(dict.fromkeys(map(str, names)))
