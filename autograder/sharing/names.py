"""The names that a trusted check cell needs from elsewhere, read from its text."""

import ast
import builtins
import textwrap
from collections.abc import Mapping

from IPython.core.inputtransformer2 import TransformerManager

DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def parse(source: str) -> ast.Module:
    """Return the syntax of a cell, magics included; nothing for a cell that Python cannot read."""
    try:
        return ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError:
        return ast.Module([], [])


def read(tree: ast.AST) -> list[str]:
    """Return the names read, except built-in ones, in order."""
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
    """Whether a cell is made of asserts and expressions alone, and gives no value to any name."""
    return all(isinstance(node, (ast.Assert, ast.Expr)) for node in tree.body) and not bound(tree)


def definitions(source: str) -> ast.Module:
    """Return the imports, functions and classes of a cell, without the rest of it."""
    return ast.Module([node for node in parse(source).body if isinstance(node, DEFINITIONS)], [])


def text(tree: ast.Module) -> str:
    """Return the text of a cell that defines all that can be of it, each part alone: one may lack its values."""
    parts = (textwrap.indent(ast.unparse(node), "    ") for node in tree.body)
    return "\n".join(f"try:\n{part}\nexcept Exception:\n    pass" for part in parts)


def needs(tree: ast.Module) -> dict[str, list[str]]:
    """Return, for each function or class defined in a cell, the names that it reads."""
    return {node.name: read(node) for node in tree.body if isinstance(node, DEFINITIONS[2:])}


def closure(names: list[str], helpers: Mapping[str, list[str]]) -> list[str]:
    """Return the names, and those that the helpers among them read in turn."""
    found = dict.fromkeys(names)
    waiting = list(found)
    while waiting:
        for name in helpers.get(waiting.pop(), []):
            if name not in found:
                found[name] = None
                waiting.append(name)
    return list(found)
