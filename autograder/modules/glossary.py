"""The terms of the course and their definitions: `course/glossaire.yml`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder import paths
from autograder.french.order import alphabetical
from autograder.modules import yaml_text
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.yaml_text import Document


@dataclass(frozen=True)
class Term:
    """A term. `module` teaches it; `only_here`: elsewhere the word means something else; `line`: where it is defined."""

    term: str
    definition: str
    module: str
    forms: tuple[str, ...] = ()
    only_here: bool = False
    line: int = 0

    @property
    def writings(self) -> tuple[str, ...]:
        return (self.term, *self.forms)

    def is_for(self, module: str) -> bool:
        """Tell whether the term is explained in a module."""
        return self.module == module or not self.only_here


def path() -> Path:
    """Return the file of the glossary."""
    return paths.course() / "glossaire.yml"


def load_glossary(file: Path | None = None) -> list[Term]:
    """Return the terms in alphabetical order; raise ModuleError."""
    document = yaml_text.read(file or path(), "glossaire")
    if found := list(_defined_twice(document)):
        raise ModuleError(found)
    terms = [
        Term(**{**row, "forms": tuple(row.get("forms", ())), "line": document.line("terms", index)})
        for index, row in enumerate(document.data["terms"])
    ]
    return sorted(terms, key=lambda one: alphabetical(one.term))


def pattern(writings: tuple[str, ...]) -> str:
    """Return the regular expression of a term: whole words, the first letter in either case, any space."""
    return "|".join(_writing(one) for one in sorted(writings, key=len, reverse=True))


def _writing(text: str) -> str:
    first = f"[{text[0].lower()}{text[0].upper()}]"
    return first + r"\s+".join(re.escape(word) for word in text[1:].split(" "))


def _defined_twice(document: Document) -> Iterator[Finding]:
    first: dict[str, int] = {}
    rows = document.data["terms"]
    for index, row in enumerate(rows):
        for writing in (row["term"], *row.get("forms", ())):
            known = first.setdefault(writing.casefold(), index)
            if known != index:
                message = f"« {writing} » a deux définitions, dont celle de « {rows[known]['term']} » : gardez-en une."
                yield document.finding(message, "terms", index)
