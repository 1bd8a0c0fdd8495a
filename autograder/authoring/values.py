"""A value as the form's JSON would hold it, and as its author is shown it."""

from collections.abc import Callable, Mapping
from typing import Any

from autograder.authoring.running import Raised, cause

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


def written(value: Any, how: Callable[[Any], str] = str) -> str:
    """Return the text that an object of the author's gives of itself, or its type when it fails to."""
    try:
        return how(value)
    except Exception:
        return f"un objet {type(value).__name__}"


def shown(value: Any) -> str:
    """Return a value in a few words, for its author: `468.89`, `« rural »`, `un tableau de 12 lignes`."""
    if isinstance(value, Raised):
        return f"ce code {cause(value.error)}"
    if type(value).__name__ in {"DataFrame", "Series"} and len(value) != 1:
        return f"{'un tableau' if value.ndim == 2 else 'une colonne'} de {len(value)} lignes"
    value = plain(value)
    if isinstance(value, float):
        return f"{value:.9g}"
    text = f"« {value} »" if isinstance(value, str) else written(value, repr)
    return text if len(text) <= LENGTH else f"{text[:LENGTH]}…"
