"""Dated facts: `course/facts.yml`. A text cites one by `{fact}`id`` (its value) and `{source}`id`` (where from, when)."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from autograder import paths
from autograder.modules import yaml_text

CITATION = re.compile(r"\{(fact|source)\}`([a-z0-9-]+)`")


@dataclass(frozen=True)
class Fact:
    """A fact that may age. `confidence`: H, official source read; M, press or secondary source (quoted with « selon »)."""

    id: str
    value: float | str
    unit: str
    label: str
    source: str
    published: str
    confidence: str
    check_again: date

    def cited(self, what: str) -> str:
        """Return the French text of a citation: the value with its unit (`fact`), or the source and its date (`source`)."""
        if what == "source":
            return (
                f"{self.source}, {self.published}"
                if self.confidence == "H"
                else f"selon {self.source}, {self.published}"
            )
        value = (
            f"{self.value:,}".replace(",", "\u00a0").replace(".", ",")
            if isinstance(self.value, (int, float))
            else self.value
        )
        return f"{value}\u00a0{self.unit}".strip()


def load_facts(path: Path | None = None) -> dict[str, Fact]:
    """Return the facts by id; raise ModuleError."""
    data = yaml_text.read(path or paths.course() / "facts.yml", "facts").data
    keys = ("id", "value", "unit", "label", "source", "published", "confidence", "check_again")
    return {row["id"]: Fact(**{key: row[key] for key in keys}) for row in data["facts"]}


def cite(text: str, facts: dict[str, Fact]) -> str:
    """Replace the citations of a text; raise KeyError with the id of an unknown fact."""
    return CITATION.sub(lambda found: facts[found.group(2)].cited(found.group(1)), text)
