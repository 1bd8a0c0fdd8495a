"""What differs between two versions of an extract."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas
from pandas import DataFrame

from autograder.data import store

_EXAMPLES = 3


@dataclass(frozen=True)
class Changes:
    """Keys of the rows added, removed and modified; and for each column, how many rows changed."""

    added: list[str]
    removed: list[str]
    modified: list[str]
    columns: dict[str, int]

    def sentences(self) -> list[str]:
        """Say it in French, a line per kind of change."""
        lines = [
            _count(self.added, "ligne ajoutée", "lignes ajoutées"),
            _count(self.removed, "ligne retirée", "lignes retirées"),
            _count(self.modified, "ligne modifiée", "lignes modifiées"),
        ]
        return lines + [f"  colonne « {name} » : {_values(rows)}" for name, rows in self.columns.items()]


def compare(old: Path, new: Path, key: Sequence[str]) -> Changes:
    """Compare two extracts that have the same columns, as text: rows of the same key, or else of the same rank."""
    before, after = _read(old, key), _read(new, key)
    common = before.index.intersection(after.index)
    differs = before.loc[common] != after.loc[common, before.columns]
    counts = differs.sum()
    return Changes(
        added=_labels(after.index.difference(before.index)),
        removed=_labels(before.index.difference(after.index)),
        modified=_labels(common[differs.any(axis="columns")]),
        columns={str(name): int(count) for name, count in counts[counts > 0].items()},
    )


def _read(file: Path, key: Sequence[str]) -> DataFrame:
    table = store.read_as_text(file)
    return table.set_index(list(key)) if key else table


def _labels(index: pandas.Index) -> list[str]:
    return [" ".join(key) if isinstance(key, tuple) else str(key) for key in index]


def _count(keys: list[str], one: str, many: str) -> str:
    examples = ", ".join(keys[:_EXAMPLES]) + ("…" if len(keys) > _EXAMPLES else "")
    return f"{len(keys)} {many if len(keys) > 1 else one}" + (f" : {examples}" if keys else "")


def _values(count: int) -> str:
    return f"{count} valeurs modifiées" if count > 1 else "1 valeur modifiée"
