"""What a cell does at its first level, when it runs from its first line to its last: the names that it gives, how, from which.

A name inside a function, or inside `[… for name in …]`, is not of the first level: `names.bound` returns it, and `given` does not.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.sharing import names

Place = tuple[int, int]
"""A line and a column of a cell."""
END: Place = (sys.maxsize, 0)

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = (*FUNCTIONS, ast.ClassDef, ast.Lambda)
LOOPS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
GROWING = {"append", "extend", "insert"}
"""Methods that make a list longer each time."""


@dataclass(frozen=True)
class Recipe:
    """How a cell gives a name: the text of the statements that do, and the names that they read from other cells.

    The name is `late` when it is a function: it reads names when it is called. It `grows` when something is added to the value
    that another cell gave: `total += 1`, `found.append(1)`.
    """

    text: str
    inputs: frozenset[str]
    late: bool
    grows: bool


def given(tree: ast.AST) -> dict[str, Place]:
    """Return the names that a cell gives, each with the place where it first has its value."""
    places: dict[str, Place] = {}
    for name, place in _given(tree, END):
        places[name] = min(place, places.get(name, END))
    return places


def outside(tree: ast.AST) -> set[str]:
    """Return the names that a cell reads, in its functions too, before it gives them."""
    places = given(tree)
    return {name for name, place in _read(tree, frozenset()) if place < places.get(name, END)}


def recipes(tree: ast.Module, until: Place = END) -> dict[str, Recipe]:
    """Return how a cell gives each of its names, by the statements that begin before a place."""
    parts = [_Part(node) for node in tree.body if (node.lineno, node.col_offset) <= until]
    return {name: _recipe(name, parts) for name in given(tree)}


class _Part:
    """One statement."""

    def __init__(self, node: ast.stmt):
        self.node, self.text = node, ast.unparse(node)
        self.gives, self.reads = given(node).keys(), outside(node)
        self.changes = self.gives | names.touched(node)


def _recipe(name: str, parts: list[_Part]) -> Recipe:
    """Go up from the last statement, with the names that are still needed from above."""
    texts, needed, grows = list[str](), {name}, False
    for part in reversed(parts):
        if part.changes & needed:
            texts.insert(0, part.text)
            grows = grows or (name in needed and _grows(part.node, name))
            needed = (needed - part.gives) | part.reads
    late = any(isinstance(part.node, FUNCTIONS) and name in part.gives for part in parts)
    return Recipe("\n".join(texts), frozenset(needed), late, grows and name in needed)


def _given(node: ast.AST, place: Place) -> Iterator[tuple[str, Place]]:
    """Give each name with its place; `place` is where the statement around `node` has given its names."""
    match node:
        case ast.Name(ctx=ast.Store()):
            yield node.id, place
        case ast.Import() | ast.ImportFrom():
            yield from ((name, _end(node)) for name in names.bound(node))
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name, _end(node)
        case ast.NamedExpr():
            yield node.target.id, _end(node)
            yield from _given(node.value, place)
        case ast.AugAssign():
            yield from ((name, _end(node)) for name in names.root(node.target))
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if method in GROWING:
            yield name, _end(node)
        case ast.Lambda() | ast.AnnAssign(value=None):
            return
        case _ if isinstance(node, LOOPS):
            walruses = [inner for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr)]
            yield from ((walrus.target.id, _end(walrus)) for walrus in walruses)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _given(child, _place(node) or place)


def _place(node: ast.AST) -> Place | None:
    match node:
        case ast.Assign() | ast.AnnAssign():
            return _end(node)
        case ast.For() | ast.AsyncFor():
            return _end(node.iter)
        case ast.withitem():
            return _end(node.context_expr)
    return None


def _end(node: ast.stmt | ast.expr) -> Place:
    return (node.end_lineno or node.lineno, node.end_col_offset or 0)


def _read(node: ast.AST, local: frozenset[str]) -> Iterator[tuple[str, Place]]:
    """Give each name that is read, with its place; `local` are the names of the functions and loops around `node`."""
    match node:
        case ast.Name(id=name, ctx=ast.Load()) | ast.AugAssign(target=ast.Name(id=name)) if name not in local:
            yield name, (node.lineno, node.col_offset)
    if isinstance(node, SCOPES):
        arguments = {inner.arg for inner in ast.walk(node) if isinstance(inner, ast.arg)}
        local |= arguments | (names.bound(node) - _declared_global(node))
    elif isinstance(node, LOOPS):
        local |= {name for part in node.generators for name in names.bound(part.target)}
    for child in ast.iter_child_nodes(node):
        yield from _read(child, local)


def _grows(tree: ast.AST, name: str) -> bool:
    """Tell whether a statement adds something to the value of a name."""
    for node in ast.walk(tree):
        match node:
            case ast.AugAssign() if name in names.root(node.target):
                return True
            case ast.Call(func=ast.Attribute(value=ast.Name(id=found), attr=method)) if (
                found == name and method in GROWING
            ):
                return True
    return False


def _declared_global(tree: ast.AST) -> set[str]:
    return {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
