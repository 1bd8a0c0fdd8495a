"""What reads a rule: whatever stands there, it is read or refused in words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.activities.rule.rules import MAX_TEXT, read
from autograder.contract.forms import UnreadableAnswer
from tests.anything import ANYTHING, THE_SAME, is_compared_or_refused, is_read_or_refused

FORM: dict[str, Any] = {
    "widget": "rule",
    "label": "L",
    "rows": [{"a": 1, "b": "x", "y": "oui"}, {"a": 2, "b": "y", "y": "non"}],
    "sought": {"y": "oui"},
    "criteria": {"a": "A", "b": "B"},
    "goal": {"missed": 0},
}
ASKED: dict[str, Any] = {
    **FORM,
    "criteria": {"a": "A"},
    "threshold": {"test": "ge", "min": 0, "max": 10},
}
CONDITIONS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "z"]), st.sampled_from(["ge", "eq", "contains", "?"]), ANYTHING).map(
        list
    )
)
RULES = st.fixed_dictionaries({"join": st.sampled_from(["all", "any", "?"]), "conditions": CONDITIONS})


@pytest.mark.parametrize("form", [FORM, ASKED], ids=["conditions", "threshold"])
@THE_SAME
@given(raw=st.one_of(ANYTHING, RULES))
def test_the_form_and_the_kind_read_or_refuse_whatever_is_sent(form: dict[str, Any], raw: object) -> None:
    is_read_or_refused(form, raw)
    is_compared_or_refused({"kind": "rule", **form}, raw)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"conditions": []}, "une condition au moins, 3 au plus"),
        ({"conditions": [["a", "ge", 1]] * 4}, "une condition au moins, 3 au plus"),
        ({"conditions": [["a", "ge", 1]], "join": "none"}, "toutes ses conditions"),
        (
            {"conditions": [["a", "ge", 1], ["y", "eq", "oui"]]},
            "Condition 2\u00a0: choisissez une des colonnes",
        ),
        ({"conditions": [["a", "__class__", 1]]}, "Condition 1\u00a0: choisissez une des comparaisons"),
        ({"conditions": [["a", "contains", 1]]}, "Condition 1\u00a0: choisissez une des comparaisons"),
        ({"conditions": [["a", "ge", "beaucoup"]]}, "Condition 1\u00a0: écrivez le nombre"),
        ({"conditions": [["a", "ge", float("nan")]]}, "Condition 1\u00a0: écrivez le nombre"),
        ({"conditions": [["b", "eq", " "]]}, "il manque la valeur"),
        ({"conditions": [["b", "contains", "x" * (MAX_TEXT + 1)]]}, "trop long"),
        ({"conditions": [["a", "ge"]]}, "Condition 1\u00a0: choisissez une colonne"),
    ],
)
def test_what_no_form_can_give_is_refused_in_words(raw: Any, said: str) -> None:
    with pytest.raises(UnreadableAnswer, match=said):
        read(FORM, raw)  # type: ignore[arg-type]


def test_numbers_are_read_as_they_are_typed() -> None:
    kept = read(FORM, {"conditions": [["a", "ge", "1 200,5"]]})  # type: ignore[arg-type]
    assert kept == {"join": "all", "conditions": [["a", "ge", 1200.5]]}
    assert read(ASKED, "4,5") == 4.5  # type: ignore[arg-type]
    with pytest.raises(UnreadableAnswer, match="entre 0 et 10"):
        read(ASKED, 11)  # type: ignore[arg-type]


MEASURED: Any = {**FORM, "criteria": {"a": "Aide moyenne (€)"}}


@pytest.mark.parametrize("text", ["1 000", "1\u202f000 €", "1000 euros", "1\u00a0000,0 Euro"])
def test_the_unit_of_a_column_may_follow_the_number(text: str) -> None:
    assert read(MEASURED, {"conditions": [["a", "ge", text]]}) == {
        "join": "all",
        "conditions": [["a", "ge", 1000]],
    }


@pytest.mark.parametrize("name", ["Part (%)", "Part du motif (pour cent)"])
def test_a_percentage_is_read_where_it_is_asked_for(name: str) -> None:
    form: Any = {**FORM, "criteria": {"a": name}}
    assert read(form, {"conditions": [["a", "ge", "12,5 %"]]})["conditions"] == [["a", "ge", 12.5]]  # type: ignore[index]


def test_another_unit_is_named() -> None:
    with pytest.raises(
        UnreadableAnswer, match="Condition 1\u00a0: ce nombre est attendu en « € », et vous avez écrit « k€ »"
    ):
        read(MEASURED, {"conditions": [["a", "ge", "1 k€"]]})
    with pytest.raises(UnreadableAnswer, match="Condition 1\u00a0: écrivez le nombre seul, sans « € »"):
        read(FORM, {"conditions": [["a", "ge", "1 000 €"]]})  # type: ignore[arg-type]


def test_a_threshold_takes_its_own_unit_or_that_of_its_column() -> None:
    assert read({**ASKED, "threshold": {**ASKED["threshold"], "unit": "jours"}}, "4 jours") == 4  # type: ignore[arg-type]
    assert read({**ASKED, "criteria": {"a": "Délai (jours)"}}, "4 jours") == 4  # type: ignore[arg-type]
