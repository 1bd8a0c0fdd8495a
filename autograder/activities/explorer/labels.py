"""French names of columns: those of the dataset's passport, where it gives any."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from autograder.data import catalogue
from autograder.data.model import Resource

if TYPE_CHECKING:
    import pandas

Titles = Mapping[str, Mapping[str, str]]
"""table -> column -> its French name."""


def titles_like(tables: "Mapping[str, pandas.DataFrame]") -> dict[str, dict[str, str]]:
    """Return the French names of the columns of tables, of which only the columns are known: those of the dataset that has them all."""
    schemas = [_titles(resource) for resource in catalogue.read().resources]
    return {
        name: next((one for one in schemas if set(table.columns) <= set(one)), {})
        for name, table in tables.items()
    }


def _titles(resource: Resource) -> dict[str, str]:
    return {field.name: field.title or field.name for field in resource.schema.fields}


def titles_of(datasets: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the French names of the columns of each table offered: {"communes": "communes-2026"} -> names in communes."""
    known = catalogue.read()
    return {table: _titles(known.resolve(dataset)) for table, dataset in datasets.items()}


def distinct(labels: Mapping[str, str]) -> dict[str, str]:
    """Return labels such that no two columns have the same one: the column's own name then follows."""
    uses = Counter(labels.values())
    return {name: f"{label} ({name})" if uses[label] > 1 else label for name, label in labels.items()}


def in_sentence(label: str) -> str:
    """Return a label without its capital, unless it is an abbreviation: « Code de la commune » -> « code de la commune »."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
