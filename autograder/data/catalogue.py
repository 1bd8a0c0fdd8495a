"""Read the catalogue of datasets: a Frictionless Data Package, plus the keys of this course."""

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder import paths
from autograder.data.errors import DataError, UnknownDatasetError

FILE_NAME = "datapackage.json"


@dataclass(frozen=True)
class Field:
    """A column: its name and its type, as Table Schema names them (string, integer, boolean…)."""

    name: str
    type: str


@dataclass(frozen=True)
class Schema:
    """The Table Schema of an extract; `key` is the primary key, as names of columns."""

    file: Path
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    missing_values: tuple[str, ...]


@dataclass(frozen=True)
class Licence:
    """A licence: its short name (`etalab-2.0`), its French title, the address of its text."""

    name: str
    title: str
    path: str


@dataclass(frozen=True)
class Recipe:
    """How an extract was made from a pinned npm package.

    `sha256` is that of the package's archive; `files` maps the names that the function knows
    to paths in the archive; `function` is `module.function`, within `autograder.data.recipes`.
    """

    package: str
    version: str
    sha256: str
    files: Mapping[str, str]
    function: str


@dataclass(frozen=True)
class Download:
    """A file published by the producer; `sha256` only where the producer publishes it."""

    url: str
    sha256: str | None


@dataclass(frozen=True)
class Refresh:
    """How to get the current data from the producer, and what that way cannot give (French)."""

    files: Mapping[str, Download]
    function: str
    limits: tuple[str, ...]


@dataclass(frozen=True)
class Resource:
    """One vintage of one dataset. Its `id` is `<dataset>-<vintage>`; `bytes` counts the extract."""

    id: str
    dataset: str
    vintage: int
    title: str
    file: Path
    bytes: int
    sha256: str
    rows: int
    licence: Licence
    producer: str
    personal_data: str
    personal_columns: tuple[str, ...]
    synthetic: bool
    limits: tuple[str, ...]
    schema_file: Path
    recipe: Recipe | None
    refresh: Refresh | None

    @cached_property
    def schema(self) -> Schema:
        """Read the Table Schema, kept in a file that all the vintages share."""
        return _read_schema(self.schema_file)


@dataclass(frozen=True)
class Catalogue:
    """All the resources, in the order of the file."""

    file: Path
    resources: tuple[Resource, ...]

    def find(self, dataset: str, vintage: int | str | None = None) -> Resource:
        """Return a vintage of a dataset; the newest one by default.

        Raises UnknownDatasetError, with what exists and the nearest name.
        """
        found = [resource for resource in self.resources if resource.dataset == dataset]
        if not found:
            raise UnknownDatasetError(_unknown(f"Le jeu de données « {dataset} »", dataset, self._datasets()))
        if vintage is None:
            return max(found, key=lambda resource: resource.vintage)
        for resource in found:
            if str(resource.vintage) == str(vintage):
                return resource
        vintages = ", ".join(str(resource.vintage) for resource in found)
        raise UnknownDatasetError(
            f"Le millésime {vintage} du jeu de données « {dataset} » n’existe pas ici. "
            f"Millésimes disponibles : {vintages}."
        )

    def resolve(self, name: str) -> Resource:
        """Return the resource named by its id (`communes-2026`) or by its dataset (`communes`)."""
        for resource in self.resources:
            if resource.id == name:
                return resource
        if name in self._datasets():
            return self.find(name)
        ids = [resource.id for resource in self.resources]
        raise UnknownDatasetError(_unknown(f"Le jeu de données « {name} »", name, ids))

    def _datasets(self) -> list[str]:
        return list(dict.fromkeys(resource.dataset for resource in self.resources))


def read(folder: Path | None = None) -> Catalogue:
    """Read the catalogue of a folder, by default that of the course.

    Raises DataError when the file is missing, is not JSON, or lacks a key.
    """
    file = (folder or paths.datasets()) / FILE_NAME
    entries = _expect(_read_json(file), "resources", list, f"« {file.name} »")
    return Catalogue(file, tuple(_read_resource(entry, file.parent) for entry in entries))


def _read_resource(entry: Any, folder: Path) -> Resource:
    name = entry.get("name", "sans nom") if isinstance(entry, dict) else "sans nom"
    where = f"« {FILE_NAME} », ressource « {name} »"

    def get(key: str, kind: type) -> Any:
        return _expect(entry, key, kind, where)

    licences = get("licenses", list)
    if not licences:
        raise DataError(f"{where} : aucune licence n’est indiquée. Complétez la clé « licenses ».")
    resource = Resource(
        id=get("name", str),
        dataset=get("dataset", str),
        vintage=get("vintage", int),
        title=get("title", str),
        file=folder / get("path", str),
        bytes=get("bytes", int),
        sha256=get("hash", str).removeprefix("sha256:"),
        rows=get("rows", int),
        licence=Licence(*(_expect(licences[0], key, str, where) for key in ("name", "title", "path"))),
        producer=get("producer", str),
        personal_data=get("personal_data", str),
        personal_columns=tuple(entry.get("personal_columns", [])),
        synthetic=get("synthetic", bool),
        limits=tuple(get("limits", list)),
        schema_file=folder / get("schema", str),
        recipe=_read_recipe(entry["recipe"], where) if "recipe" in entry else None,
        refresh=_read_refresh(entry["refresh"], where) if "refresh" in entry else None,
    )
    if resource.id != f"{resource.dataset}-{resource.vintage}":
        raise DataError(
            f"{where} : le nom devrait être « {resource.dataset}-{resource.vintage} », "
            "d’après ses clés « dataset » et « vintage »."
        )
    return resource


def _read_recipe(entry: Any, where: str) -> Recipe:
    where = f"{where}, « recipe »"
    text = {key: _expect(entry, key, str, where) for key in ("package", "version", "sha256", "function")}
    return Recipe(files=_expect(entry, "files", dict, where), **text)


def _read_refresh(entry: Any, where: str) -> Refresh:
    where = f"{where}, « refresh »"
    files = {
        name: Download(_expect(file, "url", str, where), file.get("sha256"))
        for name, file in _expect(entry, "files", dict, where).items()
    }
    limits = tuple(_expect(entry, "limits", list, where))
    return Refresh(files, _expect(entry, "function", str, where), limits)


def _read_schema(file: Path) -> Schema:
    entry = _read_json(file)
    where = f"« {file.name} »"
    fields = tuple(
        Field(_expect(field, "name", str, where), _expect(field, "type", str, where))
        for field in _expect(entry, "fields", list, where)
    )
    key = tuple(_expect(entry, "primaryKey", list, where))
    return Schema(file, fields, key, tuple(_expect(entry, "missingValues", list, where)))


def _read_json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError(
            f"Le fichier « {file.name} » est introuvable dans le dossier « {file.parent} ». "
            "Récupérez de nouveau le dossier « datasets » du cours."
        ) from error
    except ValueError as error:
        raise DataError(f"Le fichier « {file.name} » n’est pas un JSON lisible : {error}.") from error


def _expect(entry: Any, key: str, kind: type, where: str) -> Any:
    """Return `entry[key]`, which must be of the given type; say where it is missing otherwise."""
    if not isinstance(entry, dict) or key not in entry:
        raise DataError(f"{where} : la clé « {key} » manque. Ajoutez-la.")
    value = entry[key]
    if not isinstance(value, kind):
        raise DataError(f"{where} : la clé « {key} » devrait être de type {kind.__name__}.")
    return value


def _unknown(what: str, name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
    return f"{what} n’existe pas ici.{hint} Disponibles : {', '.join(known)}."
