"""Validate extracts and the catalogue with the frictionless library, of the development tools."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from autograder.data import store
from autograder.data.errors import DataError

_FRENCH = {
    "type-error": "la valeur n’a pas le type attendu",
    "constraint-error": "la valeur ne respecte pas le schéma",
    "primary-key": "la clé de cette ligne existe déjà",
    "missing-label": "une colonne du schéma manque",
    "extra-label": "une colonne n’est pas dans le schéma",
    "incorrect-label": "le nom de la colonne n’est pas celui du schéma",
    "blank-row": "la ligne est vide",
}
_SHOWN = 5


def extract_errors(file: Path, schema: Path, encoding: str = "utf-8") -> list[str]:
    """Return what makes an extract invalid for its Table Schema (first errors only, in French).

    The library reads no Parquet and is slow: each distinct row of such a file is given to it once, as CSV.
    """
    if file.suffix == store.PARQUET:
        with TemporaryDirectory() as folder:
            rows = Path(folder) / "lignes-distinctes.csv"
            store.write_extract(store.read_as_text(file).drop_duplicates(), rows)
            return extract_errors(rows, schema)
    frictionless = _library()
    resource = frictionless.Resource(
        path=file.name,
        basepath=str(file.parent),
        encoding=encoding,
        schema=frictionless.Schema.from_descriptor(json.loads(schema.read_text(encoding="utf-8"))),
    )
    report = resource.validate(limit_errors=_SHOWN)
    return [_describe(*row) for row in report.flatten(["type", "rowNumber", "fieldName", "cell", "note"])]


def catalogue_errors(file: Path) -> list[str]:
    """Return what makes the catalogue invalid as a Data Package."""
    frictionless = _library()
    try:
        frictionless.Package.from_descriptor(str(file))
    except frictionless.FrictionlessException as error:
        reasons = error.reasons or [error.error]
        return [f"« {file.name} » n’est pas un Data Package valable : {reason.note}" for reason in reasons]
    return []


def _library() -> ModuleType:
    try:
        import frictionless
    except ImportError as error:
        raise DataError(
            "La bibliothèque « frictionless » n’est pas installée : elle fait partie des outils de "
            "développement. Lancez « make check », qui les installe, puis recommencez."
        ) from error
    return frictionless


def _describe(kind: str, row: int | None, field: str | None, cell: str | None, note: str) -> str:
    place = [f"ligne {row}"] if row else []
    place += [f"colonne « {field} »"] if field else []
    where = ", ".join(place) or "fichier"
    value = f" (valeur : « {cell} »)" if cell else ""
    return f"{where} : {_FRENCH.get(kind, note)}{value}"
