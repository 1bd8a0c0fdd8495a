"""Prove that each dataset is what the catalogue says."""

from collections.abc import Iterable
from dataclasses import dataclass

from autograder import paths
from autograder.data import personal, schema, store
from autograder.data.catalogue import Catalogue
from autograder.data.model import Resource

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
    """Check the file, its fingerprint, its schema, its notes, and look for personal data."""
    if not resource.file.is_file():
        return _report(resource, 0, False, False, [f"Le fichier « {resource.file.name} » manque."])
    errors = []
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
    invalid = schema.extract_errors(resource.file, resource.schema_file)
    if invalid:
        return _report(resource, 0, sha256_ok, False, [*errors, *invalid])
    table = store.read_as_text(resource.file)
    if len(table) != resource.rows:
        errors.append(f"Le fichier a {len(table)} lignes ; le catalogue en annonce {resource.rows}.")
    errors += personal.signs(table, resource.reviewed_columns)
    return _report(resource, len(table), sha256_ok, True, errors)


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
