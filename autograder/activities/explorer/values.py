"""The values of a column: all of them with their counts, and those that look like one that was not found."""

import difflib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from autograder.activities.explorer.compared import value_of, written
from autograder.activities.explorer.outcome import BadStep, Emptied, Outcome, Step, kind_of

if TYPE_CHECKING:
    import pandas

LISTED = 50
"""Values listed, the most frequent first; a search finds the others."""
NEAR = 5
"""Near values proposed."""

Value = tuple[Any, str, int]
"""A value: as a step writes it (None when blank), as a reader sees it, and its number of rows."""


def values_of(found: Outcome, column: object, search: object = "") -> dict[str, Any]:
    """Return what is said of a column of a table: its values with their counts, those that contain a text. Raises BadStep."""
    name = found.column(column)
    every = _counted(found.table[name])
    wanted = folded(str(search or ""))
    holding = [value for value in every if wanted in folded(value[1])]
    kept = sorted(holding, key=lambda value: not folded(value[1]).startswith(wanted))
    blanks = [value for value in kept if value[0] is None]
    full = [value for value in kept if value[0] is not None]
    return {
        "column": name,
        "label": found.label(name),
        "kind": kind_of(found.table[name]),
        "distinct": len(every),
        "matching": len(kept),
        "values": [*full[: LISTED - len(blanks)], *blanks],
    }


def near(emptied: Emptied, step: Step) -> list[Value]:
    """Return values of the column that look like those asked for, the nearest first."""
    asked = step.get("value") if step.get("value") is not None else next(iter(step.get("values") or [None]))
    every = [value for value in _counted(emptied.before) if value[0] is not None]
    if asked is None:
        return []
    if kind_of(emptied.before) == "number":
        return _near_numbers(emptied, asked, every)
    return _near_texts(str(asked), every)


@lru_cache(2**17)
def folded(text: str) -> str:
    """Return a text without accents, capitals, hyphens and the like: « Commune-actuelle » -> « commune actuelle »."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^0-9a-z]+", " ", "".join(one for one in bare if not unicodedata.combining(one))).strip()


def _near_numbers(emptied: Emptied, asked: object, every: list[Value]) -> list[Value]:
    try:
        wanted = float(value_of(emptied.before, asked, emptied.column))
    except BadStep:
        return []
    return sorted(every, key=lambda value: abs(value[0] - wanted))[:NEAR]


def _near_texts(asked: str, every: list[Value]) -> list[Value]:
    wanted = folded(asked)
    by_text: dict[str, list[Value]] = {}
    for value in every:
        by_text.setdefault(folded(value[1]), []).append(value)
    same = by_text.pop(wanted, [])
    holding = [text for text in by_text if wanted and re.search(rf"\b{re.escape(wanted)}", text)]
    alike = difflib.get_close_matches(
        wanted, [text for text in by_text if _as_long(text, wanted)], n=NEAR, cutoff=0.7
    )
    order = dict.fromkeys([*alike, *sorted(holding, key=len)])
    return [*same, *(value for text in order for value in by_text[text])][:NEAR]


def _as_long(text: str, wanted: str) -> bool:
    """Whether two texts may be alike: comparing thousands of names takes long."""
    return abs(len(text) - len(wanted)) <= max(1, len(wanted) // 3) and bool(set(text[:2]) & set(wanted[:2]))


def _counted(series: "pandas.Series[Any]") -> list[Value]:
    counts = series.value_counts(dropna=False)
    column = str(series.name)
    every = [
        (
            None if written(value) == "(vide)" and value != "(vide)" else _plain(value),
            written(value, column),
            int(count),
        )
        for value, count in zip(counts.index.tolist(), counts.tolist(), strict=True)
    ]
    return sorted(every, key=lambda value: (-value[2], _rank(value[0])))


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def _rank(value: Any) -> tuple[int, Any]:
    return (1, value) if isinstance(value, str) else (0, value if value is not None else 0)
