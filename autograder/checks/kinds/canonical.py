"""Canonical text of values in collections and tables: what does not matter (dtype, rounding noise) disappears."""

import hashlib
import json
import math
from typing import Any

from autograder.checks.kinds.scalars import canonical_number
from autograder.contract.kinds import Problem

DIGITS = 6
"""Significant digits kept by default for numbers inside collections and tables."""


def canonical_value(value: Any, digits: int = DIGITS) -> str:
    """Return a text equal for values a reader takes for equal: 3, 3.0 and numpy's; None, NaN and NA."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return "∅"
    if hasattr(value, "item") and not isinstance(value, str):
        value = value.item()
    if isinstance(value, bool):
        return f"b{value}"
    if isinstance(value, (int, float)):
        if math.isnan(value):
            return "∅"
        return f"n{canonical_number(float(f'{value:.{digits}g}'))}"
    if isinstance(value, str):
        return f"s{value.strip()}"
    if isinstance(value, (list, tuple)):
        return f"[{','.join(canonical_value(item, digits) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{','.join(sorted(f'{k}:{canonical_value(v, digits)}' for k, v in value.items()))}}}"
    if hasattr(value, "isoformat"):
        return f"d{value.isoformat()}"
    raise Problem(
        "inside", f"Une des valeurs est de type {type(value).__name__} : on attend des nombres ou du texte."
    )


def digest(parts: Any) -> str:
    """Return a short fingerprint of a structure of canonical texts."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]
