"""The names that a cell reads, and the names that it defines, found in its text."""

import ast
import builtins
import textwrap
from collections.abc import Mapping

from IPython.core.inputtransformer2 import TransformerManager

_CHANGE = "add append at clear discard extend iat insert pop popitem remove reverse setdefault sort update"
CHANGE = set(_CHANGE.split())
"""Methods that change the object that they are called on."""

DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def parse(source: str) -> ast.Module:
    """Return the syntax tree of a cell, magics included. The tree is empty when Python cannot read the cell."""
    try:
        return ast.parse(TransformerManager().transform_cell(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # a null byte, brackets nested without end
        return ast.Module([], [])


def read(tree: ast.AST) -> list[str]:
    """Return the names that a cell reads, in order, except the built-in names."""
    names = [
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    ]
    return [name for name in dict.fromkeys(names) if not hasattr(builtins, name) and name != "get_ipython"]


def bound(tree: ast.AST) -> set[str]:
    """Return the names that a cell gives a value to."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
    return names


def changed(tree: ast.AST) -> set[str]:
    """Return the names that a cell gives a value to, or whose object it changes: `table["a"] = 1`, `table.pop("a")`."""
    return bound(tree) | touched(tree)


def touched(tree: ast.AST) -> set[str]:
    """Return the names that a cell deletes, or whose object it changes."""
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            found |= root(node)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del):
            found.add(node.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            in_place = any(keyword.arg == "inplace" for keyword in node.keywords)
            found |= root(node.func.value) if in_place or node.func.attr in CHANGE else set()
    return found


def root(node: ast.AST) -> set[str]:
    """Return the name at the beginning of `name.part["other"]`; nothing for any other expression."""
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def defined(tree: ast.Module) -> set[str]:
    """Return the names of the imports, functions and classes at the top of a cell."""
    names = set()
    for node in tree.body:
        if isinstance(node, DEFINITIONS[2:]):
            names.add(node.name)
        elif isinstance(node, DEFINITIONS[:2]):
            names |= bound(node)
    return names


def only_looks(tree: ast.Module) -> bool:
    """Tell whether a cell is made of asserts and expressions alone, and gives no value to any name."""
    return all(isinstance(node, (ast.Assert, ast.Expr)) for node in tree.body) and not bound(tree)


def definitions(source: str) -> ast.Module:
    """Return the imports, functions and classes of a cell, without the rest of it."""
    return ast.Module([node for node in parse(source).body if isinstance(node, DEFINITIONS)], [])


def text(tree: ast.Module) -> str:
    """Return the text of a cell where each part is tried alone: a part that raises does not stop the next part.

    For example, `size = len(table)` in the default of a function raises in a process where `table` does not exist. The
    imports and the other functions of the cell are defined all the same.
    """
    parts = (textwrap.indent(ast.unparse(node), "    ") for node in tree.body)
    return "\n".join(f"try:\n{part}\nexcept Exception:\n    pass" for part in parts)


def needs(tree: ast.Module) -> dict[str, list[str]]:
    """Return, for each function or class defined in a cell, the names that it reads."""
    return {node.name: read(node) for node in tree.body if isinstance(node, DEFINITIONS[2:])}


def closure(names: list[str], helpers: Mapping[str, list[str]]) -> list[str]:
    """Return the names, and the names that our helper functions among them read in turn."""
    reached = dict.fromkeys(names)
    waiting = list(reached)
    while waiting:
        for name in helpers.get(waiting.pop(), []):
            if name not in reached:
                reached[name] = None
                waiting.append(name)
    return list(reached)
