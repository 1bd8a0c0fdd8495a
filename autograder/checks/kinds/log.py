"""A log of corrections: for each item, what was decided, the new value if any, and what proves it."""

import re
from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from autograder.contract.kinds import ByReading, Facets, Problem, Share, type_name

WRITTEN, EMPTY = "written", "empty"
QUOTES = " \t\n\u00a0\u202f«»“”\"'"
BETWEEN_DIGITS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d)")


class LogSpec(TypedDict):
    """`items` and `fields` are the keys of the form; each field has the keys of its options, if any. `also` gives other right texts of a
    cell, or other right lines of an item."""

    items: list[str]
    fields: dict[str, list[str]]
    also: NotRequired[dict[str, list[Any]]]


def cells(spec: LogSpec) -> list[tuple[str, list[str]]]:
    """Return the `item.field` keys of a log with the options of each; a field without options takes a short text."""
    return [
        (f"{item}.{field}", [str(option) for option in options])
        for item in spec["items"]
        for field, options in spec["fields"].items()
    ]


class Log(ByReading):
    """A dict of `item.field` keys. Each item brings the same share, divided between the cells that it must fill.

    A field with `options` takes a key. Any other field takes a text; case, quotes and spaces around it do not matter. A text
    written where the solution leaves none costs as much as one cell of its item brings.

    `also` serves the derivation only: other right keys or texts of a cell, other right lines of an item. An item that has other right
    lines is judged whole: its proof must go with its decision.

    Facets: `item.field` for a cell; `item.field?` for whether a text is written; `item` for the keys of its line.
    """

    def read(self, value: Any, spec: LogSpec) -> Facets:
        if not isinstance(value, Mapping):
            raise Problem(
                f"type:{type(value).__name__}",
                f"Votre réponse est {type_name(value)} : on attend un dictionnaire.",
            )
        missing = [key for key, options in cells(spec) if options and key not in value]
        if missing:
            left = "un choix" if len(missing) == 1 else f"{len(missing)} choix"
            raise Problem("short", f"Il reste {left} à faire dans le journal.")
        read = {key: _canonical(value.get(key, ""), options) for key, options in cells(spec)}
        texts = [key for key, options in cells(spec) if not options]
        presence = {f"{key}?": WRITTEN if read[key] else EMPTY for key in texts}
        return read | presence | {str(item): _line(item, read, spec) for item in spec["items"]}

    def shares(self, truth: Any, spec: LogSpec) -> list[Share]:
        right, also = self.read(truth, spec), spec.get("also", {})
        whole = {str(item) for item in spec["items"] if item in also}
        share = 1 / len(spec["items"])
        found = [(item, right[item], share) for item in whole]
        found += [(item, _line_of(item, line, spec), share) for item in whole for line in also[item]]
        for key, options in cells(spec):
            item = key.rpartition(".")[0]
            part = share / max(_filled(item, right, spec), 1)
            if not right[key] and not options:
                found.append((f"{key}?", WRITTEN, -part))
            elif item not in whole:
                texts = [right[key], *(_canonical(text, options) for text in also.get(key, []))]
                found += [(key, text, part) for text in texts]
        return found

    def wrong(self, facets: Facets, brings: Mapping[str, float]) -> list[str]:
        """The wrong cells; the item itself when no cell of its line is right."""
        items = dict.fromkeys(key.rpartition(".")[0] for key in facets if "." in key)
        return [part for item in items for part in _wrong_parts(item, facets, brings)]

    def told_first(self, facets: Facets, mistaken: list[str]) -> list[str]:
        return mistaken


def _wrong_parts(item: str, facets: Facets, brings: Mapping[str, float]) -> list[str]:
    own = [key for key in facets if key.startswith(f"{item}.") and not key.endswith("?")]
    too_much = [key for key in own if brings.get(f"{key}?", 0) < 0]
    if brings.get(item, 0) > 0:
        return too_much
    wrong = [key for key in own if brings.get(key, 0) <= 0 and facets[key]]
    return [item] if wrong and len(wrong) == sum(bool(facets[key]) for key in own) else wrong


def _line(item: Any, read: Facets, spec: LogSpec) -> str:
    """Return the keys of an item's line, in order: its texts are read apart."""
    return ";".join(read[f"{item}.{field}"] for field, options in spec["fields"].items() if options)


def _line_of(item: str, line: Mapping[str, str], spec: LogSpec) -> str:
    """Return the canonical text of another right line of an item. Raises Problem when a field is missing or unknown."""
    fields = {
        field: [str(option) for option in options] for field, options in spec["fields"].items() if options
    }
    return ";".join(_canonical(line.get(field), options) for field, options in fields.items())


def _canonical(value: Any, options: list[str]) -> str:
    text = value.strip().casefold() if isinstance(value, str) else ""
    if options and text not in options:
        raise Problem("key", f"On attend une de ces clés : {', '.join(options)}.")
    return text if options else BETWEEN_DIGITS.sub("", text.strip(QUOTES)).rstrip(". ")


def _filled(item: str, right: Facets, spec: LogSpec) -> int:
    """Return how many cells of an item are to be filled."""
    return sum(bool(right[f"{item}.{field}"]) for field in spec["fields"])
