"""Read the catalogue of datasets: a Frictionless Data Package, plus the keys of this course."""

import difflib
from dataclasses import dataclass
from pathlib import Path

from autograder import paths
from autograder.data.entries import FILE_NAME as FILE_NAME
from autograder.data.entries import BadEntry, read_entry
from autograder.data.errors import DataError, UnknownDatasetError
from autograder.data.jsonfile import expect, read_json
from autograder.data.model import Resource


@dataclass(frozen=True)
class Catalogue:
    """All the resources, in the order of the file; and the entries that cannot be read, which are told when they are asked for."""

    file: Path
    resources: tuple[Resource, ...]
    bad: tuple[BadEntry, ...] = ()

    def find(self, dataset: str, vintage: int | str | None = None) -> Resource:
        """Return a vintage of a dataset; the newest one by default.

        Raises UnknownDatasetError, with what exists and the nearest name; DataError when its entry is bad.
        """
        self._refuse_bad(
            [
                one
                for one in self.bad
                if one.id == f"{dataset}-{vintage}" or (vintage is None and one.dataset == dataset)
            ]
        )
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
        self._refuse_bad([one for one in self.bad if one.id == name])
        for resource in self.resources:
            if resource.id == name:
                return resource
        if name in self._datasets() or any(one.dataset == name for one in self.bad):
            return self.find(name)
        ids = [resource.id for resource in self.resources]
        raise UnknownDatasetError(_unknown(f"Le jeu de données « {name} »", name, ids))

    def with_texts(self) -> list[Resource]:
        """Return the resources whose texts are to be fetched, the repository not holding them."""
        return [resource for resource in self.resources if resource.texts]

    def _refuse_bad(self, bad: list[BadEntry]) -> None:
        if bad:
            raise DataError("\n".join(problem for one in bad for problem in one.problems))

    def _datasets(self) -> list[str]:
        return list(dict.fromkeys(resource.dataset for resource in self.resources))


def read(folder: Path | None = None) -> Catalogue:
    """Read the catalogue of a folder, by default that of the course.

    Raises DataError when the file is missing or is not JSON. A bad entry is set aside, and stops only itself.
    """
    file = (folder or paths.datasets()) / FILE_NAME
    entries = expect(read_json(file), "resources", list, f"« {file.name} »")
    read_entries = [read_entry(entry, file.parent) for entry in entries]
    return Catalogue(
        file,
        tuple(one for one in read_entries if isinstance(one, Resource)),
        tuple(one for one in read_entries if isinstance(one, BadEntry)),
    )


def _unknown(what: str, name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
    return f"{what} n’existe pas ici.{hint} Disponibles : {', '.join(known)}."
