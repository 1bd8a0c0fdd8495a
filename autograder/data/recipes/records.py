"""Read lists of JSON records, with messages that say what is wrong."""

import json
from pathlib import Path
from typing import Any

from autograder.data.errors import DataError

Record = dict[str, Any]


def read(file: Path, required: tuple[str, ...]) -> list[Record]:
    """Return the records of a JSON file: a list of objects, each with the required keys."""
    try:
        records = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataError(
            f"« {file.name} » n’est pas du JSON : ce n’est pas le fichier attendu, ou il est incomplet."
        ) from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise DataError(f"« {file.name} » devrait être une liste d’enregistrements.")
    if not records:
        raise DataError(f"« {file.name} » ne contient aucun enregistrement.")
    for number, record in enumerate(records, start=1):
        for key in required:
            if key not in record:
                raise DataError(
                    f"« {file.name} », enregistrement {number} : le champ « {key} » manque. "
                    "Le producteur a peut-être changé son format."
                )
    return records
