"""What a result depends on besides the copy and the module: this program, its packages, the datasets."""

from autograder import fingerprint, paths
from autograder.data import catalogue, texts

NOT_GRADING = ("lab", "run")
"""Rooms that grading never imports: opening the course, and the proofs of modules."""


def engine_version() -> str:
    """Return a hash of our code, of Python, of the packages, of the datasets and of the texts that are here."""
    datasets = paths.datasets()
    known = (datasets / catalogue.FILE_NAME).is_file()
    return fingerprint.of(
        fingerprint.of_package(NOT_GRADING),
        fingerprint.of_environment(),
        fingerprint.of_folder(datasets) if known else "",
        *(archive.name for archive in (texts.archives() if known else ())),
    )
