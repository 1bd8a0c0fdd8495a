"""YAML read with the line of every value, validated against a JSON Schema, with findings in French."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from autograder import paths
from autograder.modules.errors import Finding, ModuleError

Location = tuple[str | int, ...]
_Loader = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # several times faster, where PyYAML came with libyaml


@dataclass(frozen=True)
class Document:
    """The content of a YAML file and where each of its values stands."""

    path: Path
    data: Any
    lines: dict[Location, int] = field(default_factory=dict)

    def line(self, *location: str | int) -> int:
        """Return the line of a value, or of the closest one that contains it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def finding(self, message: str, *location: str | int) -> Finding:
        """Return a finding about a value."""
        return Finding(self.path, self.line(*location), message)


def _missing(path: Path) -> str:
    if path.parent == paths.course():
        return paths.not_a_course(path.name)
    return "ce fichier manque ; créez-le (« campus new » montre un exemple)."


def read(path: Path, schema: str) -> Document:
    """Read a YAML file and validate it against `schemas/<schema>.json`; raise ModuleError with all the findings."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ModuleError([Finding(path, 0, _missing(path))]) from None
    except UnicodeDecodeError:
        raise ModuleError(
            [Finding(path, 0, "ce fichier n’est pas en UTF-8 ; enregistrez-le dans cet encodage.")]
        ) from None
    try:
        data, lines = _parse(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "écriture incorrecte"
        line = mark.line + 1 if mark else 0
        message = f"YAML illisible ({problem}). Vérifiez l’alignement, les deux-points et les guillemets."
        raise ModuleError([Finding(path, line, message)]) from None
    document = Document(path, data, lines)
    rules = json.loads(
        files("autograder.modules").joinpath(f"schemas/{schema}.json").read_text(encoding="utf-8")
    )
    found = sorted(
        Draft202012Validator(rules).iter_errors(data), key=lambda error: list(map(str, error.absolute_path))
    )
    if found:
        raise ModuleError([document.finding(_french(error), *error.absolute_path) for error in found])
    return document


def _parse(text: str) -> tuple[Any, dict[Location, int]]:
    """Return what a YAML text holds, and where its values stand. Raises yaml.YAMLError."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None, {}
        lines = dict(_lines(node, ()))  # before the node is read, which may merge keys into it
        return loader.construct_document(node), lines
    finally:
        loader.dispose()


def _lines(node: yaml.Node, location: Location) -> Iterator[tuple[Location, int]]:
    yield location, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*location, key.value), key.start_mark.line + 1
            for place, line in _lines(value, (*location, key.value)):
                if place != (*location, key.value):
                    yield place, line
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _lines(value, (*location, index))


def _french(error: ValidationError) -> str:
    where = f"« {'.'.join(map(str, error.absolute_path))} » : " if error.absolute_path else ""
    value: Any = error.instance
    rule: Any = error.validator_value
    schema: Any = error.schema
    types = {
        "string": "un texte",
        "integer": "un nombre entier",
        "number": "un nombre",
        "array": "une liste",
        "object": "une série de clés",
        "boolean": "true ou false",
    }
    match error.validator:
        case "required":
            text = f"il manque la clé « {error.message.split(chr(39))[1]} »."
        case "additionalProperties":
            text = f"clé inconnue ({', '.join(set(value) - set(schema.get('properties', {})))}) ; voir docs/architecture.md."
        case "type":
            wanted = (
                types.get(rule, str(rule))
                if isinstance(rule, str)
                else " ou ".join(types[name] for name in rule)
            )
            text = f"on attend {wanted}, pas {value!r}."
        case "enum":
            text = f"{value!r} n’est pas permis ; choisissez parmi {', '.join(map(str, rule))}."
        case "pattern":
            text = f"{value!r} n’a pas la bonne forme ({rule})."
        case "minItems":
            text = f"il en faut au moins {rule} ; il y en a {len(value)}."
        case "minLength":
            text = "ce texte est vide ; écrivez-le."
        case "minimum" | "exclusiveMinimum":
            text = f"{value} est trop petit (minimum {rule})."
        case "maximum":
            text = f"{value} est trop grand (maximum {rule})."
        case "oneOf" | "anyOf":
            text = (
                "une et une seule des formes prévues est permise ici (code, form, pick, miss, match, before)."
            )
        case _:
            text = error.message
    return where + text
