"""Files that the instructor gives through the page: archives of copies, by module, and class lists. Their names are hostile."""

import hashlib
import re
import unicodedata
from pathlib import Path

from autograder import files, paths
from autograder.grading.layout import DEPOSITS
from autograder.identity import shown
from autograder.today.errors import Refused

LIST = "liste-de-classe"
"""In the place of a module's name: no module is called so, as theirs begin with an id."""
LONGEST = 120
"""Bytes of a name, without its hash and its ending."""
UNSAFE = re.compile(r'[/\\:<>|"*?\[\]\x00-\x1f]')
ZIP = b"PK"
NOT_AN_ARCHIVE = (
    "« {name} » n’est pas une archive .zip : rien n’a été gardé. Déposez le fichier que « Rendre mon travail » a fait, ou "
    "l’archive de tous les travaux remis dans Moodle."
)
NOT_A_LIST = "« {name} » n’est pas un fichier .csv : rien n’a été gardé. Dans votre tableur, enregistrez la liste au format CSV."
EMPTY = "« {name} » est vide : rien n’a été gardé."


def keep(course: Path, module: str, name: str, content: bytes) -> Path:
    """Keep a file for a module, or for the class list; return its path. The same file twice is kept once. Raises Refused, OSError."""
    ending = ".csv" if module == LIST else ".zip"
    told = shown(name)[:LONGEST]
    if not content:
        raise Refused(EMPTY.format(name=told))
    if module == LIST and not name.casefold().endswith(ending):
        raise Refused(NOT_A_LIST.format(name=told))
    if module != LIST and not content.startswith(ZIP):
        raise Refused(NOT_AN_ARCHIVE.format(name=told))
    place = paths.own(paths.own(course / DEPOSITS) / module) / f"{_stem(name)}-{_mark(content)}{ending}"
    files.write(place, content, mode=0o600, lasting=True)
    return place


def kept(course: Path, module: str) -> list[Path]:
    """Return the files kept for a module or for the class list, the last one at the end."""
    found = [
        one for one in (course / DEPOSITS / module).glob("[!.]*") if one.is_file() and not one.is_symlink()
    ]
    return sorted(found, key=lambda one: (one.stat().st_mtime, one.name))


def erase(course: Path, module: str) -> int:
    """Erase the files kept for a module or for the class list; return how many. Raises OSError."""
    found = kept(course, module)
    for one in found:
        one.unlink()
    return len(found)


def _stem(name: str) -> str:
    """Return the safe part of a name. Moodle's says whose copy it is: the hash comes after."""
    plain = shown(unicodedata.normalize("NFC", name))
    stem = UNSAFE.sub("_", plain).rpartition(".")[0].strip(" .") or "fichier"
    return stem.encode()[:LONGEST].decode(errors="ignore").strip(" .") or "fichier"


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
