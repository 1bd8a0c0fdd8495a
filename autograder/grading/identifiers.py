"""Learners' identifiers: those that nbgrader cannot find again, and those that look like another."""

import unicodedata
from collections.abc import Iterable, Sequence

from autograder.identity import shown

PATTERNS = "[]*?"
IN_PATTERN = (
    "identifiant avec « {signs} » : nbgrader ne trouvera ni sa copie ni sa page de retour. "
    "Renommez son dossier dans submitted/ sans ce signe, puis recommencez."
)
EDGES = (
    "identifiant qui commence ou finit par un espace : renommez son dossier dans submitted/ en « {clean} », "
    "puis recommencez."
)
CONTROL = "identifiant avec un caractère invisible : renommez son dossier dans submitted/ en « {clean} », puis recommencez."
ALIKE = (
    "ressemble à {others} : à la casse, aux accents saisis autrement ou aux espaces près, c’est le même identifiant. "
    "Si c’est la même personne, gardez un seul dossier dans submitted/, retirez l’autre de autograded/, puis du carnet de notes : "
    "« nbgrader db student remove IDENTIFIANT --force »."
)


def fold(identifier: str) -> str:
    """Return what two ways of typing one identifier have in common: case, Unicode form, spaces and invisible signs left out."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", identifier).casefold())
    return "".join(sign for sign in text if not sign.isspace() and unicodedata.category(sign)[0] != "C")


def remarks(identifiers: Iterable[str], known: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Return what to do about each of the identifiers that has something odd, in French.

    `known`: the other learners of the course, to whom the identifiers are compared.
    """
    asked = sorted(set(identifiers))
    alike: dict[str, list[str]] = {}
    for one in sorted({*asked, *known}):
        alike.setdefault(fold(one), []).append(one)
    found = {one: tuple(_remarks(one, alike[fold(one)])) for one in asked}
    return {one: said for one, said in found.items() if said}


def _remarks(identifier: str, alike: Sequence[str]) -> Iterable[str]:
    clean = shown(identifier).strip()
    if signs := [sign for sign in PATTERNS if sign in identifier]:
        yield IN_PATTERN.format(signs=" ".join(signs))
    if identifier != identifier.strip():
        yield EDGES.format(clean=clean)
    if shown(identifier) != identifier:
        yield CONTROL.format(clean=clean)
    if others := [other for other in alike if other != identifier]:
        yield ALIKE.format(others=", ".join(f"« {shown(other)} »" for other in others))
