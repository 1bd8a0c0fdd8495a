"""Which answers are not what the cells of a notebook give: the screen then says so, and judges no older value.

A copy is graded from the top, in a new Python, which remembers nothing: neither the value that a cell gave before it was
changed, nor a value computed from an older one.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.sharing import names
from autograder.sharing.first_level import END, Place, Recipe, given, outside
from autograder.sharing.first_level import recipes as recipes_of

MAGIC = re.compile(r"\s*%%")
NAMED = re.compile(r"^\s*([^\W\d]\w*)\s*=(?!=)", re.MULTILINE)
"""How a name looks when it is given by a line, in a cell that is not all Python: `%%time`."""
NOTHING = object()

FAILED = (
    "Votre cellule de réponse s’est arrêtée sur une erreur : elle ne donne pas `{name}`. Corrigez-la, exécutez-la, puis "
    "vérifiez à nouveau."
)
GONE = "Votre cellule de réponse ne donne plus `{name}`. Écrivez `{name} = …`, exécutez la cellule, puis vérifiez à nouveau."
OLD = (
    "`{name}` vient d’une ancienne valeur de `{old}`. Exécutez à nouveau, de haut en bas, les cellules qui donnent `{old}` et "
    "celles qui s’en servent, puis vérifiez à nouveau."
)
LOST = (
    "`{name}` vient d’une ancienne valeur de `{old}`, qu’aucune cellule ne donne plus. Corrigez la cellule qui donnait `{old}`, "
    "exécutez-la, puis celles qui s’en servent, et vérifiez à nouveau."
)
SEVERAL = "Plusieurs cellules donnent `{name}` : à la correction, la dernière au-dessus de cette vérification compte."
BELOW = (
    "`{name}` se sert de `{read}` : à la correction, les cellules s’exécutent de haut en bas. Vérifiez que la cellule qui "
    "donne `{read}` est la plus haute des deux."
)

TOO_EARLY = (
    "`{name}` se sert de `{read}`, que ce carnet ne calcule que plus bas. À la correction, les cellules s’exécutent de haut en bas : "
    "`{read}` n’existe pas encore. Calculez-le dans votre cellule, puis vérifiez à nouveau."
)


@dataclass(frozen=True)
class Given:
    """A name as a cell gave it once, from the names that other cells had given (None: nobody knows which)."""

    cell: str
    recipe: Recipe
    inputs: Mapping[str, "Given | None"]


TWICE = Given("", Recipe("", frozenset(), late=False, grows=False), {})
"""A value to which a cell has already added something: grading adds it once."""


class AnswerCells:
    """What the cells of one notebook give, as they are run."""

    def __init__(self) -> None:
        self._last: dict[str, dict[str, Given]] = {}  # what each cell gave when it last ran
        self._failed: set[str] = set()
        self._known: dict[str, Given] = {}  # what the names hold
        self._before: Mapping[str, Any] | None = None

    def begins(self, values: Mapping[str, Any], deleted: Iterable[str] = ()) -> None:
        """Note the values that a cell is about to replace, and the cells that were deleted."""
        self._before = dict(values)
        self._last.update((cell, {}) for cell in deleted if cell in self._last)

    def ends(self, cell: str, source: str, values: Mapping[str, Any], until: Place | None) -> None:
        """Note what a cell gave, after it ran until a place: END, or None when it did not begin."""
        changed, self._before = _changed(self._before, values), None
        recipes = {} if until is None else self._recipes(cell, source, until, changed & values.keys())
        for name in changed - values.keys():  # by `del`
            self._known.pop(name, None)
        self._last[cell] = {
            name: Given(cell, how, self._inputs(cell, name, how)) for name, how in recipes.items()
        }
        self._known |= self._last[cell]
        (self._failed.discard if until == END else self._failed.add)(cell)

    def _recipes(self, cell: str, source: str, until: Place, changed: set[str]) -> dict[str, Recipe]:
        """Return how a cell that ran until a place gave its names: those of its first level, and those that a call gave."""
        tree = names.parse(source)
        places, recipes = given(tree), recipes_of(tree, until)
        whole = Recipe(ast.unparse(tree), frozenset(outside(tree)), late=False, grows=False)
        again = {
            name for name, held in self._last.get(cell, {}).items() if held.recipe == whole and until == END
        }
        named = set(NAMED.findall(source)) if MAGIC.match(source) else set()
        reached = {name: recipes[name] for name, place in places.items() if place <= until or name in changed}
        return dict.fromkeys((changed | again | named) - places.keys(), whole) | reached

    def _inputs(self, cell: str, given_name: str, recipe: Recipe) -> dict[str, Given | None]:
        """Return what the names that a recipe reads hold, with those that the functions among them read now."""
        inputs: dict[str, Given | None] = {}
        waiting = [] if recipe.late else list(recipe.inputs)
        for name in waiting:
            if name not in inputs:
                held = inputs[name] = self._known.get(name)
                waiting += held.recipe.inputs if held and held.recipe.late else ()
                if held and held.cell == cell:
                    # Run again on its own result, as in `table = table.dropna()`: it counts as run once.
                    grown = recipe.grows and name == given_name
                    inputs[name] = TWICE if grown else held.inputs.get(name, held)
        return inputs

    def giver(self, name: str) -> str:
        """Return the cell that gave a name its value; "" when none is known."""
        held = self._known.get(name)
        return held.cell if held else ""

    def given_by(self, cell: str) -> list[str]:
        """Return the names that a cell gave when it last ran."""
        return list(self._last.get(cell, {}))

    def why_stale(self, name: str) -> str | None:
        """Return why the value of a name is not what the notebook gives, in French; None when it is."""
        old = self._old(name)
        if old is None:
            return None
        if self._now(old):
            reason = OLD
        elif old != name:
            reason = LOST
        else:
            reason = FAILED if self._known[name].cell in self._failed else GONE
        return reason.format(name=name, old=old)

    def too_early(self, name: str, places: Mapping[str, int]) -> str | None:
        """Return which name, read on the way to this one, only cells below give, in French; `places`: ranks of cells in the notebook.

        The course runs all that it shows as a module opens: what comes later is already there when a learner answers.
        """
        for _, given_once in self._sources(name):
            here = places.get(given_once.cell)
            for read, source in given_once.inputs.items():
                if here is not None and source and self._is_only_below(read, here, places):
                    return TOO_EARLY.format(name=name, read=read)
        return None

    def _is_only_below(self, name: str, here: int, places: Mapping[str, int]) -> bool:
        """A cell that is not in the file yet may stand anywhere: it is given the benefit of the doubt."""
        return all(places.get(given_once.cell, here) > here for given_once in self._now(name))

    def warning(self, name: str) -> str | None:
        """Return what to check of a name, in French: the order of the cells in the notebook is not known here."""
        held, now = self._known.get(name), self._now(name)
        if held and now and now[-1].recipe != held.recipe:
            return SEVERAL.format(name=name)
        first = {cell: rank for rank, cell in enumerate(self._last)}
        for _, given_once in self._sources(name):
            for read, source in given_once.inputs.items():
                if source and first.get(source.cell, 0) > first[given_once.cell]:
                    return BELOW.format(name=name, read=read)
        return None

    def _old(self, name: str) -> str | None:
        """Return the first name, among those that a name comes from, that no cell gives in the same way now."""
        for found, held in self._sources(name):
            if not any(held.recipe == now.recipe for now in self._now(found)):
                return found
        return None

    def _now(self, name: str) -> list[Given]:
        """Return how the cells give a name, the cell that ran first before the others."""
        return [last[name] for last in self._last.values() if name in last]

    def _sources(self, name: str) -> Iterator[tuple[str, Given]]:
        """Give what a name holds, then what it comes from, nearest first."""
        waiting = [(name, self._known.get(name))]
        seen = set[int]()
        for found, held in waiting:
            if held and id(held) not in seen:
                seen.add(id(held))
                yield found, held
                waiting += held.inputs.items()


def _changed(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> set[str]:
    """Return the names whose object is another one; none when nothing was noted before."""
    # By identity: a table compared with another gives a table.
    if before is None:
        return set()
    known = {name for name in {*before, *after} if not name.startswith("_")}
    return {name for name in known if before.get(name, NOTHING) is not after.get(name, NOTHING)}


CELLS = AnswerCells()
"""Those of the notebook of this kernel."""
