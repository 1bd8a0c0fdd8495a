"""Identifiers that nbgrader cannot find again, or that look like another, are told with what to do."""

import unicodedata

import pytest

from autograder import identity
from autograder.grading.identifiers import fold, remarks
from autograder.identity import Identity

NFD = unicodedata.normalize("NFD", "zoé")


@pytest.mark.parametrize("one", ["p[1]", "a*", "qui?"])
def test_a_sign_of_a_pattern_is_told(one: str) -> None:
    assert "Renommez son dossier" in remarks([one])[one][0]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Jean.Dupont", "jean.dupont"), (NFD, "zoé"), ("paul ", "paul"), ("jean dupont", "jeandupont")],
)
def test_identifiers_that_look_alike_are_told_of_each_other(one: str, other: str) -> None:
    found = remarks([one, other, "ada"])
    assert set(found) == {one, other}
    assert all("ressemble à" in found[learner][-1] for learner in (one, other))
    assert "ressemble à" in remarks([one], known=[other])[one][-1]


@pytest.mark.parametrize("one", [" paul", "paul ", "pa\x1b[2Jul", "paul\u200b"])
def test_spaces_at_the_edges_and_invisible_signs_are_told(one: str) -> None:
    assert "paul" in fold(one) or "pa" in fold(one)
    assert any("renommez son dossier" in said for said in remarks([one])[one])
    assert "\x1b" not in str(remarks([one])[one])


def test_ordinary_identifiers_are_not_told() -> None:
    ordinary = ["zoé martin", "O’Brien", "O'Brien", "jean.dupont@ville.fr", "paul+2", "x(1)"]
    assert remarks(ordinary) == {}


@pytest.mark.parametrize(
    "one", ["", ".x", "a/b", "a\\b", "p[1]", "a*", "a\x00b", "é" * 65, "..", "pa\u202eul"]
)
def test_what_cannot_name_a_folder_is_refused(one: str) -> None:
    assert identity.problem(one)


@pytest.mark.parametrize("one", ["jean.dupont", "Zoé Martin", "O'Brien", "jean.dupont@ville.fr", "paul+2"])
def test_what_people_are_called_is_accepted(one: str) -> None:
    assert identity.problem(one) is None


def test_an_identity_is_read_as_it_was_written() -> None:
    told = Identity("zoé martin", "0a1b", "F02-lire-un-tableau", "2026-07-01T14:00:00+02:00")
    assert identity.read(identity.write(told)) == told
    assert identity.read(identity.write(Identity(f" {NFD}  martin ", "0a1b"))) == Identity(
        "zoé martin", "0a1b"
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"learner": 1}', '{"learner": ""}', "[" * 100_000])
def test_what_is_no_identity_is_none(text: str) -> None:
    assert identity.read(text) is None
