"""The messages of the inbox: reserved domains, a reason for each, and nothing that gives the kind away but what should."""

import itertools
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from autograder.activities.inbox import report, show
from autograder.activities.inbox.bank import (
    ADVERT,
    LEGITIMATE,
    MISLEADING,
    PHISHING,
    Message,
    bank,
    examples,
    registrable,
)
from autograder.activities.inbox.box import STRATA, draw
from autograder.activities.inbox.tests.test_inbox_cues import CUES
from autograder.activities.inbox.words import AGENDA, CONTACTS, MAILBOXES, SIGNALS

ALL = [*bank().values(), *examples().values()]
EXPECTED = set(re.findall(r"[\w-]+\.(?:test|example)", " ".join(AGENDA.values())))
"""Domains that the agenda names: not in the address book, and announced."""

KNOWN = {*CONTACTS, *MAILBOXES, *EXPECTED}


def of(kind: str) -> list[Message]:
    return [message for message in ALL if message.kind == kind]


def drawn(kind: str) -> list[Message]:
    return [message for message in bank().values() if message.kind == kind]


def test_there_are_enough_messages_of_each_kind_and_level() -> None:
    assert len(bank()) >= 80
    counts = Counter((message.kind, message.level) for message in bank().values())
    assert set(counts) == set(STRATA) and min(counts.values()) >= 6


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
    """A domain that nobody announced; or a service that writes from a mailbox anybody can open; or a program; or a secret by return."""
    outside = set(message.domains) - {*CONTACTS, *EXPECTED}
    program = any(name.endswith((".exe", ".xlsm", ".html", ".zip")) for name in message.attachments)
    assert outside or program or "secret" in message.signals
    assert message.signals and set(message.signals) <= set(SIGNALS)


@pytest.mark.parametrize("message", of(LEGITIMATE), ids=lambda message: message.id)
def test_legitimate_messages_hold_in_every_respect(message: Message) -> None:
    assert set(message.domains) <= KNOWN and not message.signals
    assert all(name.endswith((".pdf", ".xlsx")) for name in message.attachments)
    for link in message.links:  # a link whose text is an address leads there
        if "://" in link.text or link.text.startswith("www."):
            assert link.target.removeprefix("https://") == link.text.removeprefix("https://")


@pytest.mark.parametrize("message", of(ADVERT) + of(MISLEADING), ids=lambda message: message.id)
def test_sellers_imitate_nobody(message: Message) -> None:
    assert len(set(message.domains)) == 1 and not set(message.domains) & KNOWN
    assert not message.signals and not message.reply_to
    assert not any(name.endswith((".exe", ".xlsm", ".html", ".zip")) for name in message.attachments)


def test_an_unsubscribe_link_stands_in_some_messages_of_each_kind_and_in_half_of_none() -> None:
    for kind, least, most in ((PHISHING, 4, 6), (MISLEADING, 3, 5), (LEGITIMATE, 3, 6), (ADVERT, 4, 7)):
        assert least <= sum(CUES["désinscription"](message) for message in drawn(kind)) <= most


def test_some_phishing_comes_from_an_address_of_the_book_and_says_that_it_can_be_imitated() -> None:
    imitated = [message for message in drawn(PHISHING) if message.domains[0] in CONTACTS]
    assert len(imitated) >= 12 and all("imité" in message.why for message in imitated)


def test_no_reason_clears_a_message_by_a_pdf_or_an_unsubscribe_link() -> None:
    caution = re.compile(r"prouve rien|pas un gage|n’oblige|du jeu")
    cited = re.compile(r"\bPDF\b|désinscription|désabonnement")
    assert all(
        caution.search(message.why)
        for message in ALL
        if message.kind != PHISHING and cited.search(message.why)
    )


def test_each_message_has_its_own_reason_and_each_wrong_sort_its_own_text() -> None:
    assert len({message.why for message in ALL}) == len({message.subject for message in ALL}) == len(ALL)
    told = report.told()
    assert len({text for _, _, text in told}) == len(told) == 3 * len(bank())
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


def test_french_marks_keep_to_their_word() -> None:
    path = Path(report.__file__).with_name("bank.yml")
    values = re.sub(r"^ +[a-z_]+: |^- id.*$|^#.*$", "", path.read_text(encoding="utf-8"), flags=re.M)
    assert re.findall(r"\w [:;?!»]|« |[a-zà-ÿ]'[a-zà-ÿ]", values) == []
