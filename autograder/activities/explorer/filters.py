"""The step that keeps rows: a column, a test, and what it is compared with."""

from typing import TYPE_CHECKING, Any

from autograder.activities.explorer.compared import Scalar, in_words, text_of, value_of
from autograder.activities.explorer.outcome import START, BadStep, Emptied, Outcome, Step, kind_of, quoted
from autograder.french import marks

if TYPE_CHECKING:
    import pandas

    from autograder.activities.explorer.outcome import Tables

MAX_VALUES = 100
"""Values that one filter names."""
TOLD_VALUES = 4
"""Values that its sentence names."""
SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
TESTS = {
    "eq": "est",
    "ne": "n’est pas",
    "lt": "est plus petit que",
    "le": "est au plus",
    "gt": "est plus grand que",
    "ge": "est au moins",
    "contains": "contient",
    "missing": "est vide",
    "present": "est rempli",
}
"""Tests that one describes in a form; the lists of values have two more, `in` and `notin`."""
DATE_TESTS = {
    "lt": "est avant le",
    "le": "est au plus tard le",
    "gt": "est après le",
    "ge": "est à partir du",
    "eq": "est le",
    "ne": "n’est pas le",
}

Kept = tuple["pandas.Series[bool]", str, str]
"""The rows kept, the code that tells them, and the end of the sentence."""


def keep_rows(found: Outcome, step: Step, tables: "Tables") -> None:
    """Keep the rows that pass a test."""
    column = found.column(step.get("column"))
    series, test = found.table[column], step.get("test")
    kept, code, words = _kept(series, step, str(test), found.label(column))
    found.missing += 0 if kept[series.isna()].any() or test == "present" else int(series.isna().sum())
    if len(series) and not kept.any():
        found.emptied = Emptied(len(found.texts), column, series)
    found.table = found.table[kept]
    found.tell(f"{START}[{code}]", f"Garder les lignes où {found.said(column)} {words}")


def _kept(series: "pandas.Series[Any]", step: Step, test: str, label: str) -> Kept:
    of = f"{START}[{quoted(str(series.name))}]"
    if test in ("missing", "present"):
        missing = test == "missing"
        return series.isna() == missing, f"{of}.{'isna' if missing else 'notna'}()", TESTS[test]
    if test == "contains":
        return _containing(series, of, text_of(step.get("value")))
    if test in ("in", "notin"):
        return _among(series, of, test == "in", _values(series, step.get("values"), label))
    if test not in SIGNS:
        raise BadStep("Choisissez une condition : est, est plus grand que, contient…")
    value = value_of(series, step.get("value"), label, ordered=test not in ("eq", "ne"))
    dated = kind_of(series) == "date"
    words = (DATE_TESTS if dated else TESTS)[test]
    return (
        _compare(series, test, value),
        f"{of} {SIGNS[test]} {quoted(value)}",
        f"{words} {in_words(value, str(series.name))}",
    )


def _containing(series: "pandas.Series[Any]", of: str, text: str) -> Kept:
    kept = series.astype("str").str.contains(text, case=False, regex=False) & series.notna()
    code = f'{of}.astype("str").str.contains({quoted(text)}, case=False, regex=False) & {of}.notna()'
    return kept, code, f"contient {marks.quoted(text)}"


def _compare(series: "pandas.Series[Any]", test: str, value: Scalar) -> "pandas.Series[bool]":
    compared = getattr(series, test)(value)
    return compared.fillna(test == "ne").astype(bool)


def _values(series: "pandas.Series[Any]", values: object, label: str) -> list[Scalar | None]:
    if not isinstance(values, list) or not values:
        raise BadStep("Cochez au moins une valeur.")
    if len(values) > MAX_VALUES:
        raise BadStep(f"Cochez au plus {MAX_VALUES} valeurs, ou choisissez une autre condition.")
    return [None if value is None else value_of(series, value, label) for value in values]


def _among(series: "pandas.Series[Any]", of: str, kept: bool, values: list[Scalar | None]) -> Kept:
    full = [value for value in values if value is not None]
    rows, code = series.isin(full), f"{of}.isin([{', '.join(map(quoted, full))}])"
    if None in values:
        rows, code = rows | series.isna(), f"{code} | {of}.isna()"
    told = [*(in_words(value, str(series.name)) for value in full), *(["vide"] if None in values else [])]
    if kept:
        return rows, code, f"est {_listed(told, ' ou ')}"
    return ~rows, f"~({code})", f"n’est pas {_listed(told, ' ou ')}"


def _listed(words: list[str], last: str) -> str:
    """Return « a, b ou c »; the end of a long list is counted."""
    if len(words) > TOLD_VALUES + 1:
        words = [*words[:TOLD_VALUES], f"une de {len(words) - TOLD_VALUES} autres valeurs"]
    return last.join([*([", ".join(words[:-1])] if words[1:] else []), words[-1]])
