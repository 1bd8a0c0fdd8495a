"""No rule of one or two cues sorts an inbox: what gives a message away is who, where and what, read together.

The list of cues is published here, and in the README. None of them looks at an address: that is what the module teaches.
"""

import itertools
import re
from collections.abc import Callable

import numpy as np
import pytest

from autograder.activities.inbox.bank import KINDS, Link, Message, bank
from autograder.activities.inbox.box import SIZE, draw
from autograder.activities.inbox.words import RIGHT_SORTS, SAFE_SORTS

DRAWS = 1_000
PASS_MARK = 0.7
MOST_DRAWS = 0.05
"""Share of the draws on which a rule may reach the pass mark."""

Cue = Callable[[Message], bool]


def text(message: Message) -> str:
    """What can be read without looking at any address."""
    parts = [part.text if isinstance(part, Link) else part for part in message.body]
    return re.sub(r"[\u00a0\u202f]", " ", " ".join([message.subject, *parts]))


def says(pattern: str) -> Cue:
    found = re.compile(pattern, re.IGNORECASE)
    return lambda message: bool(found.search(text(message)))


CUES: dict[str, Cue] = {
    "lien": lambda message: bool(message.links),
    "deux liens": lambda message: len(message.links) > 1,
    "désinscription": says(r"désinscri|désabonn|ne plus (recevoir|être)|\bstop\b|gérer mes envois"),
    "pièce jointe": lambda message: bool(message.attachments),
    "fichier PDF": lambda message: any(name.endswith(".pdf") for name in message.attachments),
    "salutation": says(r"\b(bonjour|madame|monsieur|cher|chère|chers)\b"),
    "signature": lambda message: isinstance(message.body[-1], str) and len(message.body[-1]) < 40,
    "remerciement": says(r"merci|cordialement|bien à vous"),
    "capitales": lambda message: bool(re.search(r"\b[A-ZÉÈ]{5,}\b", text(message))),
    "montant": says(r"\d\s?(€|euros|%)"),
    "chiffre dans l’objet": lambda message: bool(re.search(r"\d", message.subject)),
    "question": lambda message: "?" in text(message),
    "Re ou Tr": lambda message: bool(re.match(r"(re|tr)\b", message.subject, re.IGNORECASE)),
    "court": lambda message: len(text(message)) < 150,
    "long": lambda message: len(text(message)) > 215,
    "mots d’urgence": says(
        r"urgen|imm[ée]diat|aujourd’hui m|avant ce soir|derni[eè]r|expire|suspend|bloqu|sous \d+ ?(h|jours)|délai|avant midi"
    ),
    "mots de secret": says(
        r"mot de passe|identifiant|\bcarte\b|\bRIB\b|\bcode|sécurité sociale|identité|compte de messagerie"
    ),
    "mots d’argent": says(r"factur|pay|régl|rembours|virement|banc|banque|\bfrais\b|paie|tarif"),
    "mots de vente": says(
        r"offre|offert|gratuit|tarif|devis|catalogue|promo|gagner|sans engagement|prix|démonstration|essai"
    ),
    "mots d’obligation": says(r"obligat|conform|réglement|imposé|sanction|amende|mise en demeure|légal"),
    "mots de réponse": says(r"répond|cliqu|connect|confirm"),
}

SORTS = list(RIGHT_SORTS.values())
MESSAGES = list(bank().values())
PLACES = {message.id: place for place, message in enumerate(MESSAGES)}


def worth(sort: str, message: Message) -> float:
    if sort == RIGHT_SORTS[message.kind]:
        return 1.0
    return 0.5 if sort == SAFE_SORTS.get(message.kind) else 0.0


@pytest.fixture(scope="module")
def drawn() -> np.ndarray:
    """The places of the messages of each draw."""
    return np.array([[PLACES[message.id] for message in draw(seed)] for seed in range(DRAWS)])


@pytest.fixture(scope="module")
def points(drawn: np.ndarray) -> np.ndarray:
    """What each sort of each message of each draw is worth."""
    return np.array([[worth(sort, message) for message in MESSAGES] for sort in SORTS])[:, drawn]


@pytest.mark.parametrize("name", CUES)
def test_a_cue_stands_in_each_kind_and_in_the_whole_of_none(name: str) -> None:
    for kind in KINDS:
        shown = {CUES[name](message) for message in MESSAGES if message.kind == kind}
        assert shown == {True, False}, kind


@pytest.mark.parametrize("one", CUES)
def test_no_rule_of_two_cues_passes_on_more_than_one_draw_in_twenty(
    one: str, drawn: np.ndarray, points: np.ndarray
) -> None:
    """All the rules: two cues make four cases, and each case may be sorted in four ways."""
    for other in CUES:
        if other > one:
            continue
        cases = np.array([2 * CUES[one](message) + CUES[other](message) for message in MESSAGES])[drawn]
        earned = [[np.where(cases == case, points[s], 0).sum(axis=1) for s in range(4)] for case in range(4)]
        for rule in itertools.product(range(4), repeat=4):
            scores = sum(earned[case][sort] for case, sort in enumerate(rule))
            passed = float(np.mean(scores / SIZE >= PASS_MARK))
            assert passed <= MOST_DRAWS, (one, other, [SORTS[sort] for sort in rule], passed)
