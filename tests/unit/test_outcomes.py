"""Sealed tables: an outcome opens for its own answer, and for nothing else."""

import json

import pytest

from autograder.checks import outcomes
from autograder.checks.outcomes import VERSION, Outcome, SealedTable

ENTRIES = {
    ("", "459"): Outcome("right", 1.0, "La moitié des communes est plus petite."),
    ("", "1960"): Outcome("moyenne", 0.0, "C’est la moyenne."),
}


def sealed():
    return SealedTable.seal(ENTRIES, salt="F02/1/mediane/code", facets=1)


def test_an_answer_opens_its_own_outcome():
    assert sealed().find("", "459") == ENTRIES["", "459"]
    assert sealed().find("", "1960") == ENTRIES["", "1960"]


def test_any_other_answer_opens_nothing():
    assert sealed().find("", "460") is None
    assert sealed().find("autre", "459") is None


def test_the_file_holds_neither_answers_nor_messages_nor_which_entry_is_right():
    text = json.dumps(sealed().to_json())
    assert all(word not in text for word in ("459", "1960", "right", "moyenne", "moitié"))


def test_sealing_twice_gives_the_same_bytes_and_another_salt_other_bytes():
    assert sealed().to_json() == sealed().to_json()
    other = SealedTable.seal(ENTRIES, salt="F02/2/mediane/code", facets=1)
    assert not set(other.to_json()["entries"]) & set(sealed().to_json()["entries"])


def test_a_sealed_table_survives_json():
    assert (
        SealedTable.from_json(json.loads(json.dumps(sealed().to_json()))).find("", "459")
        == ENTRIES["", "459"]
    )


def test_both_ways_of_an_exercise_pay_the_slow_step_once_and_share_nothing_else(monkeypatch):
    derived = []

    def counted(*arguments, **options):
        derived.append(arguments)
        return pbkdf2(*arguments, **options)

    pbkdf2 = outcomes.hashlib.pbkdf2_hmac
    monkeypatch.setattr(outcomes.hashlib, "pbkdf2_hmac", counted)
    code, form = (SealedTable.seal(ENTRIES, "F02/1/mediane, deux fois", 1, way) for way in ("code", "form"))
    assert len(derived) == len(ENTRIES)
    assert not set(code.entries) & set(form.entries)
    assert not set(code.entries.values()) & set(form.entries.values())


SEALED_BEFORE = {
    "salt": "F02/1/mediane/code",
    "rounds": 6000,
    "entries": {
        "3e4c6100c16911cd8d553e1c085f9ab6": "EmMC95UgmplmRu7pv+ypxGicY8njvCIxlQoi5urclQXSFH2TYtkzdEGfnwpQEgxpCoCSTqbqr2JZFouUcIJ+"
        "fZU1iTNcePnuy55GL00qUYHwFew2Hyg7QS6hwrdE38sJ",
        "c078c1eb7e0506a575b38e1987ee0529": "w5/bfuKANcZ7E3GQ8LjEgEwMPt/a3NqHcBrqOyX3OCm4fxjEbtWrUAirmU+oy/+VNZcEZcB1ZSBxzwXlG19M"
        "mYpDcJhb1rkm7V9nEhw=",
    },
}
"""What the first format wrote for ENTRIES: such tables lie in the folders of learners who began before the second."""


def test_a_table_of_the_first_format_still_opens():
    table = SealedTable.from_json(SEALED_BEFORE)
    assert {answer: table.find("", answer) for answer in ("459", "1960", "460")} == {
        "459": ENTRIES["", "459"],
        "1960": ENTRIES["", "1960"],
        "460": None,
    }
    again = SealedTable.from_json(table.to_json())
    assert again.find("", "459") == ENTRIES["", "459"]


def test_a_table_of_a_format_to_come_is_refused_rather_than_misread():
    with pytest.raises(ValueError, match=str(VERSION + 1)):
        SealedTable.from_json({**SEALED_BEFORE, "version": VERSION + 1})
