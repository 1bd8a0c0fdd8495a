"""Prove that each dataset is what the catalogue says."""

from collections.abc import Iterable
from dataclasses import dataclass

from autograder import paths
from autograder.data import load, personal, schema, store
from autograder.data.catalogue import Catalogue
from autograder.data.entries import BadEntry
from autograder.data.errors import DataError
from autograder.data.model import Resource

PLACEHOLDER = "À écrire"
"""How « campus data add » marks what it leaves to its author."""

NOTICE = "NOTICE.md"
"""Where every dataset is named with its producer and its licence."""

MAX_BYTES = 25_000_000  # for all the extracts: beyond, a clone of the repository gets slow


@dataclass(frozen=True)
class Report:
    """What the check found on one resource; `errors` are French sentences."""

    id: str
    rows: int
    licence: str
    sha256_ok: bool
    schema_ok: bool
    personal_data: str
    synthetic: bool
    errors: list[str]


def check_resource(resource: Resource) -> Report:
    """Check the file, its fingerprint, its schema, its notes, that it loads, and look for personal data."""
    if not resource.file.is_file():
        return _report(resource, 0, False, False, [f"Le fichier « {resource.file.name} » manque."])
    errors = _left_to_write(resource)
    size = resource.file.stat().st_size
    if size != resource.bytes:
        errors.append(f"Le fichier a {size} octets ; le catalogue en annonce {resource.bytes}.")
    sha256_ok = store.sha256(resource.file) == resource.sha256
    if not sha256_ok:
        errors.append(
            "L’empreinte du fichier n’est pas celle du catalogue : il a été modifié. "
            f"Comparez par « campus data rebuild {resource.id} »."
        )
    if not resource.personal_data.strip():
        errors.append("La note sur les données personnelles (« personal_data ») est vide.")
    invalid = _unloadable(resource) or schema.extract_errors(resource.file, resource.schema_file)
    if invalid:
        return _report(resource, 0, sha256_ok, False, [*errors, *invalid])
    table = store.read_as_text(resource.file)
    if len(table) != resource.rows:
        errors.append(f"Le fichier a {len(table)} lignes ; le catalogue en annonce {resource.rows}.")
    errors += personal.signs(table, resource.reviewed_columns)
    return _report(resource, len(table), sha256_ok, True, errors)


def _left_to_write(resource: Resource) -> list[str]:
    """Return the notes of the catalogue and of the schema that « campus data add » left to its author."""
    notes = {
        "title": resource.title,
        "producer": resource.producer,
        "personal_data": resource.personal_data,
        **{f"limits, n° {number}": text for number, text in enumerate(resource.limits, start=1)},
    }
    schema_text = resource.schema_file.read_text(encoding="utf-8") if resource.schema_file.is_file() else ""
    return [
        *(
            f"« {key} » reste à écrire, dans « datapackage.json »."
            for key, text in notes.items()
            if PLACEHOLDER in text
        ),
        *(
            [f"Des colonnes restent à décrire, dans « schemas/{resource.schema_file.name} »."]
            if PLACEHOLDER in schema_text
            else []
        ),
        *_notice_left(resource),
    ]


def _notice_left(resource: Resource) -> list[str]:
    """Return the line of the notices that still has a placeholder, when it is about this dataset."""
    file = paths.home() / NOTICE
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return [
        f"La mention de ce jeu reste à écrire, dans « {NOTICE} », ligne {number}."
        for number, line in enumerate(lines, start=1)
        if f"`{resource.dataset}`" in line and PLACEHOLDER in line
    ]


def _unloadable(resource: Resource) -> list[str]:
    """Return why `load` would not give the columns of the schema and the rows of the file; nothing when it does."""
    try:
        expected = [field.name for field in resource.schema.fields]
        table = load.read(resource)
    except DataError as error:
        return str(error).splitlines()
    except Exception as error:  # pandas raises many types on a file that does not keep its schema
        return [
            f"« load » ne peut pas lire ce fichier ({type(error).__name__}) : un type du schéma est faux, ou le CSV est mal formé."
        ]
    columns = list(map(str, table.columns))
    if len(columns) == 1 and any(separator in columns[0] for separator in ";\t|"):
        return [
            "« load » lit une seule colonne : le séparateur n’est pas la virgule. Refaites l’extrait par « campus data add »."
        ]
    if columns != expected:
        return [f"« load » lit les colonnes {', '.join(columns)} ; le schéma annonce {', '.join(expected)}."]
    return []


def check_bad_entry(entry: BadEntry) -> Report:
    """Return the report of an entry that cannot be read."""
    return Report(entry.id, 0, "", False, False, "", False, list(entry.problems))


def check_catalogue(catalogue: Catalogue) -> list[str]:
    """Return the problems of the catalogue as a whole."""
    return [
        *schema.catalogue_errors(catalogue.file),
        *_licences(catalogue.resources),
        *_weight(catalogue.resources),
    ]


def _licences(resources: Iterable[Resource]) -> list[str]:
    """Return the licences whose text is not in the repository: none would then be proven to be known."""
    names = dict.fromkeys(resource.licence.name for resource in resources)
    return [
        f"Le texte de la licence « {name} » manque : ajoutez-le, « LICENCES/{name}.txt », si elle permet la réutilisation."
        for name in names
        if not (paths.home() / "LICENCES" / f"{name}.txt").is_file()
    ]


def _weight(resources: Iterable[Resource]) -> list[str]:
    total = sum(resource.file.stat().st_size for resource in resources if resource.file.is_file())
    if total < MAX_BYTES:
        return []
    return [f"Les extraits pèsent {total} octets en tout ; la limite est de {MAX_BYTES}."]


def _report(resource: Resource, rows: int, sha256_ok: bool, schema_ok: bool, errors: list[str]) -> Report:
    return Report(
        id=resource.id,
        rows=rows,
        licence=resource.licence.name,
        sha256_ok=sha256_ok,
        schema_ok=schema_ok,
        personal_data=resource.personal_data,
        synthetic=resource.synthetic,
        errors=errors,
    )
