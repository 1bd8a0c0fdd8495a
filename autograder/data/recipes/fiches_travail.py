"""Sheets of the labour ministry's site, from the npm package `@socialgouv/fiches-travail-data`.

The repository holds what can be counted of them; their texts stay in the package (`autograder.data.texts`).
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pandas import DataFrame

from autograder.data.errors import DataError
from autograder.data.recipes import records
from autograder.data.recipes.records import Record

_REQUIRED = ("pubId", "date", "url", "title", "intro", "sections")


def inventory(files: Mapping[str, Path]) -> DataFrame:
    """Return the sheets without their texts: identifier, date, address, sizes. File: `sheets`."""
    rows = [
        {
            "id": sheet["pubId"],
            "date": _date(sheet),
            "url": sheet["url"],
            "sections": len(sheet["sections"]),
            "caracteres": sum(len(section["text"]) for section in sheet["sections"]),
        }
        for sheet in records.read(files["sheets"], _REQUIRED)
    ]
    return DataFrame(rows).sort_values("id", ignore_index=True)


def texts(files: Mapping[str, Path]) -> DataFrame:
    """Return the texts, a row per section, in the order of the sheet. File: `sheets`."""
    rows = [
        {
            "id": sheet["pubId"],
            "section": number,
            "titre": sheet["title"],
            "intertitre": section["title"],
            "texte": section["text"],
            "html": section.get("html", ""),
            "date": _date(sheet),
            "url": sheet["url"],
        }
        for sheet in records.read(files["sheets"], _REQUIRED)
        for number, section in enumerate(sheet["sections"], start=1)
    ]
    return DataFrame(rows).sort_values(["id", "section"], ignore_index=True)


def _date(sheet: Record) -> str:
    """Return the date of the sheet as 2026-03-27."""
    try:
        return datetime.strptime(sheet["date"], "%d/%m/%Y").date().isoformat()
    except ValueError as error:
        raise DataError(f"Fiche « {sheet['pubId']} » : date illisible, « {sheet['date']} ».") from error
