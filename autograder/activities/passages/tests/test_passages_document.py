"""A document: what is read of its marks, what is drawn of the rest, and what its author is told."""

import json
from typing import Any

import pytest

from autograder.activities.passages import show
from autograder.activities.passages.document import Passage, passages, unread
from autograder.activities.passages.form import PassagesForm, faults, ordinary, seconds

HOSTILE = "<img src=x onerror=alert(1)> [clic](javascript:alert(1)) ![x](https://ailleurs.example/x.png) <https://ailleurs.example>"


def form_of(document: str, pick: Any = "several", **keys: Any) -> PassagesForm:
    return {"label": "Cliquez.", "document": document, "pick": pick, **keys}


def told(document: str, pick: str = "several", **keys: Any) -> str:
    """All that an author is told of a document."""
    return " ".join(message for _, message in faults(form_of(document, pick, **keys), []))


def test_a_passage_may_hold_signs_and_stand_in_a_list_a_table_or_bold() -> None:
    document = "- [a]{un **mot** et `du code`}\n\n| x |\n|---|\n| [b]{case} |\n\n**[c]{gras}** [d-2]{une\nligne \\} et}"
    assert passages(document) == (
        Passage("a", "un mot et du code"),
        Passage("b", "case"),
        Passage("c", "gras"),
        Passage("d-2", "une ligne } et"),
    )
    assert list(unread(document)) == []


@pytest.mark.parametrize(
    "document",
    ["[a]{sans fin", "[a]{deux\n\nparagraphes}", "`[a]{du code}`", "[a]{dehors [b]{dedans} fin}", "[a]{}"],
)
def test_a_mark_that_cannot_be_read_is_told(document: str) -> None:
    assert "a" in unread(document)
    assert "« a » ne se lit pas" in told(document)


@pytest.mark.parametrize(
    ("document", "keys", "message"),
    [
        ("Rien.", {}, "il y a 0 passage à cliquer"),
        ("[a]{Un seul.}", {}, "il y a 1 passage à cliquer"),
        ("[a]{Un.} [a]{Deux.}", {}, "« a » est marqué deux fois"),
        ("[a]{Un.} [b]{Deux.} [là](https://x.example)", {}, "écrivez en toutes lettres"),
        ("[a]{Un.} [b]{Deux.}", {"pick": "label"}, "demande « labels »"),
        ("[a]{Un.} [b]{Deux.}", {"labels": {"x": "X", "y": "Y"}}, "ne va qu’avec « pick: label »"),
        (
            "[a]{Un.} [b]{Deux.}",
            {"pick": "label", "labels": {"x": "X", "y": "[c]{Y}"}},
            "« [c]{…} » ne désigne",
        ),
        ("[a]{Un.} [b]{Deux.}", {"label": "Cliquez [d]{ici}."}, "« [d]{…} » ne désigne un passage que dans"),
    ],
)
def test_what_is_wrong_in_a_document_is_told(document: str, keys: dict[str, Any], message: str) -> None:
    assert message in told(document, **keys)


def test_a_mark_in_a_label_is_told_at_its_place_and_the_form_is_still_drawn() -> None:
    labels = {"x": "Sans [c]{source}", "y": "Y"}
    form = form_of("[a]{Un.} [b]{Deux.}", "label", labels=labels)
    assert [place for place, _ in faults(form, [])] == [("labels", "x")]
    assert show.described(form)["labels"][0] == ["x", "Sans source"]
    assert "Sans source" in show.static(form, {"a": "x"})


@pytest.mark.parametrize("pick", ["one", "several"])
def test_a_document_with_two_passages_is_whole(pick: str) -> None:
    assert told("[a]{Un.} [b]{Deux.}", pick) == ""


def test_a_passage_is_quoted_by_its_first_words_which_markdown_leaves_as_they_are() -> None:
    quoted = Passage("a", "Cliquez *ici* " + "et encore " * 20).quoted
    assert quoted.startswith("«\u00a0Cliquez \\*ici\\* et encore") and quoted.endswith("…\u00a0»")
    assert len(quoted) < 80


def test_each_way_to_pick_is_an_ordinary_form() -> None:
    document, labels = "[a]{Un.} [b]{Deux.}", {"x": "X", "y": "Y"}
    assert ordinary(form_of(document, "one"))["widget"] == "choice"
    assert list(ordinary(form_of(document))["options"]) == ["a", "b"]
    labelled = ordinary(form_of(document, "label", labels=labels))
    assert (list(labelled["items"]), labelled["options"]) == (["a", "b"], labels)


def test_nothing_in_a_document_leads_elsewhere_or_is_executed() -> None:
    document = f"# Titre\n\n{HOSTILE}\n\n<script>alert(1)</script>\n\n[a]{{{HOSTILE}}}"
    form = form_of(document, "label", labels={"x": HOSTILE, "y": "Y"})
    drawn = json.dumps(show.described(form)) + show.static(form, {"a": "x"})
    for forbidden in ("<img", "<a ", "<script", "<h1"):
        assert forbidden not in drawn


def test_where_no_script_runs_what_was_chosen_is_told_in_words() -> None:
    document = "[a]{Un **mot**} [b]{deux}"
    assert "<mark>Un <strong>mot</strong></mark> <strong>[choisi]</strong> deux" in show.static(
        form_of(document, "one"), "a"
    )
    assert show.static(form_of(document), ["a", "b"]).count("[choisi]") == 2
    labelled = form_of(document, "label", labels={"x": "Sans *source*", "y": "Y"})
    assert "<mark>deux</mark> <strong>[Sans <em>source</em>]" in show.static(labelled, {"b": "x"})


def test_the_document_is_read_and_each_passage_of_the_solution_is_a_gesture() -> None:
    document = "[a]{mot} [b]{mot} " + "mot " * 96  # 100 words, keys included
    assert seconds(form_of(document, "one", solution="a")) == 30 + 30
    assert seconds(form_of(document, solution=["a", "b"])) == 30 + 60
    assert seconds(form_of(document, "label", solution={"a": "x"})) == 30 + 30
