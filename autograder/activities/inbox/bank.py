"""The messages of `bank.yml`, typed."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import yaml

PHISHING, LEGITIMATE, ADVERT = "hameconnage", "legitime", "publicite"
MISLEADING = "demarchage"
"""A seller, under its own name, who passes a sale off as a duty, a formality or a past exchange."""

KINDS = (PHISHING, MISLEADING, LEGITIMATE, ADVERT)

_SENDER = re.compile(r"(?P<name>.+) <(?P<address>[^<>@\s]+@[^<>@\s]+)>")
_LINK = re.compile(r"\[(?P<text>.+)\]\((?P<target>\S+)\)")


@dataclass(frozen=True)
class Link:
    """A line of a message that can be clicked: what it shows, and where it leads."""

    text: str
    target: str


@dataclass(frozen=True)
class Message:
    """One message. `kind`, `level`, `signals` and `why` are what a learner has to find out; the rest is what they see."""

    id: str
    kind: str
    level: int
    name: str
    address: str
    reply_to: str
    subject: str
    body: tuple[str | Link, ...]
    attachments: tuple[str, ...]
    signals: tuple[str, ...]
    why: str

    @property
    def links(self) -> list[Link]:
        """The links, in order."""
        return [part for part in self.body if isinstance(part, Link)]

    @property
    def top(self) -> str:
        """The top-level domain of the sender: test or example."""
        return self.address.rpartition(".")[2]

    @property
    def domains(self) -> list[str]:
        """The registrable domains of the sender, of the reply address and of the links' targets, in that order."""
        addresses = [self.address, *([self.reply_to] if self.reply_to else [])]
        return [registrable(address.rpartition("@")[2]) for address in addresses] + [
            registrable(urlsplit(link.target).hostname or "") for link in self.links
        ]


def registrable(host: str) -> str:
    """Return the registrable domain of a host under a reserved top-level domain (.test, .example): its last two labels."""
    return ".".join(host.lower().split(".")[-2:])


@cache
def bank() -> dict[str, Message]:
    """Return the messages that can be drawn, by id."""
    return {message.id: message for message in _read() if message.level}


@cache
def examples() -> dict[str, Message]:
    """Return the messages that the lesson shows; they are never drawn."""
    return {message.id: message for message in _read() if not message.level}


@cache
def _read() -> tuple[Message, ...]:
    text = files(__package__).joinpath("bank.yml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return tuple(map(_message, yaml.load(text, loader)))


def _message(row: dict[str, object]) -> Message:
    sender = _SENDER.fullmatch(str(row["from"]))
    assert sender, row["from"]
    return Message(
        id=str(row["id"]),
        kind=str(row["kind"]),
        level=int(str(row["level"])),
        name=sender["name"],
        address=sender["address"],
        reply_to=str(row.get("reply_to", "")),
        subject=str(row["subject"]),
        body=tuple(map(_part, str(row["body"]).splitlines())),
        attachments=_texts(row.get("attachments")),
        signals=_texts(row.get("signals")),
        why=str(row["why"]),
    )


def _part(line: str) -> str | Link:
    found = _LINK.fullmatch(line)
    return Link(found["text"], found["target"]) if found else line


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
