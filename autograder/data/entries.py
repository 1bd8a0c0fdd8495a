"""An entry of the catalogue: a resource, or everything that keeps it from being one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.data.errors import DataError
from autograder.data.jsonfile import expect
from autograder.data.model import Download, Licence, Package, Recipe, Refresh, Resource

FILE_NAME = "datapackage.json"


@dataclass(frozen=True)
class BadEntry:
    """An entry that cannot be read; `problems` are all its French sentences. `id` and `dataset` are "" when not written."""

    id: str
    dataset: str
    problems: tuple[str, ...]


def read_entry(entry: Any, folder: Path) -> Resource | BadEntry:
    """Return the resource that an entry describes, or all its problems at once; `folder` is the catalogue's."""
    name = _text(entry, "name")
    where = f"« {FILE_NAME} », ressource « {name or 'sans nom'} »"
    problems: list[str] = []

    def told(read: Callable[[], Any]) -> Any:
        try:
            return read()
        except DataError as error:
            problems.append(str(error))

    def get(key: str, kind: type) -> Any:
        return told(lambda: expect(entry, key, kind, where))

    def part(key: str, read: Callable[[Any, str], Any]) -> Any:
        present = isinstance(entry, dict) and key in entry
        return told(lambda: read(entry[key], f"{where}, « {key} »")) if present else None

    fields = {
        **{key: get(key, str) for key in ("dataset", "title", "producer", "personal_data")},
        **{key: get(key, int) for key in ("vintage", "bytes", "rows")},
        "id": get("name", str),
        "file": folder / (get("path", str) or ""),
        "sha256": (get("hash", str) or "").removeprefix("sha256:"),
        "licence": told(lambda: _read_licence(entry, where)),
        "reviewed_columns": part("reviewed_columns", _read_reviewed) or {},
        "synthetic": get("synthetic", bool),
        "limits": tuple(get("limits", list) or ()),
        "schema_file": folder / (get("schema", str) or ""),
        "recipe": part("recipe", _read_recipe),
        "refresh": part("refresh", _read_refresh),
        "texts": part("texts", _read_recipe),
    }
    told(lambda: _agree(name, fields["dataset"], fields["vintage"], where))
    return BadEntry(name, _text(entry, "dataset"), tuple(problems)) if problems else Resource(**fields)


def _text(entry: Any, key: str) -> str:
    value = entry.get(key) if isinstance(entry, dict) else None
    return value if isinstance(value, str) else ""


def _agree(name: str, dataset: str | None, vintage: int | None, where: str) -> None:
    if name and dataset and vintage is not None and name != f"{dataset}-{vintage}":
        raise DataError(
            f"{where} : le nom devrait être « {dataset}-{vintage} », d’après ses clés « dataset » et « vintage »."
        )


def _read_licence(entry: Any, where: str) -> Licence:
    licences = expect(entry, "licenses", list, where)
    if not licences:
        raise DataError(f"{where} : aucune licence n’est indiquée. Complétez la clé « licenses ».")
    return Licence(*(expect(licences[0], key, str, where) for key in ("name", "title", "path")))


def _read_reviewed(entry: Any, where: str) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise DataError(
            f"{where} : on attend, pour chaque colonne, pourquoi ses adresses ne sont pas personnelles."
        )
    return entry


def _read_recipe(entry: Any, where: str) -> Recipe:
    packages = expect(entry, "packages", list, where)
    return Recipe(
        tuple(_read_package(package, f"{where}, « packages »") for package in packages),
        expect(entry, "function", str, where),
    )


def _read_package(entry: Any, where: str) -> Package:
    text = {key: expect(entry, key, str, where) for key in ("registry", "name", "version", "sha256")}
    if text["registry"] not in ("npm", "pypi", "debian"):
        raise DataError(f"{where} : la clé « registry » devrait être « npm », « pypi » ou « debian ».")
    return Package(files=expect(entry, "files", dict, where), **text)


def _read_refresh(entry: Any, where: str) -> Refresh:
    files = {
        name: Download(expect(file, "url", str, where), file.get("sha256"))
        for name, file in expect(entry, "files", dict, where).items()
    }
    limits = tuple(expect(entry, "limits", list, where))
    return Refresh(files, expect(entry, "function", str, where), limits)
