"""The messages of the inbox: reserved domains, a reason for each, and nothing that gives the kind away but what should."""

import itertools
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from autograder.simulations.inbox import report, show
from autograder.simulations.inbox.bank import (
    ADVERT,
    LEGITIMATE,
    PHISHING,
    Message,
    bank,
    examples,
    registrable,
)
from autograder.simulations.inbox.box import STRATA, draw
from autograder.simulations.inbox.words import CONTACTS, MAILBOXES, SIGNALS

ALL = [*bank().values(), *examples().values()]
KNOWN = {*CONTACTS, *MAILBOXES}


def of(kind: str) -> list[Message]:
    return [message for message in ALL if message.kind == kind]


def test_there_are_enough_messages_of_each_kind_and_level() -> None:
    assert len(bank()) >= 80
    counts = Counter((message.kind, message.level) for message in bank().values())
    assert set(counts) == set(STRATA) and min(counts.values()) >= 8


@pytest.mark.parametrize("message", ALL, ids=lambda message: message.id)
def test_every_address_is_under_a_reserved_name(message: Message) -> None:
    hosts = [
        message.address.partition("@")[2],
        *(urlsplit(link.target).hostname or "" for link in message.links),
    ]
    hosts += [message.reply_to.partition("@")[2]] if message.reply_to else []
    assert all(re.fullmatch(r"[a-z0-9.-]+\.(test|example)", host) for host in hosts)
    written = re.findall(r"[\w-]+(?:\.[\w-]+)*\.(?:com|fr|net|org|eu|io)\b", " ".join(map(str, message.body)))
    assert written == []


@pytest.mark.parametrize("message", of(PHISHING), ids=lambda message: message.id)
def test_phishing_can_be_told_by_something_visible(message: Message) -> None:
    """A domain out of the address book; or a service that writes from a mailbox anybody can open; or a program."""
    outside = set(message.domains) - set(CONTACTS)
    program = any(name.endswith((".exe", ".xlsm", ".html", ".zip")) for name in message.attachments)
    assert outside or program
    assert message.signals and set(message.signals) <= set(SIGNALS)


@pytest.mark.parametrize("message", of(LEGITIMATE), ids=lambda message: message.id)
def test_legitimate_messages_hold_in_every_respect(message: Message) -> None:
    assert set(message.domains) <= KNOWN and not message.signals
    assert all(name.endswith((".pdf", ".xlsx")) for name in message.attachments)
    for link in message.links:  # a link whose text is an address leads there
        if "://" in link.text or link.text.startswith("www."):
            assert link.target.removeprefix("https://") == link.text.removeprefix("https://")


@pytest.mark.parametrize("message", of(ADVERT), ids=lambda message: message.id)
def test_adverts_imitate_nobody_and_let_people_go(message: Message) -> None:
    assert len(set(message.domains)) == 1 and not set(message.domains) & KNOWN
    assert len(message.links) == 2 and not message.signals


def test_each_message_has_its_own_reason_and_each_wrong_sort_its_own_text() -> None:
    assert len({message.why for message in ALL}) == len({message.subject for message in ALL}) == len(ALL)
    told = report.told()
    assert len({text for _, _, text in told}) == len(told) == 2 * len(bank())
    assert all(bank()[message].why in text for message, _, text in told)


def test_ids_tell_nothing_of_the_kind() -> None:
    kinds = [message.kind for message in bank().values()]
    changes = sum(one != other for one, other in itertools.pairwise(kinds))
    assert changes > len(kinds) / 3 and all(re.fullmatch(r"m\d\d", key) for key in bank())


def test_the_page_gets_nothing_of_what_has_to_be_found_out() -> None:
    for message in report.board(7)["messages"]:
        assert set(message) == {"id", "name", "address", "reply_to", "subject", "at", "body", "attachments"}
    assert [message["id"] for message in report.board(7)["messages"]] == [message.id for message in draw(7)]


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("impots.example.dossier-42.test", "dossier-42.test"),
        ("val-de-brume.example", "val-de-brume.example"),
        ("WWW.Val-de-Brume.EXAMPLE", "val-de-brume.example"),
    ],
)
def test_a_domain_is_read_from_the_end(host: str, domain: str) -> None:
    assert registrable(host) == domain


def test_what_precedes_an_at_sign_is_not_the_site() -> None:
    (trap,) = [m for m in bank().values() if any("@" in link.target for link in m.links)]
    assert trap.domains == ["visio-public.example", "salle-reunion.test"]


def test_the_lesson_shows_its_messages_with_their_true_addresses() -> None:
    for name, message in examples().items():
        content = show.message(name)._repr_html_()
        assert message.address in content and "Message fictif" in content and "<a " not in content
        assert all(link.target in content for link in message.links)
    assert 'scope="row"' in show.contacts()._repr_html_() and "<caption" in show.contacts()._repr_html_()


def test_french_marks_keep_to_their_word() -> None:
    path = Path(report.__file__).with_name("bank.yml")
    values = re.sub(r"^ +[a-z_]+: |^- id.*$|^#.*$", "", path.read_text(encoding="utf-8"), flags=re.M)
    assert re.findall(r"\w [:;?!»]|« |[a-zà-ÿ]'[a-zà-ÿ]", values) == []
