"""pandas Series and DataFrames: order, index and dtype variants that do not matter are accepted."""

from typing import Any, NotRequired, TypedDict

from autograder.checks.kinds.canonical import DIGITS, canonical_value, digest
from autograder.contract.kinds import ByReading, Facets, Problem, Share, type_name


class SeriesSpec(TypedDict, total=False):
    """`digits`: significant digits that count; `index`: whether labels do."""

    digits: int
    index: bool


class FrameSpec(TypedDict):
    """`columns`: those that are looked at; `ordered`: whether the order of the rows counts; `digits` as in a Series."""

    columns: list[str]
    ordered: NotRequired[bool]
    digits: NotRequired[int]


class Series(ByReading):
    """A Series. Labels count (and their order does not) unless `index` is false: then only the values, in order."""

    def read(self, value: Any, spec: SeriesSpec) -> Facets:
        kind = type(value).__name__
        if kind == "DataFrame" and value.shape[1] == 1:
            value = value.iloc[:, 0]
        elif kind != "Series":
            raise Problem(
                f"type:{kind}",
                f"Votre réponse est {type_name(value)} : on attend une colonne de valeurs (Series).",
            )
        digits = spec.get("digits", DIGITS)
        values = [canonical_value(item, digits) for item in value]
        if not spec.get("index", True):
            return {"": digest(values)}
        labels = [canonical_value(item) for item in value.index]
        return {"": digest(sorted(zip(labels, values, strict=True)))}

    def shares(self, truth: Any, spec: SeriesSpec) -> list[Share]:
        return [("", self.read(truth, spec)[""], 1.0)]


class Frame(ByReading):
    """A DataFrame with at least `columns`; the order of columns never counts, the order of rows counts only if `ordered` is true.

    An index that has the name of an expected column is taken for this column.
    """

    def read(self, value: Any, spec: FrameSpec) -> Facets:
        kind = type(value).__name__
        if kind == "Series" and len(spec["columns"]) == 2:
            value = value.reset_index()
        elif kind != "DataFrame":
            raise Problem(
                f"type:{kind}", f"Votre réponse est {type_name(value)} : on attend un tableau (DataFrame)."
            )
        columns = [str(column) for column in spec["columns"]]
        if any(name in columns and name not in value.columns for name in value.index.names):
            value = value.reset_index()
        missing = [column for column in columns if column not in value.columns]
        if missing:
            raise Problem(
                "columns",
                f"Il manque la colonne « {missing[0]} ». Votre tableau a les colonnes : "
                f"{', '.join(map(str, list(value.columns)[:8])) or 'aucune'}.",
            )
        digits = spec.get("digits", DIGITS)
        picked = [[canonical_value(item, digits) for item in value[column]] for column in columns]
        rows = [list(row) for row in zip(*picked, strict=True)]
        return {"": digest(rows if spec.get("ordered") else sorted(rows))}

    def shares(self, truth: Any, spec: FrameSpec) -> list[Share]:
        return [("", self.read(truth, spec)[""], 1.0)]
