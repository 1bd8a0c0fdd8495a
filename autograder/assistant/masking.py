"""Mask what has a form: e-mail addresses, telephone and social security numbers, bank accounts, plates. It misses all the rest."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import yaml
from pandas import DataFrame
from stdnum import iban
from stdnum.exceptions import ValidationError
from stdnum.fr import nir

_SPACE = r"[ \u00a0\u202f.-]?"


def _valid(check: Callable[[str], str]) -> Callable[[str], bool]:
    """Return a test from a function of stdnum, which raises on a wrong key."""

    def test(text: str) -> bool:
        try:
            check(re.sub(r"[\u00a0\u202f.]", " ", text))
        except ValidationError:
            return False
        return True

    return test


PATTERNS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("courriel", re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), lambda _: True),
    ("IBAN", re.compile(rf"\b[A-Z]{{2}}\d{{2}}(?:{_SPACE}[A-Z0-9]){{11,30}}\b"), _valid(iban.validate)),
    (
        "numéro de sécurité sociale",
        re.compile(
            rf"\b[12]{_SPACE}\d\d{_SPACE}\d\d{_SPACE}\d[\dAB]{_SPACE}\d{{3}}{_SPACE}\d{{3}}{_SPACE}\d\d\b"
        ),
        _valid(nir.validate),
    ),
    ("téléphone", re.compile(rf"(?<!\d)(?:\+33{_SPACE}|0)[1-9](?:{_SPACE}\d\d){{4}}(?!\d)"), lambda _: True),
    ("plaque", re.compile(r"\b[A-Z]{2}[ -]\d{3}[ -][A-Z]{2}\b"), lambda _: True),
)
"""A kind, its form, and the test of its key. A number whose key is wrong (a slip of the pen) is left in clear."""


@dataclass(frozen=True)
class Example:
    """A fictional text written for the course; `hide` lists what should not leave, by kind."""

    id: str
    text: str
    hide: tuple[tuple[str, str], ...]


def mask(text: str) -> str:
    """Return a text where what was recognised is replaced by its kind: « [courriel] »."""
    for kind, pattern, right in PATTERNS:
        text = pattern.sub(partial(_replace, kind, right), text)
    return text


def _replace(kind: str, right: Callable[[str], bool], found: re.Match[str]) -> str:
    return f"[{kind}]" if right(found[0]) else found[0]


@functools.cache
def examples() -> tuple[Example, ...]:
    """Return the course's labelled texts, all fictional."""
    data = yaml.safe_load((Path(__file__).parent / "masking.yml").read_text(encoding="utf-8"))
    return tuple(
        Example(row["id"], row["text"].strip(), tuple((kind, words) for words, kind in row["hide"].items()))
        for row in data
    )


def report() -> DataFrame:
    """Return what masking hides of each thing to hide: columns texte, genre, passage, masque (bool)."""
    return DataFrame(
        [
            {"texte": one.id, "genre": kind, "passage": words, "masque": words not in mask(one.text)}
            for one in examples()
            for kind, words in one.hide
        ]
    )
