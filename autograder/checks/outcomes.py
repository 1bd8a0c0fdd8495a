"""Outcome tables: what each answer means. In clear where grading runs, sealed where learners are.

A sealed table holds, for each answer foreseen, a label and an encrypted outcome, both derived from that very answer by a slow
key-derivation function (PBKDF2, RFC 8018). Whoever has not found an answer cannot read what is said about it. It keeps answers
from being read, not from being searched for: trying every choice of a four-choice question stays easy, as in any quiz.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

RIGHT = "right"
PROBLEM_FACET = "!"
"""Facet under which the code of a Problem is looked up, for mistakes bound to it."""

ROUNDS = 6_000
"""Key-derivation rounds for one answer; shared between its facets so that a verdict stays instant."""


@dataclass(frozen=True)
class Outcome:
    """What an answer, or one facet of it, means: `share` of the points (may be negative) and a French message.

    `code` is one way to compute the right answer, shown to whoever has found it.
    """

    id: str
    share: float
    message: str = ""
    code: str = ""


class Table(Protocol):
    """Outcomes of an exercise by facet and canonical text."""

    def find(self, facet: str, canonical: str) -> Outcome | None:
        """Return the outcome foreseen, or None."""
        ...


Entries = dict[tuple[str, str], Outcome]


class ClearTable:
    """A table in clear: grading only."""

    def __init__(self, entries: Entries) -> None:
        self.entries = entries

    def find(self, facet: str, canonical: str) -> Outcome | None:
        return self.entries.get((facet, canonical))

    def to_json(self) -> list[list[Any]]:
        return [[facet, canonical, asdict(outcome)] for (facet, canonical), outcome in self.entries.items()]

    @classmethod
    def from_json(cls, rows: Iterable[list[Any]]) -> "ClearTable":
        return cls({(facet, canonical): Outcome(**outcome) for facet, canonical, outcome in rows})


class SealedTable:
    """A table whose entries open only for the answers that they are about."""

    def __init__(self, salt: str, rounds: int, entries: Mapping[str, str]) -> None:
        self.salt = salt
        self.rounds = rounds
        self.entries = entries

    def find(self, facet: str, canonical: str) -> Outcome | None:
        label, key = _derive(self.salt, self.rounds, facet, canonical)
        sealed = self.entries.get(label)
        if sealed is None:
            return None
        return Outcome(**json.loads(_mask(base64.b64decode(sealed), key)))

    def to_json(self) -> dict[str, Any]:
        return {"salt": self.salt, "rounds": self.rounds, "entries": dict(self.entries)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "SealedTable":
        return cls(data["salt"], data["rounds"], data["entries"])

    @classmethod
    def seal(cls, entries: Entries, salt: str, facets: int) -> "SealedTable":
        """Seal a table; `facets` is how many look-ups one answer needs. Deterministic, and sorted by label."""
        rounds = max(300, ROUNDS // facets)
        sealed = {}
        for (facet, canonical), outcome in entries.items():
            label, key = _derive(salt, rounds, facet, canonical)
            text = json.dumps(asdict(outcome), ensure_ascii=False, sort_keys=True).encode()
            sealed[label] = base64.b64encode(_mask(text, key)).decode()
        return cls(salt, rounds, dict(sorted(sealed.items())))


def _derive(salt: str, rounds: int, facet: str, canonical: str) -> tuple[str, bytes]:
    """Return the label of an answer and the key of what is said about it."""
    secret = json.dumps([facet, canonical], ensure_ascii=False).encode()
    derived = hashlib.pbkdf2_hmac("sha256", secret, salt.encode(), rounds, dklen=48)
    return derived[:16].hex(), derived[16:]


def _mask(text: bytes, key: bytes) -> bytes:
    """XOR a text with the stream of its key (its own inverse). Each key serves for one text only."""
    stream = hashlib.shake_256(key).digest(len(text))
    return bytes(a ^ b for a, b in zip(text, stream, strict=True))
