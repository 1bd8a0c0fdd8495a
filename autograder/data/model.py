"""What the catalogue says of a dataset: plain values, read by `catalogue`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.data.errors import DataError
from autograder.data.jsonfile import expect, read_json


@dataclass(frozen=True)
class Field:
    """A column: its name and its type, as Table Schema names them (string, integer, boolean…); its French name, "" where the schema gives none."""

    name: str
    type: str
    title: str = ""


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
class Package:
    """Files of a package of a public registry: `registry` is `npm`, `pypi` or `debian`.

    `sha256` is that of the package's archive; `files` maps the names that a recipe knows to paths in it.
    """

    registry: str
    name: str
    version: str
    sha256: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Recipe:
    """How a table is made from pinned packages.

    `function` is `module.function`, within `autograder.data.recipes`.
    """

    packages: tuple[Package, ...]
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
    """One vintage of one dataset. Its `id` is `<dataset>-<vintage>`; `bytes` counts the extract.

    `reviewed_columns` says, for a column that looks like an address, why it is not a person's. `texts`
    is how to read the texts that the extract describes and that the repository does not hold.
    """

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
    reviewed_columns: Mapping[str, str]
    synthetic: bool
    limits: tuple[str, ...]
    schema_file: Path
    recipe: Recipe | None
    refresh: Refresh | None
    texts: Recipe | None

    @cached_property
    def schema(self) -> Schema:
        """Read the Table Schema, kept in a file that all the vintages share."""
        return _read_schema(self.schema_file)


def _read_schema(file: Path) -> Schema:
    entry, problems = read_json(file), list[str]()

    def get(where: str, source: Any, key: str, kind: type) -> Any:
        try:
            return expect(source, key, kind, where)
        except DataError as error:
            problems.append(str(error))

    where = f"« {file.name} »"
    columns = get(where, entry, "fields", list) or []
    fields = [
        [get(f"{where}, colonne n° {number}", column, key, str) for key in ("name", "type")]
        for number, column in enumerate(columns, start=1)
    ]
    titles = [str(column.get("title", "")) if isinstance(column, dict) else "" for column in columns]
    key, missing = (get(where, entry, name, list) or [] for name in ("primaryKey", "missingValues"))
    if problems:
        raise DataError("\n".join(problems))
    return Schema(
        file,
        tuple(Field(name, type_, title) for (name, type_), title in zip(fields, titles, strict=True)),
        tuple(key),
        tuple(missing),
    )
