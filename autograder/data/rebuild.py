"""Rebuild an extract from its pinned packages, and compare it with the one we have."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.data import changes, packages, recipes, schema, store
from autograder.data.catalogue import Catalogue
from autograder.data.changes import Changes
from autograder.data.errors import DataError
from autograder.data.model import Resource


@dataclass(frozen=True)
class Rebuilt:
    """Whether the rebuilt extract is byte-identical to ours; what differs if not.

    `changes` is None where there was no extract to compare with.
    """

    id: str
    identical: bool
    changes: Changes | None
    written: bool


def rebuild(catalogue: Catalogue, resource: Resource, write: bool = False) -> Rebuilt:
    """Run the recipe of a resource. With `write`, replace an extract that differs.

    Raises DataError when there is no recipe, or the package cannot be had or is not the pinned one.
    """
    recipe = resource.recipe
    if recipe is None:
        raise DataError(
            f"« {resource.id} » n’a pas de recette : il ne vient pas d’un paquet dont la version est fixée, mais d’un fichier "
            "ajouté ou d’une actualisation. Il n’y a donc rien à reconstruire."
        )
    with TemporaryDirectory() as folder:
        files = packages.extract(recipe.packages, Path(folder))
        table = recipes.get(recipe.function)(files)
        extract = Path(folder) / resource.file.name
        store.write_extract(table, extract)
        errors = schema.extract_errors(extract, resource.schema_file)
        if errors:
            raise DataError(f"L’extrait reconstruit ne respecte pas le schéma : {' ; '.join(errors)}")
        exists = resource.file.is_file()
        identical = exists and extract.read_bytes() == resource.file.read_bytes()
        difference = None
        if exists and not identical:
            difference = changes.compare(resource.file, extract, resource.schema.key)
        if write and not identical:
            _write(catalogue, resource, extract, len(table))
    return Rebuilt(resource.id, identical, difference, written=write and not identical)


def _write(catalogue: Catalogue, resource: Resource, extract: Path, rows: int) -> None:
    def change(entries: list[store.Entry]) -> None:
        entry = next(entry for entry in entries if entry["name"] == resource.id)
        entry.update(store.measures(extract, rows))

    store.save(extract, resource.file, catalogue.file, change)
