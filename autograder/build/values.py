"""A value as the form's JSON would hold it, and as its author is shown it."""

from collections.abc import Mapping
from typing import Any

from autograder.build.running import Raised, cause

LENGTH = 60


def plain(value: Any) -> Any:
    """Return a value as the form's JSON would hold it."""
    if hasattr(value, "item") and getattr(value, "size", 1) == 1:
        return value.item()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(map(plain, value), key=str)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def shown(value: Any) -> str:
    """Return a value in a few words, for its author: `468.89`, `« rural »`, `un tableau de 12 lignes`."""
    if isinstance(value, Raised):
        return f"ce code {cause(value.error)}"
    if type(value).__name__ in {"DataFrame", "Series"} and len(value) != 1:
        return f"{'un tableau' if value.ndim == 2 else 'une colonne'} de {len(value)} lignes"
    value = plain(value)
    if isinstance(value, float):
        return f"{value:.9g}"
    text = f"« {value} »" if isinstance(value, str) else repr(value)
    return text if len(text) <= LENGTH else f"{text[:LENGTH]}…"
