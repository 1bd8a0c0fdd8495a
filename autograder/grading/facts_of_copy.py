"""What is surely not as the course gave it in a copy handed in: told to the instructor as facts, that accuse nobody.

A fact is said only when an honest copy cannot show it. What would be a guess is not said: see docs/decisions/attacks.md.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from nbformat import NotebookNode
from nbgrader.utils import is_locked

from autograder.contract.names import ANSWERS, EXERCISES, PRIVATE_VARIABLE, name_of
from autograder.grading.compared import Compared, json_object, mapping, of_nbgrader, origin, short
from autograder.grading.engine.engine import RECORD

OTHER_MODULE = "copie faite pour un autre module ({theirs})"
OTHER_ANSWERS = f"{ANSWERS} vient d’un autre module ({{theirs}}) : ses réponses ne sont pas comptées"
OLD_ANSWERS = f"{ANSWERS} vient de la version {{theirs}} du module, corrigée avec la version {{ours}}"
OTHER_TABLE = (
    f"le fichier {EXERCISES} de la copie n’est pas celui du module : le bon a servi, sans effet sur la note"
)
CHANGED = "texte changé dans {cells} : celui du module a été remis"
RESET = "points ou verrou changés dans {cells} : ceux du module ont servi"
UNKNOWN = "cellules notées que le module n’a pas ({number}) : elles ne rapportent rien"
TAGGED = "étiquettes ajoutées ({tags}) : sans effet sur l’exécution"
REPORT = "le carnet rendu contient déjà un compte rendu de correction : il n’est pas lu"
LANGUAGE = "le carnet rendu demande un autre langage que Python : il a été exécuté en Python"
OUT_OF_REACH = "le code nomme {names} : hors de sa portée pendant la correction, sans effet sur la note"
SEALED = "le code nomme {names}, où l’on peut essayer des réponses une à une : relisez-le"
REDEFINED = "le code donne un autre sens au nom « check » : sans effet sur la note"

SETTINGS = ("points", "grade", "solution", "locked")
TAGS = {"skip-execution", "same-kernel"}
"""What would have a cell run elsewhere, or not at all."""
FOLDERS = {
    "private": "le barème",
    "source": "les corrigés",
    "submitted": "les autres copies",
    "autograded": "les autres copies",
}
PLAIN_NAMES = {
    "gradebook.db": "le carnet de notes",
    PRIVATE_VARIABLE: "le barème",
    "autograder.grading": "le programme de correction",
    "autograder.sandbox": "le programme de correction",
}
SEALED_NAMES = (EXERCISES, "autograder.checks")
CHECK_REDEFINED = re.compile(
    r"^(?:(?:async[ \t]+)?def|class)[ \t]+check\b|^(?:[\w.]+[ \t]*=[ \t]*)*check[ \t]*=(?!=)", re.MULTILINE
)
LOST_IN_EDITORS = re.compile(r"[^!-~]|\?")
"""Spaces, accents, and the mark that some editors put in place of what they cannot write."""
NAMED = 3
"""Cells named in one line."""


def facts_of_copy(copy: Compared) -> list[str]:
    """Return what is to be told of a copy, in French: one line at most of each kind."""
    return [text for fact in FACTS if (text := fact(copy))]


def _another_module(copy: Compared) -> str | None:
    theirs = origin(copy.notebook).get("module")
    differs = copy.module and theirs not in (None, copy.module)
    return OTHER_MODULE.format(theirs=short(theirs)) if differs else None


def _answers_of_another(copy: Compared) -> str | None:
    found = json_object(copy.answers)
    module, version = found.get("module"), found.get("version")
    if not copy.module or not isinstance(module, str):
        return None
    if module != copy.module:
        return OTHER_ANSWERS.format(theirs=short(module))
    if version not in (None, copy.version, origin(copy.notebook).get("version")):
        return OLD_ANSWERS.format(theirs=short(version), ours=copy.version)
    return None


def _replaced_table(copy: Compared) -> str | None:
    """Not that of another version, beside a notebook that is not of ours either; nor of an earlier release of this one, whose texts
    alone were mended since, or that was sealed in an earlier format: its answers cannot be compared.
    """
    if copy.table is None or not copy.tables:
        return None
    theirs, ours = json_object(copy.table), [json_object(table) for table in copy.tables]
    if theirs in ours:
        return None
    labels, version = _labels(theirs), theirs.get("version")
    known = set().union(*map(_labels, ours))
    other_format = _formats(labels).isdisjoint(_formats(known))
    mended = bool(labels) and version == copy.version and (labels <= known or other_format)
    older = type(version) is int and copy.version not in (version, origin(copy.notebook).get("version"))
    return None if theirs.get("module") == copy.module and (mended or older) else OTHER_TABLE


def _changed_text(copy: Compared) -> str | None:
    """Of locked code: a statement runs nothing."""
    locked = ((cell, ours) for cell, ours in copy.changed if is_locked(ours))
    code = ((cell, ours) for cell, ours in locked if "code" in (cell.cell_type, ours.cell_type))
    return _cells(CHANGED, (ours for cell, ours in code if not _same_text(cell.source, ours.source)))


def _changed_settings(copy: Compared) -> str | None:
    return _cells(RESET, (ours for cell, ours in copy.changed if _other_settings(cell, ours)))


def _unknown_graded(copy: Compared) -> str | None:
    if copy.is_of_another:
        return None
    number = sum(ours is None and of_nbgrader(cell).get("grade") is True for cell, ours in copy.rows)
    return UNKNOWN.format(number=number) if number else None


def _execution_tags(copy: Compared) -> str | None:
    added = {tag for cell, ours in copy.rows for tag in _tags(cell) - (_tags(ours) if ours else set())}
    return TAGGED.format(tags=", ".join(sorted(added & TAGS))) if added & TAGS else None


def _own_report(copy: Compared) -> str | None:
    return REPORT if RECORD in copy.notebook.metadata else None


def _another_language(copy: Compared) -> str | None:
    kernel = copy.notebook.metadata.get("kernelspec")
    name = kernel.get("language") if isinstance(kernel, dict) else None
    return LANGUAGE if isinstance(name, str) and name and not name.lower().startswith("python") else None


def _out_of_reach(copy: Compared) -> str | None:
    """Only what is written out: a path that the code makes up is refused, and not told."""
    folders = {_path_to(folder, copy.module): told for folder, told in FOLDERS.items()}
    return _named(OUT_OF_REACH, copy, {re.escape(name): told for name, told in PLAIN_NAMES.items()} | folders)


def _sealed_table(copy: Compared) -> str | None:
    return _named(SEALED, copy, {re.escape(name): name for name in SEALED_NAMES})


def _redefined_check(copy: Compared) -> str | None:
    return REDEFINED if any(map(CHECK_REDEFINED.search, copy.own_code)) else None


FACTS: tuple[Callable[[Compared], str | None], ...] = (
    _another_module,
    _answers_of_another,
    _replaced_table,
    _changed_text,
    _changed_settings,
    _unknown_graded,
    _execution_tags,
    _own_report,
    _another_language,
    _out_of_reach,
    _sealed_table,
    _redefined_check,
)


def _path_to(folder: str, module: str) -> str:
    """Return a pattern of the paths to a folder of the course; bounded, so that no text takes long."""
    inside = rf"\b{folder}[/\\]+[^\s\"']{{0,200}}{re.escape(module)}|" if module else ""
    return rf"{inside}\bcourse[/\\]+{folder}\b|\.\.[/\\]+{folder}\b"


def _named(text: str, copy: Compared, patterns: Mapping[str, str]) -> str | None:
    found = [told for one, told in patterns.items() if any(re.search(one, code) for code in copy.own_code)]
    return text.format(names=", ".join(dict.fromkeys(found))) if found else None


def _cells(text: str, cells: Iterable[NotebookNode]) -> str | None:
    """Say it of some released cells, by their names, which are ours."""
    names = list(dict.fromkeys(name_of(cell) or str(cell.get("id", "")) for cell in cells))
    rest = f" et {len(names) - NAMED} de plus" if len(names) > NAMED else ""
    return text.format(cells=", ".join(names[:NAMED]) + rest) if names else None


def _same_text(theirs: str, ours: str) -> bool:
    """Whether two texts are the same, whatever an editor did to spaces, accents and line ends."""
    return len(theirs) <= 4 * len(ours) + 100 and _bare(theirs) == _bare(ours)


def _bare(text: str) -> str:
    return LOST_IN_EDITORS.sub("", unicodedata.normalize("NFC", text))


def _other_settings(cell: NotebookNode, ours: NotebookNode) -> bool:
    theirs, own = of_nbgrader(cell), of_nbgrader(ours)
    return any(key in theirs and theirs[key] != own[key] for key in SETTINGS if key in own)


def _labels(table: Mapping[str, Any]) -> set[tuple[str, str, str, str, str]]:
    """Return the answers foreseen by an exercises file, sealed: format, exercise, way, salt, label."""
    found = set()
    for exercise, fields in mapping(table.get("exercises")).items():
        for way, question in mapping(mapping(fields).get("questions")).items():
            sealed = mapping(mapping(question).get("sealed"))
            seal = str(sealed.get("version", 1)), exercise, way, str(sealed.get("salt"))
            found |= {(*seal, label) for label in mapping(sealed.get("entries"))}
    return found


def _formats(labels: Iterable[tuple[str, ...]]) -> set[str]:
    return {label[0] for label in labels}


def _tags(cell: NotebookNode) -> set[str]:
    tags = cell.metadata.get("tags")
    return {tag for tag in tags if isinstance(tag, str)} if isinstance(tags, list) else set()
