"""Get a new vintage from the producer, beside the old ones, which never change."""

import copy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pooch

from autograder.data import changes, recipes, schema, store
from autograder.data.catalogue import Catalogue
from autograder.data.changes import Changes
from autograder.data.errors import DataError
from autograder.data.model import Download, Refresh, Resource

_RETRIES = 3
_SECONDS = 60  # without an answer from the producer
_SMALLEST = 0.9  # of the rows that we have: below, the answer is thought incomplete


@dataclass(frozen=True)
class Refreshed:
    """The id of the new vintage, the one it is compared with, and what changed."""

    id: str
    compared_with: str
    rows: int
    changes: Changes


def refresh(catalogue: Catalogue, resource: Resource, vintage: int, retries: int = _RETRIES) -> Refreshed:
    """Download, verify, transform and compare; then add the new vintage to the catalogue.

    Raises DataError, having written nothing, when any of it fails.
    """
    source = resource.refresh
    if source is None:
        raise DataError(f"Le catalogue ne donne pas d’adresse pour actualiser « {resource.id} ».")
    new_id = f"{resource.dataset}-{vintage}"
    target = resource.file.with_name(f"{new_id}{resource.file.suffix}")
    if target.exists() or any(known.id == new_id for known in catalogue.resources):
        raise DataError(
            f"Le millésime « {new_id} » existe déjà, et un millésime n’est jamais remplacé. "
            "Choisissez une autre année, par l’option « --vintage »."
        )
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = {name: _download(name, file, folder, retries) for name, file in source.files.items()}
        table = recipes.get(source.function)(files)
        extract = folder / target.name
        store.write_extract(table, extract)
        _verify(extract, len(table), resource)
        difference = changes.compare(resource.file, extract, resource.schema.key)

        def change(entries: list[store.Entry]) -> None:
            place = next(i for i, entry in enumerate(entries) if entry["name"] == resource.id)
            entry = _entry(entries[place], resource, source, vintage)
            entry.update({"name": new_id, "path": target.name, **store.measures(extract, len(table))})
            entries.insert(place, entry)

        store.save(extract, target, catalogue.file, change)
    return Refreshed(new_id, resource.id, len(table), difference)


def _download(name: str, file: Download, folder: Path, retries: int) -> Path:
    """Download a file, with a progress bar on standard error; return its path."""
    pooch.get_logger().setLevel("WARNING")
    downloader = pooch.HTTPDownloader(
        progressbar=True,
        timeout=_SECONDS,
        # Not compressed: the length announced by the server is then that of what we store.
        headers={"Accept-Encoding": "identity"},
    )
    known = f"sha256:{file.sha256}" if file.sha256 else None
    fetcher = pooch.create(
        path=folder,
        base_url="",
        registry={f"{name}.json": known},
        urls={f"{name}.json": file.url},
        retry_if_failed=retries,
    )
    try:
        return Path(fetcher.fetch(f"{name}.json", downloader=downloader))
    except ValueError as error:  # pooch: the fingerprint differs
        raise DataError(
            f"Le fichier reçu de {file.url} n’a pas l’empreinte annoncée par le producteur : "
            "il est refusé. Réessayez ; si cela persiste, vérifiez le catalogue."
        ) from error
    except OSError as error:  # requests: no answer, an error status, an answer cut short
        raise DataError(
            f"Le téléchargement de {file.url} a échoué, après {retries + 1} essai(s) : {error}. "
            "Vérifiez l’accès au réseau et l’adresse, puis recommencez."
        ) from error


def _verify(extract: Path, rows: int, resource: Resource) -> None:
    errors = schema.extract_errors(extract, resource.schema_file)
    if errors:
        raise DataError(f"Les données reçues ne respectent pas le schéma : {' ; '.join(errors)}")
    if rows < _SMALLEST * resource.rows:
        raise DataError(
            f"Les données reçues n’ont que {rows} lignes, contre {resource.rows} pour "
            f"« {resource.id} » : elles semblent incomplètes et sont refusées."
        )


def _entry(old: store.Entry, resource: Resource, source: Refresh, vintage: int) -> store.Entry:
    """Return the catalogue's entry of the new vintage, but for its name, file and measures.

    The old limits are not kept: they were observed on the old file.
    """
    entry = copy.deepcopy(old)
    entry.pop("recipe", None)
    entry.pop("published", None)  # an API does not say
    entry["title"] = resource.title.replace(str(resource.vintage), str(vintage))
    entry["vintage"] = vintage
    entry["retrieved"] = date.today().isoformat()
    entry["limits"] = list(source.limits)
    entry["sources"] += [
        {"title": f"Téléchargement « {name} »", "path": file.url} for name, file in source.files.items()
    ]
    return entry
