"""`explore(communes)`: the explorer alone, to look at any table of the notebook; nothing of it is graded."""

import sys
from collections.abc import Mapping
from typing import Any

import pandas
import traitlets

from autograder.forms.page.widget import PageWidget
from autograder.forms.static import Notice, widgets_allowed

START = "table"
ONLY_TABLES = "L’explorateur montre des tableaux (DataFrame) : par exemple `explore(communes)`."
NOT_GRADED = "Explorateur : il ne sert qu’à regarder, rien n’y est noté."


class Explorer(PageWidget):
    """An explorer on its own. `form` says what to draw, as that of a panel."""

    form = traitlets.Dict().tag(sync=True)

    def __init__(self, tables: Mapping[str, pandas.DataFrame], start: str) -> None:
        from autograder.activities.explorer import labels, view  # only for who explores

        super().__init__("explorer", form={"widget": "explore", "explorer": view.describe(tables, start)})
        self._start, titles = start, labels.titles_like(tables)
        self._answers = view.asked(lambda _: (tables, start, titles))
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"Explorateur de {self._start}"

    def _receive(self, _: object, message: Mapping[str, Any], _buffers: object) -> None:
        reply: dict[str, Any] = {"request": message.get("request")}
        try:
            action = str(message.get("action"))
            reply[action] = self._answers[action](None, message)
        except Exception as error:  # the page has no other way to learn of it
            reply["error"] = (
                f"L’explorateur a rencontré une erreur imprévue ({type(error).__name__} : {error})."
            )
        self.send(reply)


def explore(table: object, **others: object) -> Explorer | Notice:
    """Show an explorer of `table`; `others` may be joined to it, by the names that they are given here."""
    name = _name_of(table, sys._getframe(1).f_globals)
    tables = {name: table, **others}
    if not all(isinstance(one, pandas.DataFrame) for one in tables.values()):
        return Notice(ONLY_TABLES)
    if not widgets_allowed():
        return Notice(NOT_GRADED)
    return Explorer({key: one for key, one in tables.items() if isinstance(one, pandas.DataFrame)}, name)


def _name_of(table: object, namespace: Mapping[str, Any]) -> str:
    names = [name for name, value in namespace.items() if value is table and not name.startswith("_")]
    return names[0] if names else START
