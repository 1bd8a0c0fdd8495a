"""Get from its producer, in a copy of the datasets, each dataset that can be; print what changed; exit code 1 if one cannot be read.

Nothing of the repository changes: a new vintage is a decision, taken with `campus data refresh`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from autograder import paths
from autograder.data import catalogue
from autograder.data.catalogue import Catalogue
from autograder.data.errors import DataError
from autograder.data.model import Resource
from autograder.data.refresh import Refreshed, refresh

Get = Callable[[Catalogue, Resource, int], Refreshed]


def refresh_all(datasets: Path, get: Get = refresh) -> bool:
    """Refresh, in that folder, the newest vintage of each dataset; print in French; return whether all went well."""
    known = catalogue.read(datasets)
    newest = {one.dataset: known.find(one.dataset) for one in known.resources if one.refresh}
    went_well = [_tried(known, one, get) for one in newest.values()]
    return all(went_well)


def _tried(known: Catalogue, resource: Resource, get: Get) -> bool:
    print(f"### {resource.dataset}\n")
    try:
        found = get(known, resource, date.today().year + 1)  # a vintage that cannot be there yet
    except DataError as error:
        print(f"{error}\n")
        return False
    print(f"{found.rows} lignes. Par rapport à {found.compared_with} :\n")
    print("\n".join(f"- {sentence}" for sentence in found.changes.sentences()) + "\n")
    return True


def main() -> int:
    """Work in a copy; return the exit code."""
    with tempfile.TemporaryDirectory() as name:
        copy = shutil.copytree(paths.datasets(), Path(name) / "datasets")
        return 0 if refresh_all(copy) else 1


if __name__ == "__main__":
    sys.exit(main())
