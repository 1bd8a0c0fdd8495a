"""The sorting tool and the real score by group: what their passports state."""

import pandas
import pytest

from autograder.data import catalogue
from autograder.data.load import load
from autograder.data.recipes import fiches_vdd


@pytest.mark.parametrize(("name", "rows"), [("tri-titres", 954), ("tri-messages", 120)])
def test_the_tool_was_right_where_it_says_so(name: str, rows: int) -> None:
    answers = load(name)
    assert len(answers) == rows
    assert (answers["juste"] == (answers["theme"] == answers["propose"])).all()
    assert (answers["inconnus"] <= answers["mots"]).all()


def test_titles_tried_are_one_in_three_and_none_is_kept() -> None:
    titles = load("tri-titres")
    assert (titles["fiche"].str.removeprefix("F").astype(int) % 3 == 0).all()
    assert list(titles.columns) == ["fiche", "theme", "propose", "score", "juste", "mots", "inconnus"]
    limits = " ".join(catalogue.read().find("tri-titres").limits).replace("\u00a0", " ")
    assert "2 924 titres" in limits and "1 970 titres" in limits
    assert 2_924 - len(titles) == 1_970


def test_messages_are_those_that_the_course_wrote() -> None:
    written = pandas.read_csv(fiches_vdd.MESSAGES)
    answers = load("tri-messages")
    assert answers[["theme", "message"]].equals(written)
    assert written["theme"].value_counts().eq(12).all() and written["message"].is_unique


def test_the_score_is_counts_alone() -> None:
    scores = load("score-groupes")
    assert (len(scores), scores["personnes"].sum(), scores["personnes"].min()) == (60, 6_172, 7)
    assert scores.groupby("groupe")["personnes"].sum().to_dict() == {
        "autre": 894,
        "blanche": 2_103,
        "noire": 3_175,
    }
