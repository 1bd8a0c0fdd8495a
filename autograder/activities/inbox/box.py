"""A learner's inbox: twelve messages drawn from a seed, and how they were sorted. What is read may have been written by anybody."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.activities.inbox.bank import ADVERT, LEGITIMATE, MISLEADING, PHISHING, Message, bank
from autograder.activities.inbox.words import RIGHT_SORTS, SAFE_SORTS, SORTS

SEEDS = 2**31
"""Seeds are whole numbers from 0 to this, excluded."""

STRATA = {
    (PHISHING, 1): 1,
    (PHISHING, 2): 1,
    (PHISHING, 3): 2,
    (LEGITIMATE, 1): 1,
    (LEGITIMATE, 2): 1,
    (LEGITIMATE, 3): 2,
    (ADVERT, 1): 1,
    (ADVERT, 2): 1,
    (MISLEADING, 2): 1,
    (MISLEADING, 3): 1,
}
"""(kind, level) -> how many messages (1 or 2) every draw has of it: this is what makes all draws equally hard."""

SIZE = sum(STRATA.values())


class UnreadableBox(ValueError):
    """Something that is not a sorted inbox; its text is French."""


@dataclass(frozen=True)
class Box:
    """The messages that a seed draws, in the order of the screen, and the sort given to each (some may be missing)."""

    seed: int
    sorts: Mapping[str, str] = field(default_factory=dict)

    @property
    def messages(self) -> list[Message]:
        """The messages, in order."""
        return draw(self.seed)

    @property
    def missing(self) -> list[Message]:
        """The messages that are not sorted yet."""
        return [message for message in self.messages if message.id not in self.sorts]

    @property
    def wrong(self) -> list[Message]:
        """The messages sorted otherwise than they should."""
        return [
            message
            for message in self.messages
            if message.id in self.sorts and self.sorts[message.id] != RIGHT_SORTS[message.kind]
        ]

    @property
    def safe(self) -> list[Message]:
        """The messages named badly, but kept out of harm."""
        return [message for message in self.wrong if self.sorts[message.id] == SAFE_SORTS.get(message.kind)]


def draw(seed: int) -> list[Message]:
    """Return the messages of a seed, mixed. The same seed gives the same messages as long as the bank does not change."""
    drawn: list[Message] = []
    for (kind, level), count in STRATA.items():
        stratum = [m for m in bank().values() if (m.kind, m.level) == (kind, level)]
        thrown = sorted(stratum, key=lambda message: _die(seed, "tirage", message))
        drawn.append(thrown[0])
        if count == 2:
            drawn.append(next(message for message in thrown if _opposed(message, thrown[0])))
    return sorted(drawn, key=lambda message: _die(seed, "ordre", message))


def _opposed(one: Message, other: Message) -> bool:
    """Tell whether two messages differ in both their top-level domain (.test, .example) and their having links.

    For example, a phishing message under .test with a link comes with a phishing message under .example without a link. So a learner
    cannot sort by the domain alone, nor by the presence of a link.
    """
    return one.top != other.top and bool(one.links) != bool(other.links)


def _die(seed: int, throw: str, message: Message) -> float:
    """Return a number of its own for each message; Python guarantees `random()` for a seed that is a text."""
    return random.Random(f"{throw}/{seed}/{message.id}").random()


def read_box(raw: object) -> Box:
    """Return the inbox that a saved value holds; raise UnreadableBox."""
    if not isinstance(raw, Mapping):
        raise UnreadableBox("Ce tri enregistré est illisible. Triez à nouveau votre boîte.")
    seed, sorts = raw.get("seed"), raw.get("sorts", {})
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < SEEDS:
        raise UnreadableBox("Le numéro de tirage de ce tri n’est pas valable. Triez à nouveau votre boîte.")
    if not isinstance(sorts, Mapping):
        raise UnreadableBox("Ce tri enregistré est abîmé. Triez à nouveau votre boîte.")
    known = {message.id for message in draw(seed)}
    if not set(sorts) <= known:
        raise UnreadableBox(
            "Ce tri porte sur des messages qui ne sont pas ceux de son tirage. Triez à nouveau votre boîte."
        )
    for sort in sorts.values():
        if not isinstance(sort, str) or sort not in SORTS:
            raise UnreadableBox("Choisissez un des classements proposés.")
    return Box(seed, {message.id: sorts[message.id] for message in draw(seed) if message.id in sorts})


def write_box(box: Box) -> dict[str, Any]:
    """Return the value to save; `read_box` takes it back."""
    return {"seed": box.seed, "sorts": dict(box.sorts)}
