"""`campus data add`: a file of one's own into the catalogue: extract, schema, entry, fingerprint, notice."""

import codecs
import csv
import difflib
import io
import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas
from pandas import DataFrame

from autograder import files, paths
from autograder.data import personal, store
from autograder.data.catalogue import FILE_NAME, Catalogue
from autograder.data.check import NOTICE, PLACEHOLDER
from autograder.data.errors import DataError
from autograder.data.guess import note_on, schema_of

ENCODINGS = {"utf-8-sig": "UTF-8", "cp1252": "Windows (cp1252)"}
SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre"}
TYPES = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "vrai ou faux",
}
HEADING = "### Fichiers ajoutés"


@dataclass(frozen=True)
class Order:
    """What to add: a file, and what its entry says. `name` and `vintage` are read in the file's name when None."""

    file: Path
    licence: str
    name: str | None = None
    vintage: int | None = None
    title: str | None = None
    producer: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Added:
    """What was added, and how the file was read; `fields` are the columns with their types, `notes` what to know of some."""

    id: str
    rows: int
    encoding: str
    separator: str
    fields: list[tuple[str, str]]
    notes: dict[str, str]
    key: list[str]


def add(catalogue: Catalogue, order: Order) -> Added:
    """Put a CSV or a Parquet file into the catalogue. Raises DataError, having changed nothing, for one that may not enter."""
    if order.file.is_dir():
        raise DataError(f"« {order.file} » est un dossier : donnez le fichier lui-même.")
    if not order.file.is_file():
        raise DataError(f"Le fichier « {order.file} » est introuvable.")
    name, vintage = _named(order)
    _refuse_taken(catalogue, name, vintage)
    licence = _licence(catalogue, order.licence)
    table, encoding, separator = _read(order.file)
    written, schema = schema_of(table)
    _refuse_personal(written)
    kind = order.file.suffix.lower()
    target = catalogue.file.parent / f"{name}-{vintage}{kind}"
    entry = _entry(order, name, vintage, licence, target)
    schema_file = catalogue.file.parent / str(entry["schema"])
    known = schema_file.is_file()
    if known:
        schema = _same_columns(schema_file, schema)
    with TemporaryDirectory() as folder:
        extract = Path(folder) / target.name
        store.write_extract(written if kind != store.PARQUET else pandas.read_parquet(order.file), extract)
        entry.update(store.measures(extract, len(written)))
        if not known:
            schema_file.parent.mkdir(exist_ok=True)
            schema_file.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        store.save(extract, target, catalogue.file, lambda entries: entries.append(entry))
    _notice(name, entry)
    fields = [(field["name"], field["type"]) for field in schema["fields"]]
    notes = {
        column: note for column, type_ in fields if type_ == "string" and (note := note_on(table[column]))
    }
    return Added(f"{name}-{vintage}", len(written), encoding, separator, fields, notes, schema["primaryKey"])


def _named(order: Order) -> tuple[str, int]:
    stem = unicodedata.normalize("NFKD", order.file.stem).encode("ascii", "ignore").decode().lower()
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", stem)
    vintage = order.vintage or (int(years[-1]) if years else None)
    if vintage is None:
        raise DataError(
            "Le millésime n’est pas dans le nom du fichier : donnez-le, par exemple --vintage 2026."
        )
    bare = re.sub(rf"{vintage}", "", stem) if years else stem
    name = order.name or re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise DataError(
            f"« {name} » ne peut pas nommer un jeu : donnez --name, en minuscules sans accent, par exemple --name cantines."
        )
    return name, vintage


def _refuse_taken(catalogue: Catalogue, name: str, vintage: int) -> None:
    ids = {one.id for one in catalogue.resources} | {one.id for one in catalogue.bad}
    if f"{name}-{vintage}" in ids:
        raise DataError(
            f"« {name}-{vintage} » existe déjà : donnez un autre --name ou un autre --vintage. Pour le remplacer, ôtez d’abord son "
            f"entrée de datasets/{FILE_NAME}, son extrait et son schéma."
        )


def _licence(catalogue: Catalogue, name: str) -> dict[str, str]:
    """Return the licence as entries write it; its text must be in the repository."""
    known = {one.licence.name: one.licence for one in catalogue.resources}
    texts = sorted(path.stem for path in (paths.home() / "LICENCES").glob("*.txt"))
    same = [text for text in texts if text.casefold() == name.casefold()]
    name = same[0] if same else name
    if not same:
        near = difflib.get_close_matches(name.casefold(), texts, n=1)
        hint = f" ; vouliez-vous dire « {near[0]} » ?" if near else "."
        raise DataError(
            f"Licence inconnue, « {name} »{hint} Connues : {', '.join(texts)}. Pour une autre, ajoutez d’abord son texte, "
            f"« LICENCES/{name}.txt », si elle permet la réutilisation. Sans licence claire, un jeu n’entre pas."
        )
    found = known.get(name)
    return {
        "name": name,
        "title": found.title if found else f"{PLACEHOLDER}\u00a0: titre de la licence",
        "path": found.path if found else f"{PLACEHOLDER}\u00a0: adresse de la licence",
    }


def _read(file: Path) -> tuple[DataFrame, str, str]:
    """Return a file as text, with its encoding and its separator in French."""
    if file.suffix.lower() == store.PARQUET:
        return store.read_as_text(file), "", ""
    if file.suffix.lower() != ".csv":
        raise DataError(
            f"« {file.name} » : on attend un fichier CSV ou Parquet. Depuis un tableur, enregistrez-le en CSV."
        )
    raw = file.read_bytes()
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DataError(f"« {file.name} » est en UTF-16 (« Unicode ») : enregistrez-le en CSV UTF-8.")
    encoding = next(name for name in ENCODINGS if _decodes(raw, name))
    text = raw.decode(encoding)
    separator = _separator(text)
    return _rows(text, separator, file.name), ENCODINGS[encoding], SEPARATORS[separator]


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "cp1252":
            raise DataError(
                "L’encodage du fichier n’est pas reconnu : enregistrez-le en CSV UTF-8."
            ) from None
        return False
    return True


def _separator(text: str) -> str:
    """Return the mark that cuts the titles into several columns, and most of the first lines into as many."""

    def cuts(separator: str) -> tuple[bool, int, int]:
        rows = csv.reader(io.StringIO(text[:20_000]), delimiter=separator)
        header, *others = [row for _, row in zip(range(20), rows, strict=False)] or [[]]
        return len(header) > 1, sum(len(row) == len(header) for row in others), len(header)

    return max(SEPARATORS, key=cuts)


def _rows(text: str, separator: str, name: str) -> DataFrame:
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    lines, (header, *rows) = zip(*[(reader.line_num, row) for row in reader if row] or [(1, [])], strict=True)
    if not rows:
        raise DataError(f"« {name} » n’a pas de ligne sous ses titres de colonnes.")
    for number, row in zip(lines[1:], rows, strict=True):
        if len(row) != len(header):
            raise DataError(
                f"« {name} », ligne {number} : {_counted(len(row), 'valeur')} pour {_counted(len(header), 'colonne')}. Corrigez-la."
            )
    _refuse_titles([title.strip() for title in header], name)
    if len(header) == 1 and (found := _later_separator(rows)):
        raise DataError(
            f"« {name} » : la première ligne n’est pas celle des titres de colonnes (plus bas, des lignes se coupent par "
            f"{found}). Ôtez ce qui précède les titres."
        )
    stripped = [[cell.strip() for cell in row] for row in rows]
    return DataFrame(stripped, columns=[title.strip() for title in header], dtype="str")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"


def _refuse_titles(titles: list[str], name: str) -> None:
    """Raise DataError for a column without a title, or with that of another."""
    for number, title in enumerate(titles, start=1):
        if not title:
            raise DataError(
                f"« {name} » : la colonne {number} n’a pas de titre. Donnez-lui-en un, ou ôtez-la."
            )
        if title in titles[: number - 1]:
            raise DataError(
                f"« {name} » : deux colonnes ont le même titre, « {title} ». Renommez l’une des deux."
            )


def _later_separator(rows: list[list[str]]) -> str | None:
    """Return the name of the mark that cuts most lines of a table read as one column; None where it is one."""
    for separator, name in SEPARATORS.items():
        if separator != "," and sum(separator in row[0] for row in rows) > len(rows) / 2:
            return name
    return None


def _refuse_personal(table: DataFrame) -> None:
    if signs := personal.signs(table, []):
        raise DataError(
            "Ce fichier semble contenir des données personnelles ; il n’entre pas.\n"
            + "\n".join(signs)
            + "\nÔtez ces colonnes du fichier, puis recommencez."
        )


def _same_columns(file: Path, guessed: dict[str, Any]) -> dict[str, Any]:
    """Return the schema that other vintages share; raise DataError when the columns are not its own."""
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    expected, found = ([field["name"] for field in one["fields"]] for one in (schema, guessed))
    if expected != found:
        raise DataError(
            f"Le schéma « {file.name} » existe déjà, avec d’autres colonnes ({', '.join(expected)}) : donnez un autre --name."
        )
    return schema


def _entry(order: Order, name: str, vintage: int, licence: dict[str, str], target: Path) -> store.Entry:
    kind = target.suffix[1:]
    return {
        "name": f"{name}-{vintage}",
        "title": order.title or f"{PLACEHOLDER}\u00a0: le titre ({vintage})",
        "path": target.name,
        "format": kind,
        "mediatype": "text/csv" if kind == "csv" else "application/vnd.apache.parquet",
        **({"encoding": "utf-8"} if kind == "csv" else {}),
        "licenses": [licence],
        **({"sources": [{"title": order.producer or name, "path": order.source}]} if order.source else {}),
        "dataset": name,
        "vintage": vintage,
        "producer": order.producer or f"{PLACEHOLDER}\u00a0: qui produit ces données",
        "retrieved": date.today().isoformat(),
        "personal_data": f"{PLACEHOLDER}\u00a0: ce qui montre que personne n’y est reconnaissable",
        "synthetic": False,
        "limits": [f"{PLACEHOLDER}\u00a0: ce que ces données ne disent pas"],
        "schema": f"schemas/{name}.json",
    }


def _notice(name: str, entry: store.Entry) -> None:
    """Name the dataset, its producer and its licence in the notices."""
    file = paths.home() / NOTICE
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    if f"`{name}`" in text:
        return
    source = "".join(f", {one['path']}" for one in entry.get("sources", []))
    licence = entry["licenses"][0]
    line = f"- `{name}` : {entry['producer']}{source}. {licence['title']} ([texte](LICENCES/{licence['name']}.txt)).\n"
    if HEADING not in text:
        before, heading, after = text.partition("Ces mentions ne veulent pas dire")
        text = f"{before.rstrip()}\n\n{HEADING}\n\n\n{heading}{after}"
    files.write(file, text.replace(f"{HEADING}\n\n", f"{HEADING}\n\n{line}", 1), lasting=True)
