"""YAML read with the place of every value, validated against a JSON Schema, with findings in French."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from autograder.modules.errors import Finding, ModuleError
from autograder.modules.text_file import read_text
from autograder.modules.yaml_words import (
    NO_BREAK_SPACE,
    Location,
    line_of,
    no_break_space,
    refused,
    unreadable,
)

_Loader = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # several times faster, where PyYAML came with libyaml

FOLLOWS = {"oneOf", "required"}
"""Rules that a misspelt key breaks too: once it is told, they would be a second cause for the same slip."""

STRING, MERGE = "tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"

Validator = extend(
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine(
        "number", lambda _, value: type(value) is int or (type(value) is float and math.isfinite(value))
    ),
)


@dataclass(frozen=True)
class Span:
    """Where a value is written: line and column of its first character and past its last one, counted from 0."""

    start: tuple[int, int]
    end: tuple[int, int]


@dataclass(frozen=True)
class Document:
    """The content of a YAML file, where each of its keys and items stands, and where each plain value is written."""

    path: Path
    data: Any
    lines: dict[Location, int] = field(default_factory=dict)
    spans: dict[Location, Span] = field(default_factory=dict)

    def line(self, *location: str | int) -> int:
        """Return the line of a value, or of the closest one that contains it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def finding(self, message: str, *location: str | int) -> Finding:
        """Return a finding about a value."""
        return Finding(self.path, self.line(*location), message)


def read(path: Path, schema: str) -> Document:
    """Read a YAML file and validate it against `schemas/<schema>.json`; raise ModuleError with all the findings.

    The same text is parsed once: nobody changes what they are given.
    """
    return _valid(path, read_text(path), schema)


@lru_cache(64)
def _valid(path: Path, text: str, schema: str) -> Document:
    document = parse(path, text)
    rules = json.loads(
        files("autograder.modules").joinpath(f"schemas/{schema}.json").read_text(encoding="utf-8")
    )
    if wrong := _wrong(list(Validator(rules).iter_errors(document.data))):
        wrong.sort(key=lambda found: document.line(*found[0]))
        raise ModuleError([document.finding(message, *place) for place, message in wrong])
    return document


def _wrong(errors: list[ValidationError]) -> list[tuple[Location, str]]:
    """Return where values break their schema, and how; of an unknown key, only that it is unknown."""
    unknown = [one for one in errors if one.validator == "additionalProperties"]
    found = [told for one in unknown for told in refused(one)]
    holders, keys = {tuple(one.absolute_path) for one in unknown}, {place for place, _ in found}
    for one in errors:
        if one in unknown or (one.validator in FOLLOWS and tuple(one.absolute_path) in holders):
            continue
        found += [(place, message) for place, message in refused(one) if place not in keys]
    return found


def parse(path: Path, text: str) -> Document:
    """Return what a YAML text holds. Every key is taken for a text. Raises ModuleError, for a key written twice too."""
    loader = None
    walked: list[Walked] = []
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return Document(path, None)
        walked = list(_walk(node, (), ()))
        if twice := list(_twice(path, walked)):
            raise ModuleError(twice)
        lines, spans = _places(walked)
        return Document(path, loader.construct_document(node), lines, spans)
    except yaml.YAMLError as error:
        if line := no_break_space(text.splitlines(), line_of(error)):
            raise ModuleError([Finding(path, line, NO_BREAK_SPACE)]) from None
        raise ModuleError([Finding(path, line_of(error), unreadable(error))]) from None
    except ValueError:  # a date or a number that looks like one and is not
        message = "une valeur ressemble à une date ou à un nombre sans en être : mettez-la entre guillemets."
        raise ModuleError([Finding(path, _refused_line(loader, walked), message)]) from None
    except RecursionError:
        message = "ce texte est imbriqué trop profondément, ou se contient lui-même."
        raise ModuleError([Finding(path, 0, message)]) from None
    finally:
        if loader is not None:
            loader.dispose()


Walked = tuple[Location, int, yaml.Node]


def _refused_line(loader: Any, walked: list[Walked]) -> int:
    """Return the line of the value that YAML takes for a date or a number, and cannot make."""
    for _, _, node in walked:
        try:
            if isinstance(node, yaml.ScalarNode):
                loader.construct_object(node)
        except (ValueError, yaml.YAMLError):  # the second time, YAML says that it is already at it
            return int(node.start_mark.line) + 1
    return 0


def _walk(node: yaml.Node, location: Location, above: tuple[int, ...]) -> Iterator[Walked]:
    """Yield every value with its location and the line of its key, before merges are made. Keys become texts."""
    if id(node) in above:
        raise RecursionError
    if not above:
        yield (), node.start_mark.line, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="unhashable key", problem_mark=key.start_mark)
            key.tag = key.tag if key.tag == MERGE else STRING
            place = (*location, key.value)
            yield place, key.start_mark.line, value
            yield from _walk(value, place, (*above, id(node)))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            place = (*location, index)
            yield place, value.start_mark.line, value
            yield from _walk(value, place, (*above, id(node)))


def _twice(path: Path, walked: list[Walked]) -> Iterator[Finding]:
    """Yield a finding for each key written twice in the same place, with both lines: YAML would keep the last one alone."""
    seen: dict[Location, int] = {}
    doubled: set[Location] = set()
    for place, line, _ in walked:
        if any(place[:depth] in doubled for depth in range(1, len(place))):
            continue  # inside a key already told
        if place in seen:
            doubled.add(place)
            first = seen[place] + 1
            message = f"la clé « {place[-1]} » est en double : elle est déjà ligne {first}. Renommez l’une des deux."
            yield Finding(path, line + 1, message)
        seen.setdefault(place, line)


def _places(walked: list[Walked]) -> tuple[dict[Location, int], dict[Location, Span]]:
    lines = {place: line + 1 for place, line, _ in walked}
    spans = {
        place: Span(
            (node.start_mark.line, node.start_mark.column), (node.end_mark.line, node.end_mark.column)
        )
        for place, _, node in walked
        if isinstance(node, yaml.ScalarNode)
    }
    return lines, spans
