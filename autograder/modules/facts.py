"""Dated facts: `course/facts.yml`. A text cites one by `{fact}`id`` (its value) and `{source}`id`` (where from, when)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from autograder import paths
from autograder.french.dates import in_full
from autograder.french.numbers import NO_BREAK, short
from autograder.modules import yaml_text
from autograder.modules.errors import ModuleError
from autograder.modules.facts_check import findings

CITATION = re.compile(r"\{(fact|source)\}`([a-z0-9-]+)`")


@dataclass(frozen=True)
class Fact:
    """A fact that may age. `confidence`: H, official source; M, press or secondary source (quoted with « selon »).

    `url`, `read_on` and `how` tell the page that was read; without them, `unread` tells why none was.
    """

    id: str
    value: float | str
    unit: str
    label: str
    source: str
    confidence: str
    check_again: date
    published: str = ""
    url: str = ""
    read_on: date | None = None
    how: str = ""
    unread: str = ""

    def cited(self, what: str, linked: bool = False) -> str:
        """Return the French text of a citation: the value with its unit (`fact`), or the source and its date (`source`)."""
        if what == "source":
            return self._source(linked)
        value = short(self.value) if isinstance(self.value, (int, float)) else self.value
        return f"{value}{NO_BREAK}{self.unit}".strip()

    def _source(self, linked: bool) -> str:
        """Return the source, a Markdown link where asked; then its date, or the day it was read; or that it was not."""
        named = f"[{self.source}]({self.url})" if linked and self.url else self.source
        dated = self.published or (f"page lue le {in_full(self.read_on)}" if self.read_on else "")
        told = ", ".join(filter(None, [named, dated, "source non relue" if self.unread else ""]))
        return told if self.confidence == "H" else f"selon {told}"


def load_facts(path: Path | None = None) -> dict[str, Fact]:
    """Return the facts by id; raise ModuleError."""
    document = yaml_text.read(path or paths.course() / "facts.yml", "facts")
    if found := list(findings(document)):
        raise ModuleError(found)
    return {row["id"]: _fact(row) for row in document.data["facts"]}


def _fact(row: dict[str, Any]) -> Fact:
    kept = {key: row[key] for key in row if key not in {"kind", "note", "read", "until"}}
    read = row.get("read", {})
    return Fact(**kept, read_on=read.get("on"), how=read.get("how", ""))


def cite(text: str, facts: Mapping[str, Fact], linked: bool = False) -> str:
    """Replace the citations of a text, sources by Markdown links where asked; raise KeyError with the id of an unknown fact."""
    return CITATION.sub(lambda found: facts[found.group(2)].cited(found.group(1), linked), text)
