"""The case of `case.yml`, typed: hours, what is seen at each, and what may be decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Choices = Mapping[str, str]
"""decision -> the option chosen."""


@dataclass(frozen=True)
class Line:
    """Something that is seen: a message, a screen, a line of a log. `when` says after which earlier choices."""

    id: str
    source: str
    text: str
    when: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Option:
    """Something that may be decided. It is tenable unless it breaks a bound; `proofs` are the lines that may justify it."""

    id: str
    text: str
    then: str
    proofs: tuple[str, ...]
    breaks: str
    habit: str
    why: str

    @property
    def tenable(self) -> bool:
        return not self.breaks


@dataclass(frozen=True)
class Decision:
    """Something to decide in an hour."""

    id: str
    label: str
    options: Mapping[str, Option]


@dataclass(frozen=True)
class Hour:
    """One screen of the game."""

    at: str
    where: str
    lines: tuple[Line, ...]
    decisions: Mapping[str, Decision]

    def seen(self, choices: Choices) -> dict[str, Line]:
        """Return the lines that are seen after these choices, by id, in order."""
        return {
            line.id: line
            for line in self.lines
            if all(choices.get(decision) in options for decision, options in line.when.items())
        }


@cache
def hours() -> tuple[Hour, ...]:
    """Return the hours of the case, in order."""
    text = files(__package__).joinpath("case.yml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return tuple(map(_hour, yaml.load(text, loader)["hours"]))


@cache
def decisions() -> dict[str, Decision]:
    """Return every decision of the case, by id, in order."""
    return {name: decision for hour in hours() for name, decision in hour.decisions.items()}


def _hour(row: dict[str, Any]) -> Hour:
    return Hour(
        row["at"],
        row["where"],
        tuple(map(_line, row["lines"])),
        {decision["id"]: _decision(decision) for decision in row["decisions"]},
    )


def _line(row: dict[str, Any]) -> Line:
    when = {decision: tuple(options) for decision, options in row.get("when", {}).items()}
    return Line(row["id"], row["from"], row["text"], when)


def _decision(row: dict[str, Any]) -> Decision:
    return Decision(row["id"], row["label"], {option["id"]: _option(option) for option in row["options"]})


def _option(row: dict[str, Any]) -> Option:
    return Option(
        row["id"],
        row["text"],
        row["then"],
        tuple(row.get("proofs", ())),
        row.get("breaks", ""),
        row.get("habit", ""),
        row.get("why", ""),
    )
