"""The one short call by which a notebook reads its data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas

from autograder.data import catalogue, store
from autograder.data.errors import DataError

if TYPE_CHECKING:
    from autograder.data.model import Resource

# The other types are left to pandas: int64 or bool without missing value, float64 or object with.
_DTYPES = {"string": "str", "number": "float64"}


def load(name: str, vintage: int | str | None = None) -> pandas.DataFrame:
    """Return a dataset of the catalogue: `load("communes")`, or `load("communes", 2019)`.

    The newest vintage is the default. Codes are text, with their zeros; whole numbers are int64,
    or float64 (NaN) where some are missing. Needs no network.
    Raises UnknownDatasetError or DataError, with a French message.
    """
    return read(catalogue.read().find(name, vintage))


def read(resource: Resource) -> pandas.DataFrame:
    """Return the rows of a resource, in the order and with the types of its schema."""
    if not resource.file.is_file():
        raise DataError(
            f"Le fichier « {resource.file.name} » manque dans le dossier « {resource.file.parent} ». "
            + (
                f"Reconstruisez-le par « campus data rebuild {resource.id} --write »."
                if resource.recipe
                else "Reprenez-le du dépôt du cours."
            )
        )
    if resource.file.suffix == store.PARQUET:
        return store.read_parquet(resource.file)
    schema = resource.schema
    return pandas.read_csv(
        resource.file,
        dtype={field.name: _DTYPES[field.type] for field in schema.fields if field.type in _DTYPES},
        keep_default_na=False,
        na_values=list(schema.missing_values),
        low_memory=False,
    )
