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
from functools import lru_cache
from typing import Any, Protocol

RIGHT = "right"
PROBLEM_FACET = "!"
"""Facet under which the code of a Problem is looked up, for mistakes bound to it."""

VERSION = 2
"""Of the format of sealed tables."""

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
    """A table whose entries open only for the answers that they are about.

    `salt` enters the slow step, `way` what is drawn from it: the two ways of an exercise share a salt, and so a cost, but no
    label nor key. `version` is the format: tables sealed before this one stay in learners' folders.
    """

    def __init__(
        self, salt: str, rounds: int, entries: Mapping[str, str], way: str = "", version: int = VERSION
    ) -> None:
        self.salt = salt
        self.rounds = rounds
        self.entries = entries
        self.way = way
        self.version = version

    def find(self, facet: str, canonical: str) -> Outcome | None:
        label, key = self._derive(facet, canonical)
        sealed = self.entries.get(label)
        if sealed is None:
            return None
        return Outcome(**json.loads(_mask(base64.b64decode(sealed), key)))

    def to_json(self) -> dict[str, Any]:
        return {
            "version": self.version,
            "salt": self.salt,
            "way": self.way,
            "rounds": self.rounds,
            "entries": dict(self.entries),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "SealedTable":
        """Read a table of this format or of the first one, which did not say so. Raises ValueError for any other."""
        version = data.get("version", 1)
        if version not in (1, VERSION):
            raise ValueError(f"sealed table of version {version}")
        return cls(data["salt"], data["rounds"], data["entries"], data.get("way", ""), version)

    @classmethod
    def seal(cls, entries: Entries, salt: str, facets: int, way: str = "") -> "SealedTable":
        """Seal a table; `facets` is how many look-ups one answer needs. Deterministic, and sorted by label."""
        table = cls(salt, max(300, ROUNDS // facets), {}, way)
        sealed = {}
        for (facet, canonical), outcome in entries.items():
            label, key = table._derive(facet, canonical)
            text = json.dumps(asdict(outcome), ensure_ascii=False, sort_keys=True).encode()
            sealed[label] = base64.b64encode(_mask(text, key)).decode()
        table.entries = dict(sorted(sealed.items()))
        return table

    def _derive(self, facet: str, canonical: str) -> tuple[str, bytes]:
        """Return the label of an answer and the key of what is said about it."""
        secret = json.dumps([facet, canonical], ensure_ascii=False).encode()
        if self.version == 1:
            drawn = hashlib.pbkdf2_hmac("sha256", secret, self.salt.encode(), self.rounds, dklen=48)
        else:
            drawn = hashlib.shake_256(_slow(secret, self.salt, self.rounds) + self.way.encode()).digest(48)
        return drawn[:16].hex(), drawn[16:]


@lru_cache(4096)
def _slow(secret: bytes, salt: str, rounds: int) -> bytes:
    """Return one block of PBKDF2. Each further block costs as much again, but nothing to whoever searches: the first is enough."""
    return hashlib.pbkdf2_hmac("sha256", secret, salt.encode(), rounds)


def _mask(text: bytes, key: bytes) -> bytes:
    """XOR a text with the stream of its key (its own inverse). Each key serves for one text only."""
    stream = hashlib.shake_256(key).digest(len(text))
    return bytes(a ^ b for a, b in zip(text, stream, strict=True))
