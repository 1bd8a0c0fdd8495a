"""Sealed tables: an outcome opens for its own answer, and for nothing else."""

import json

from autograder.checks.outcomes import Outcome, SealedTable

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
