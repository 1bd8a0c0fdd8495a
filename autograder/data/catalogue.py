"""Read the catalogue of datasets: a Frictionless Data Package, plus the keys of this course."""

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import paths
from autograder.data.errors import DataError, UnknownDatasetError
from autograder.data.jsonfile import expect, read_json
from autograder.data.model import Download, Licence, Package, Recipe, Refresh, Resource

FILE_NAME = "datapackage.json"


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

    def with_texts(self) -> list[Resource]:
        """Return the resources whose texts are to be fetched, the repository not holding them."""
        return [resource for resource in self.resources if resource.texts]

    def _datasets(self) -> list[str]:
        return list(dict.fromkeys(resource.dataset for resource in self.resources))


def read(folder: Path | None = None) -> Catalogue:
    """Read the catalogue of a folder, by default that of the course.

    Raises DataError when the file is missing, is not JSON, or lacks a key.
    """
    file = (folder or paths.datasets()) / FILE_NAME
    entries = expect(read_json(file), "resources", list, f"« {file.name} »")
    return Catalogue(file, tuple(_read_resource(entry, file.parent) for entry in entries))


def _read_resource(entry: Any, folder: Path) -> Resource:
    name = entry.get("name", "sans nom") if isinstance(entry, dict) else "sans nom"
    where = f"« {FILE_NAME} », ressource « {name} »"

    def get(key: str, kind: type) -> Any:
        return expect(entry, key, kind, where)

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
        licence=Licence(*(expect(licences[0], key, str, where) for key in ("name", "title", "path"))),
        producer=get("producer", str),
        personal_data=get("personal_data", str),
        reviewed_columns=entry.get("reviewed_columns", {}),
        synthetic=get("synthetic", bool),
        limits=tuple(get("limits", list)),
        schema_file=folder / get("schema", str),
        recipe=_read_recipe(entry["recipe"], f"{where}, « recipe »") if "recipe" in entry else None,
        refresh=_read_refresh(entry["refresh"], where) if "refresh" in entry else None,
        texts=_read_recipe(entry["texts"], f"{where}, « texts »") if "texts" in entry else None,
    )
    if resource.id != f"{resource.dataset}-{resource.vintage}":
        raise DataError(
            f"{where} : le nom devrait être « {resource.dataset}-{resource.vintage} », "
            "d’après ses clés « dataset » et « vintage »."
        )
    return resource


def _read_recipe(entry: Any, where: str) -> Recipe:
    packages = expect(entry, "packages", list, where)
    return Recipe(
        tuple(_read_package(package, f"{where}, « packages »") for package in packages),
        expect(entry, "function", str, where),
    )


def _read_package(entry: Any, where: str) -> Package:
    text = {key: expect(entry, key, str, where) for key in ("registry", "name", "version", "sha256")}
    if text["registry"] not in ("npm", "pypi"):
        raise DataError(f"{where} : la clé « registry » devrait être « npm » ou « pypi ».")
    return Package(files=expect(entry, "files", dict, where), **text)


def _read_refresh(entry: Any, where: str) -> Refresh:
    where = f"{where}, « refresh »"
    files = {
        name: Download(expect(file, "url", str, where), file.get("sha256"))
        for name, file in expect(entry, "files", dict, where).items()
    }
    limits = tuple(expect(entry, "limits", list, where))
    return Refresh(files, expect(entry, "function", str, where), limits)


def _unknown(what: str, name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
    return f"{what} n’existe pas ici.{hint} Disponibles : {', '.join(known)}."
