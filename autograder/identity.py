"""Who hands in a copy, as they say it: declared by the learner, proven by nothing.

The file `identite.json` is in the learner's space, and in the archive that they hand in.
"""

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

FILE_NAME = "identite.json"
LONGEST = 64
"""Characters of an identifier: the folder of the learner bears it."""
LONGEST_FIELD = 1_000
"""Characters of any field that this file holds: beyond, it is not one of ours."""
FORBIDDEN = frozenset('/\\[]*?:<>|"')

EMPTY = "Écrivez votre identifiant."
TOO_LONG = f"Cet identifiant est trop long : {LONGEST} caractères au plus."
STARTS_WITH_DOT = "Un identifiant ne commence pas par un point."
SIGNS = "Cet identifiant contient un signe qui ne va pas dans un nom de dossier : {signs}. Retirez-le."


@dataclass(frozen=True)
class Identity:
    """What a copy says of who made it. `space`: a random name of the learner's space; `handed_in`: a date, as text."""

    learner: str
    space: str
    module: str = ""
    handed_in: str = ""


def clean(identifier: str) -> str:
    """Return an identifier as it is kept: one way to write each accent, no space at either end, single spaces."""
    return " ".join(unicodedata.normalize("NFC", identifier).split())


def shown(text: str) -> str:
    """Return a text that can be printed: without the signs that are not seen, and that could move the cursor."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")


def problem(identifier: str) -> str | None:
    """Return why an identifier, already clean, cannot be a learner's, in French; None when it can."""
    signs = sorted({sign for sign in identifier if sign in FORBIDDEN or shown(sign) != sign})
    if not identifier:
        return EMPTY
    if len(identifier) > LONGEST:
        return TOO_LONG
    if identifier.startswith("."):
        return STARTS_WITH_DOT
    if signs:
        return SIGNS.format(signs=" ".join(sign if shown(sign) else "caractère invisible" for sign in signs))
    return None


def write(identity: Identity) -> str:
    """Return the text of an identity file."""
    fields = {
        "schema": 1,
        "learner": identity.learner,
        "space": identity.space,
        "module": identity.module,
        "handed_in": identity.handed_in,
    }
    return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> Identity | None:
    """Return what an identity file says; None when it is not one. An identifier may still be a bad one (`problem`)."""
    try:
        data: Any = json.loads(text)
        fields = [data.get(name, "") for name in ("learner", "space", "module", "handed_in")]
    except (ValueError, AttributeError, RecursionError):
        return None
    if not all(isinstance(field, str) and len(field) <= LONGEST_FIELD for field in fields) or not fields[0]:
        return None
    learner, *others = fields
    return Identity(clean(learner), *others)
