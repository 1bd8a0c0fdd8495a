"""What the cell that ran last says of an answer that is not there: the check tells it where one looks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.checks.errors import explain, is_precise

OURS = re.compile(r"\s*(?:check|exercise)\(")
"""How the cells that only show begin: they give no name, and are no answer."""

STOPPED, COMPARED, OTHER_NAME, PRINTED, NO_NAME = (
    f"code-{cause}" for cause in ("stopped", "compared", "other-name", "printed", "no-name")
)
CAUSES = frozenset({STOPPED, COMPARED, OTHER_NAME, PRINTED, NO_NAME})
"""Ids of what is said of an answer that is not there, when what is said names its cause."""

STOPS = "Votre dernière cellule exécutée s’est arrêtée.\n\n{explained}"
MISSING, EMPTY = "La variable `{name}` n’existe pas : ", "`{name}` vaut `None`, c’est-à-dire rien : "
OTHERS = "votre dernière cellule exécutée donne {names}, et non `{name}`. Écrivez le nom exactement ainsi : `{name} = …`."
COMPARES = "votre dernière cellule exécutée compare, avec `==`. Pour donner une valeur, écrivez un seul `=` : `{name} = …`."
PRINTS = "`print(…)` affiche une valeur, et ne la garde pas. Écrivez la valeur seule après le signe `=` : `{name} = …`."
ALONE = "votre dernière cellule exécutée ne lui donne pas de valeur, et son résultat n’est pas gardé. Écrivez `{name} = …`."


@dataclass(frozen=True)
class Said:
    """A sentence for the learner; `cause` is one of CAUSES when it names the cause, else ""."""

    text: str
    cause: str = ""


@dataclass(frozen=True)
class Ran:
    """A cell that ran: the names that it gave, and the error on which it stopped, explained."""

    source: str
    names: tuple[str, ...]
    stopped: Said | None


class LastCells:
    """How each cell that may be an answer ran last."""

    def __init__(self) -> None:
        self._ran: dict[str, Ran] = {}
        self._last: Ran | None = None

    def ends(
        self,
        cell: str,
        source: str,
        names: list[str],
        error: BaseException | None,
        variables: Mapping[str, Any],
    ) -> None:
        """Note a cell that has just run."""
        if not OURS.match(source):
            stopped = _explained(error, variables) if error else None
            self._ran[cell] = self._last = Ran(source, tuple(names), stopped)

    def stopped(self) -> Said | None:
        """Return what is said of the error on which the last cell stopped; None when it did not stop."""
        return self._last.stopped if self._last else None

    def why_missing(self, name: str) -> Said | None:
        """Return why a name does not exist, as far as the last cell tells; None when no cell ran."""
        return _told(name, self._last, MISSING)

    def why_none(self, name: str, cell: str) -> Said | None:
        """Return why a name holds None, as far as the cell that gave it tells; None where nothing was written yet."""
        ran = self._ran.get(cell)
        return None if ran and _is_blank(name, ran.source) else _told(name, ran, EMPTY)


def _told(name: str, ran: Ran | None, what: str) -> Said | None:
    if ran is None or ran.stopped:
        return ran.stopped if ran else None
    why, cause = _why(name, ran)
    others = ", ".join(f"`{other}`" for other in ran.names if other != name)
    return Said((what + why).format(name=name, names=others), cause)


def _why(name: str, ran: Ran) -> tuple[str, str]:
    """Return what a cell did instead of giving a name, and the id of this cause."""
    given = re.escape(name)
    if re.search(rf"^\s*{given}\s*==", ran.source, re.MULTILINE):
        return COMPARES, COMPARED
    if any(other != name for other in ran.names):
        return OTHERS, OTHER_NAME
    if re.search(rf"^\s*(?:{given}\s*=\s*)?print\(", ran.source, re.MULTILINE):
        return PRINTS, PRINTED
    return ALONE, NO_NAME


def _is_blank(name: str, source: str) -> bool:
    """Tell whether an answer cell is as the course gave it: comments, and None."""
    lines = [line.partition("#")[0].strip() for line in source.splitlines()]
    return all(re.fullmatch(rf"{re.escape(name)}\s*=\s*None", line) for line in lines if line)


def _explained(error: BaseException, variables: Mapping[str, Any]) -> Said:
    explained = explain(error, variables)
    text = STOPS.format(explained=explained or f"**{type(error).__name__}**")
    return Said(text, STOPPED if is_precise(error) else "")


LAST = LastCells()
"""Those of the notebook of this kernel."""
