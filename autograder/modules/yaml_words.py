"""What PyYAML and JSON Schema refuse, said in French to the author of the file."""

import difflib
import re
from collections.abc import Iterator
from typing import Any

import yaml
from jsonschema.exceptions import ValidationError

Location = tuple[str | int, ...]

TYPES = {
    "string": "un texte",
    "integer": "un nombre entier",
    "number": "un nombre",
    "array": "une liste",
    "object": "une série de clés",
    "boolean": "true ou false",
}

# Parts of the messages of PyYAML's two parsers (its own and libyaml's), and what they mean.
PROBLEMS = {
    "tab character": "une tabulation commence cette ligne : remplacez-la par des espaces",
    "mapping values are not allowed": "un deux-points suivi d’une espace, dans un texte, se lit comme une clé : mettez ce "
    "texte entre guillemets ; si c’est une clé, alignez-la sur les autres",
    "cannot start any token": "une tabulation, ou un signe réservé (@, `, %) en tête de valeur : remplacez la tabulation "
    "par des espaces, ou mettez le texte entre guillemets",
    "unexpected end of stream": "un guillemet ouvert n’est pas refermé",
    "unexpected end of the stream": "un guillemet ouvert n’est pas refermé",
    "document separator": "un guillemet ouvert n’est pas refermé",
    "expected ',' or": "des crochets ou des accolades ne sont pas refermés, ou un texte écrit entre eux contient lui-même "
    "[ ] { } : mettez ce texte entre guillemets, ou sur sa propre ligne",
    "expected <block end>": "cette ligne n’est pas alignée sur celles de son bloc, ou un guillemet est de trop avant elle",
    "did not find expected key": "cette ligne n’est pas alignée sur celles de son bloc, ou un guillemet est de trop avant elle",
    "expected '-' indicator": "cette ligne n’est pas alignée sur les tirets de sa liste",
    "could not find expected ':'": "il manque un deux-points, suivi d’une espace, après une clé",
    "undefined alias": "une astérisque en tête de valeur se lit comme un renvoi : mettez le texte entre guillemets",
    "alphabetic or numeric character": "une esperluette ou une astérisque en tête de valeur est réservée : mettez le texte "
    "entre guillemets",
    "unknown escape character": "entre guillemets doubles, une barre oblique inverse se double : \\\\",
    "control characters": "le texte contient un caractère de commande invisible : effacez-le",
    "special characters": "le texte contient un caractère de commande invisible : effacez-le",
    "could not determine a constructor": "un point d’exclamation en tête de valeur est réservé : mettez le texte entre guillemets",
    "tag": "un point d’exclamation en tête de valeur est réservé : mettez le texte entre guillemets",
    "unhashable key": "une clé est un texte court, sans crochet ni accolade",
    "expected a single document": "une ligne de trois tirets coupe le fichier en deux : ôtez-la",
    "scalar": "le retrait d’un texte de plusieurs lignes n’est pas régulier",
}
CUT = "entre accolades, une virgule sépare deux clés : écrivez le nombre avec un point (0.5), ou entre guillemets."
NO_BREAK = re.compile(r"^\s*?[\u00a0\u202f]|^[\w\s-]*:[\u00a0\u202f]|^\s*-[\u00a0\u202f]")
NO_BREAK_SPACE = (
    "YAML illisible : une espace insécable y tient la place d’une espace ordinaire, au début de la ligne ou après le deux-points : "
    "retapez-la."
)
UNKNOWN = "écriture incorrecte : vérifiez l’alignement, les deux-points et les guillemets"


def unreadable(error: yaml.YAMLError) -> str:
    """Return why a text is not YAML, and what to do."""
    parts = (getattr(error, name, None) for name in ("problem", "reason", "context"))
    problem = " ".join(str(part) for part in parts if part)
    return f"YAML illisible : {next((text for part, text in PROBLEMS.items() if part in problem), UNKNOWN)}."


def no_break_space(lines: list[str], line: int) -> int:
    """Return the line where a no-break space stands for one that YAML counts, at the place of an error or just above; else 0."""
    near = (number for number in (line, line - 1) if 0 < number <= len(lines))
    return next((number for number in near if NO_BREAK.search(lines[number - 1])), 0)


def line_of(error: yaml.YAMLError) -> int:
    """Return the line to look at, from 1: where a quote was opened rather than where the text ends; 0 if unknown."""
    context = str(getattr(error, "context", None))
    opened = "quoted" in context or "simple key" in context
    mark = getattr(error, "context_mark" if opened else "problem_mark", None)
    return mark.line + 1 if mark else 0


def refused(error: ValidationError) -> Iterator[tuple[Location, str]]:
    """Yield where a value breaks its schema, and how; unknown keys one by one, each at its own place."""
    place = tuple(error.absolute_path)
    schema: Any = error.schema
    value: Any = error.instance
    rule: Any = error.validator_value
    if error.validator == "additionalProperties":
        known = list(schema.get("properties", {}))
        for key in value:
            if key not in known and _cut_by_a_comma(key, value[key]):
                yield (*place, key), CUT
            elif key not in known:
                yield (*place, key), _unknown_key(key, known)
    elif "propertyNames" in error.absolute_schema_path and error.validator == "enum":
        yield (*place, value), f"la clé « {value} » ne sert pas ici. Clés permises : {', '.join(rule)}."
    elif "propertyNames" in error.absolute_schema_path:
        yield (*place, value), f"la clé {_wrong(error)}"
    else:
        where = f"« {'.'.join(map(str, place))} » : " if place else ""
        yield place, where + _wrong(error)


def _unknown_key(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    hint = f" ; vouliez-vous dire « {near[0]} » ?" if near else "."
    return f"clé inconnue ({key}){hint} Clés permises ici : {', '.join(known)}."


def _cut_by_a_comma(key: str, value: Any) -> bool:
    """Tell whether a key is what follows a comma in a value: `{tolerance: 0,5}` is read as a tolerance of 0, and a key 5."""
    return value is None and key.replace(" ", "").isdigit()


def _wrong(error: ValidationError) -> str:
    value: Any = error.instance
    rule: Any = error.validator_value
    schema: Any = error.schema
    match error.validator:
        case "required":
            return f"il manque la clé « {error.message.split(chr(39))[1]} »."
        case "type":
            return _wrong_type(value, rule)
        case "enum":
            return f"{shown(value)} n’est pas permis ; choisissez parmi {', '.join(map(str, rule))}."
        case "pattern":
            return f"{shown(value)} n’a pas la bonne forme ; on attend {schema.get('description', rule)}."
        case "minItems":
            return f"il en faut au moins {rule} ; il y en a {len(value)}."
        case "maxItems":
            return f"il en faut au plus {rule} ; il y en a {len(value)}."
        case "minProperties":
            return f"il faut au moins {rule} clé(s) ; il y en a {len(value)}."
        case "minLength":
            return "ce texte est vide ; écrivez-le."
        case "minimum":
            return f"{value} est trop petit (minimum {rule})."
        case "exclusiveMinimum":
            return f"{value} est trop petit : il faut plus que {rule}."
        case "maximum":
            return f"{value} est trop grand (maximum {rule})."
        case "oneOf":
            return (
                "une et une seule des formes prévues est permise ici (code, form, pick, miss, match, before)."
            )
        case "not":
            return f"{shown(value)} est réservé ; prenez un autre mot."
        case _:
            return f"{shown(value)} n’est pas permis ici ; voyez docs/format-d-un-module.md."


def _wrong_type(value: Any, rule: Any) -> str:
    wanted = " ou ".join(TYPES[name] for name in ([rule] if isinstance(rule, str) else rule))
    unquoted = not isinstance(value, (str, list, dict, type(None))) and "string" in rule
    with_comma = "string" not in rule and isinstance(value, str) and re.fullmatch(r"-?\d+,\d+", value)
    return f"on attend {wanted}, pas {shown(value)}." + (
        " Mettez-le entre guillemets."
        if unquoted
        else f" Écrivez-le avec un point : {value.replace(',', '.')}."
        if with_comma
        else ""
    )


def shown(value: Any) -> str:
    """Return a value as its author wrote it, or nearly, in a few words."""
    if value is None:
        return "une valeur vide"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "une série de clés"
    if isinstance(value, list):
        return "une liste"
    text = str(value)
    return f"« {text if len(text) <= 60 else text[:57] + '…'} »"
