"""What is refused in `course/facts.yml` beyond its schema. Each rule is one short function; RULES is the whole list."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from autograder.french.dates import short
from autograder.modules.errors import Finding
from autograder.modules.yaml_text import Document
from autograder.modules.yaml_words import shown

Row = dict[str, Any]
Told = Iterator[tuple[str, str]]
"""The key to mend, and what to do."""

LAW = re.compile(
    r"\b(?:loi|décret|délibération)\s+n°|\b(?:règlement|directive)\s+\(UE\)|\barticles?\s+(?:[LRD]\.\s?)?\d",
    re.I,
)
"""How a source or a label names a text of law."""

LAW_SITES = ("legifrance.gouv.fr", "eur-lex.europa.eu", "cnil.fr", "cada.fr", "cada.data.gouv.fr")
"""Where texts of law are published, and the two authorities that apply those which the course cites."""


def findings(document: Document) -> Iterator[Finding]:
    """Yield all that is wrong with each fact; the dates first, for the other rules compare them."""
    ids = [row["id"] for row in document.data["facts"]]
    for index, row in enumerate(document.data["facts"]):
        if row["id"] in ids[:index]:
            yield document.finding(f"deux faits ont le même « id », {row['id']}.", "facts", index, "id")
        told = list(_dates(row)) or [one for rule in RULES for one in rule(row)]
        for key, message in told:
            yield document.finding(f"fait « {row['id']} » : {message}", "facts", index, key)


def _dates(row: Row) -> Told:
    read = row.get("read", {})
    for key, value in {
        "check_again": row["check_again"],
        "until": row.get("until"),
        "read": read.get("on"),
    }.items():
        if (key in row) and type(value) is not date:
            name = "read.on" if key == "read" else key
            yield key, f"« {name} » : on attend une date, comme 2026-03-31, pas {shown(value)}."


def _reading(row: Row) -> Told:
    """A source was read, and its address is given; or it was not, and the fact says why, without any address."""
    if ("read" in row) == ("unread" in row):
        yield (
            "id",
            "dites quand et comment la source a été lue (« read: {on: 2026-11-30, how: page} », ou copy, ou package), "
            "ou bien pourquoi elle ne l’a pas été (« unread: … »).",
        )
    elif "read" in row and "url" not in row:
        yield "read", "la source a été lue : donnez l’adresse de la page, « url: »."
    elif "unread" in row and "url" in row:
        yield (
            "url",
            "une adresse ne s’écrit que si la page, ou sa copie, a été lue : ôtez-la, ou lisez la page.",
        )


def _law(row: Row) -> Told:
    """Law is cited from its own text, or from the authority that applies it."""
    if "url" not in row or not (row.get("kind") == "law" or LAW.search(f"{row['source']} {row['label']}")):
        return
    host = urlsplit(row["url"]).netloc.removeprefix("www.")
    if host not in LAW_SITES:
        yield "url", f"un texte de droit se cite à sa source ({', '.join(LAW_SITES)}), pas d’après {host}."


def _order(row: Row) -> Told:
    """A fact is looked at again after its reading, and no later than an end that was still to come."""
    again, read, until = row["check_again"], row.get("read", {}).get("on"), row.get("until")
    if read and again <= read:
        yield "check_again", f"« check_again » doit venir après la lecture du {short(read)}."
    if until and again > until and not (read and until <= read):
        yield (
            "check_again",
            f"« check_again » vient après la fin que la source annonce, le {short(until)} : avancez-le.",
        )


RULES: list[Callable[[Row], Told]] = [_reading, _law, _order]
