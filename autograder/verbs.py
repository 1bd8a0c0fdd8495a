"""Words that the verbs of `campus` share: options on modules, and answers in JSON."""

import argparse
import json
from collections.abc import Callable
from typing import Any

Verb = Callable[[argparse.Namespace], int]
Verbs = Any
"""argparse's own object of sub-commands; its class is private."""


def verb_on_modules(verbs: Verbs, name: str, text: str, run: Verb) -> argparse.ArgumentParser:
    """Declare a verb that takes modules, all by default, and answers in JSON on request."""
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=text, description=f"{text[0].upper()}{text[1:]}."
    )
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="par exemple F02 (tous par défaut)")
    parser.add_argument("--json", action="store_true", help="répondre en JSON sur la sortie standard")
    parser.set_defaults(run=run)
    return parser


def print_json(data: Any) -> None:
    """Write an answer on the standard output, at once. What a terminal would obey is escaped: copies give their names and texts."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    print("".join(one if one.isprintable() or one == "\n" else _escaped(one) for one in text), flush=True)


def _escaped(sign: str) -> str:
    return json.dumps(sign)[1:-1]
