"""Contrasts of a real palette, from the npm package `@gouvfr/dsfr`: names and figures, neither colours nor style."""

import re
from collections.abc import Mapping
from pathlib import Path

from pandas import DataFrame

from autograder.data.errors import DataError

_DECLARED = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-fA-F]{3,8}|var\(--([a-z0-9-]+)\))")
_ILLUSTRATION = re.compile(
    r"(?:green|blue(?!-france)|purple|pink|yellow|orange|brown|beige)-[a-z-]+-main-\d+"
)
_NESTED = 9
"""How many names a colour may be given through; more is a loop."""


def palette(files: Mapping[str, Path]) -> DataFrame:
    """Return the contrast on white of the colours meant for text, and of those meant for illustrations. File: `styles`.

    The first declaration of a name is that of the light theme. Colours for text on a dark ground (« inverted ») are left out.
    """
    declared: dict[str, str] = {}
    for name, value, other in _DECLARED.findall(files["styles"].read_text(encoding="utf-8")):
        declared.setdefault(name, other or value)
    rows = [
        {
            "nom": name,
            "usage": usage,
            "contraste_blanc": round(contrast(_colour(name, declared), "#ffffff"), 2),
        }
        for name in declared
        if (usage := _usage(name))
    ]
    if not rows:
        raise DataError(
            "La feuille de style ne déclare aucune couleur attendue : le producteur a peut-être changé ses noms."
        )
    return DataFrame(rows).sort_values(["usage", "nom"], ignore_index=True)


def _usage(name: str) -> str | None:
    if name.startswith("text-") and "inverted" not in name:
        return None if name.endswith(("-hover", "-active")) else "texte"
    return "illustration" if _ILLUSTRATION.fullmatch(name) else None


def _colour(name: str, declared: Mapping[str, str]) -> str:
    """Return the colour that a name stands for, possibly through other names."""
    for _ in range(_NESTED):
        if name.startswith("#"):
            return name
        name = declared.get(name, "")
    raise DataError(f"La couleur « {name} » n’est pas déclarée.")


def contrast(one: str, other: str) -> float:
    """Return the ratio of two colours (#rrggbb or #rgb), from 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[at : at + 2] for at in (0, 2, 4)]
    channels = [int(pair, 16) / 255 for pair in pairs]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
