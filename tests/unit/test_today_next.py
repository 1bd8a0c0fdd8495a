"""The next action of a module, from where it stands: each row is an example."""

from dataclasses import replace

import pytest

from autograder.today.gestures import GESTURES, READ, following
from autograder.today.model import Standing

BUILT = Standing("F02-lire-un-tableau", "Lire un tableau", published=False)
PUBLISHED = replace(BUILT, published=True, listed=30)
COLLECTED = replace(PUBLISHED, handed_in=28, missing=2, to_grade=28)
GRADED = replace(COLLECTED, to_grade=0, graded=28, waiting=25, unread=25, to_give=3)
REPORTED = replace(GRADED, reported=True)
READ_ALL = replace(REPORTED, waiting=0, unread=0, to_give=28)
GIVEN = replace(READ_ALL, to_give=0, given=28)

EXAMPLES = {
    "not built yet": (replace(BUILT, built=False), "build", "Le carnet n’est pas encore construit."),
    "built": (BUILT, "release", "Les apprenants ne peuvent pas encore le recevoir par l’échange."),
    "published, nobody handed in": (PUBLISHED, None, ""),
    "one copy in the exchange": (
        replace(PUBLISHED, arrived=1),
        "collect",
        "1 copie est arrivée dans l’échange.",
    ),
    "files were given, never published": (
        replace(BUILT, arrived=3, deposited=3),
        "files",
        "3 fichiers déposés attendent.",
    ),
    "files before the exchange": (
        replace(PUBLISHED, arrived=5, deposited=2),
        "files",
        "2 fichiers déposés attendent.",
    ),
    "collected": (COLLECTED, "grade", "28 copies ne sont pas encore corrigées."),
    "late copies come before grading": (
        replace(COLLECTED, arrived=2),
        "collect",
        "2 copies sont arrivées dans l’échange.",
    ),
    "graded: who is stuck is known before free answers are read": (
        GRADED,
        "report",
        "Les copies sont corrigées : voyez qui bloque, et sur quelle idée.",
    ),
    "reported": (REPORTED, READ, "25 réponses libres attendent votre lecture."),
    "one copy cannot be graded: the others go on": (replace(READ_ALL, failed=1), "feedback", None),
    "read": (READ_ALL, "feedback", "28 corrections sont prêtes à rendre."),
    "given back": (GIVEN, None, ""),
    "graded again since the report": (replace(GIVEN, reported=False), "report", None),
    "a copy comes after all is given back": (replace(GIVEN, arrived=1), "collect", None),
    "copies of a module whose build is gone": (
        replace(COLLECTED, built=False, published=False),
        "grade",
        None,
    ),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_next_action_follows_from_where_the_module_stands(example: str) -> None:
    module, gesture, why = EXAMPLES[example]
    found = following(module)
    assert (found.gesture if found else None) == gesture
    if found and why is not None:
        assert found.why == why


def test_every_next_action_is_a_button_or_the_reading_page() -> None:
    proposed = {gesture for _, gesture, _ in EXAMPLES.values()} - {None, READ}
    assert proposed <= set(GESTURES)
