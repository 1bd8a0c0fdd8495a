"""Security fixes, from the changelogs of Debian's packages."""

import gzip
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from pandas import DataFrame

from autograder.data.errors import DataError

_ENTRY = re.compile(r"(?m)^\S+ \((?P<version>[^)]+)\) (?P<suite>[^;]+);.*$")
_SIGNED = re.compile(r"(?m)^ -- .*>  (?P<date>.+)$")
_FLAW = re.compile(r"CVE-\d{4}-\d+")
_DELIVERED = {"bookworm-security": "debian-12-securite", "bookworm": "debian-12-edition"}
_TRIED = "essai"


def fixes(files: Mapping[str, Path]) -> DataFrame:
    """Return the entries of changelogs that name a flaw (CVE), by date. Files: a compressed changelog for each package.

    `ecart_jours` counts the days since the fix of the same package that was delivered before to Debian 12. Names of people, and the
    text of the entries, are left out.
    """
    rows = [row for name, file in files.items() for row in _of(name, file)]
    rows.sort(key=lambda row: (row["date"], row["paquet"], row["version"]))
    last: dict[str, Any] = {}
    for row in rows:
        if row["livraison"] != _TRIED:
            before = last.get(row["paquet"])
            row["ecart_jours"] = (row["date"] - before).days if before else None
            last[row["paquet"]] = row["date"]
    return DataFrame(rows).astype({"ecart_jours": "Int64"})


def _of(name: str, file: Path) -> Iterator[dict[str, Any]]:
    try:
        text = gzip.decompress(file.read_bytes()).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataError(f"« {file.name} » n’est pas un journal de paquet.") from error
    heads = list(_ENTRY.finditer(text))
    if not heads:
        raise DataError(f"« {file.name} » n’a aucune entrée.")
    for head, end in zip(heads, [*(one.start() for one in heads[1:]), len(text)], strict=True):
        entry = text[head.start() : end]
        flaws, signed = sorted(set(_FLAW.findall(entry))), _SIGNED.search(entry)
        if flaws and signed:
            yield {
                "date": parsedate_to_datetime(signed["date"]).date(),
                "paquet": name,
                "version": head["version"],
                "livraison": _DELIVERED.get(head["suite"], _TRIED),
                "failles": len(flaws),
                "ecart_jours": None,
                "cve": " ".join(flaws),
            }
