"""Lists of people are in the order of a French directory."""

from autograder.followup.learner import Learner
from autograder.french.order import alphabetical

NAMES = ["Absente", "Élie", "Farid", "Noël", "Œuvré", "Tard"]


def test_accents_case_and_ligatures_do_not_count() -> None:
    assert sorted({*NAMES}, key=alphabetical) == NAMES
    assert alphabetical("ŒUVRÉ") == "oeuvre"


def test_a_class_is_in_the_order_of_its_last_names() -> None:
    people = [Learner(name.casefold(), name, "Camille") for name in {*NAMES}]
    assert [one.last_name for one in sorted(people, key=Learner.in_order)] == NAMES
