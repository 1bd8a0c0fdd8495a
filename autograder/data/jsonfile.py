"""Read the JSON files of the catalogue, with messages that say what is wrong."""

import json
from pathlib import Path
from typing import Any

from autograder.data.errors import DataError

_FRENCH = {
    str: "un texte",
    int: "un nombre entier",
    bool: "true ou false",
    list: "une liste",
    dict: "un objet, entre accolades",
}


def read_json(file: Path) -> Any:
    """Return the content of a JSON file; raise DataError when it is missing or not JSON."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError(
            f"Le fichier « {file.name} » est introuvable dans le dossier « {file.parent} ». "
            "Récupérez de nouveau le dossier « datasets » du cours ; si vous ajoutez un jeu, « campus data add » l’écrit."
        ) from error
    except ValueError as error:
        raise DataError(f"Le fichier « {file.name} » n’est pas un JSON lisible : {error}.") from error


def expect(entry: Any, key: str, kind: type, where: str) -> Any:
    """Return `entry[key]`, which must be of the given type; say where it is missing otherwise."""
    if not isinstance(entry, dict) or key not in entry:
        raise DataError(f"{where} : la clé « {key} » manque. Ajoutez-la.")
    value = entry[key]
    if not isinstance(value, kind):
        raise DataError(f"{where} : la clé « {key} » devrait être {_FRENCH[kind]}.")
    return value
