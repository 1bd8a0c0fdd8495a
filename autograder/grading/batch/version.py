"""What a result depends on, besides the copy and the module: this program, its packages, the datasets."""

import json
from collections.abc import Collection
from pathlib import Path

from autograder import fingerprint, paths
from autograder.data import catalogue, texts

NOT_GRADING = ("followup", "lab", "proofs", "today")
"""Rooms that grading never imports: what surrounds it, opening the course, and the proofs of modules."""


def activities_used(private: Path) -> list[str] | None:
    """Return the activities of a module, from its private table; None, that stands for all, when it does not tell."""
    try:
        return list(json.loads(private.read_text(encoding="utf-8"))["built_from"]["activities"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def engine_version(activities: Collection[str] | None) -> str:
    """Return a hash of our code, with these activities, of Python, of the packages, of the datasets and of the downloaded texts."""
    datasets = paths.datasets()
    has_catalogue = (datasets / catalogue.FILE_NAME).is_file()
    return fingerprint.of(
        fingerprint.of_package(NOT_GRADING, activities),
        fingerprint.of_environment(),
        fingerprint.of_folder(datasets) if has_catalogue else "",
        *(archive.name for archive in (texts.archives() if has_catalogue else ())),
    )
