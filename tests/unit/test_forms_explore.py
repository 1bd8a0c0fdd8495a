"""`explore(table)`: the kernel's side of an explorer on its own."""

from typing import Any

import pandas
import pytest

from autograder.forms import explore
from autograder.forms.explore import Explorer


def replies_to(
    table: pandas.DataFrame, message: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> list[Any]:
    """What the kernel replies to a message of the page."""
    explorer = explore(table)
    assert isinstance(explorer, Explorer)
    replies: list[Any] = []
    monkeypatch.setattr(explorer, "send", replies.append)
    explorer._handle_custom_msg(message, [])
    return replies


def test_steps_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pandas.DataFrame({"habitants": [3, 4]})
    steps = [{"op": "summary", "by": "sum", "of": "habitants"}]
    (reply,) = replies_to(table, {"request": "r1", "action": "explore", "steps": steps}, monkeypatch)
    assert reply["request"] == "r1" and reply["explore"]["value"] == "7"


def test_columns_of_a_dataset_have_their_french_names(monkeypatch: pytest.MonkeyPatch) -> None:
    communes = pandas.DataFrame({"nom": ["Nevers"], "departement": ["58"]})
    (reply,) = replies_to(communes, {"request": "r1", "action": "explore", "steps": []}, monkeypatch)
    assert ["departement", "text", "Code du département"] in reply["explore"]["columns"]
    assert repr(explore(communes)) == "Explorateur de table"


def test_a_table_that_cannot_be_shown_is_told_to_the_page_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    two_columns_of_the_same_name = pandas.DataFrame([[1, 2]], columns=["a", "a"])
    (reply,) = replies_to(
        two_columns_of_the_same_name, {"request": "r1", "action": "explore", "steps": []}, monkeypatch
    )
    assert reply["request"] == "r1" and "explore" not in reply
    assert reply["error"].startswith("L’explorateur a rencontré une erreur imprévue (AttributeError")
