"""May the cells that a learner changed run after all of ours? If so, our cells run once for all the copies.

For example, a learner writes `mediane = communes["population"].median()` in cell 4, and cells 5 to 20 are our tables and
figures, which never read `mediane`. The copy then starts from a process that has already run all our cells, 5 to 20
included, and runs cell 4 alone. The outputs are the same as in order.

The outputs are the same only when the learner's cell changes nothing that our later cells read, and reads nothing that
they define. This is decided from the text of the cell, with a list of harmless methods and forms of syntax. A copy with one
changed cell that does anything else runs all its cells in order.
"""

import ast
import builtins
import re
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.sharing import names

# Each list is a text to be read: one word is one name.
_BUILTINS = """
abs all any bool dict divmod enumerate filter float format int isinstance len list map max min pow print range repr
reversed round set sorted str sum tuple type zip
"""
_METHODS = """
abs agg aggregate all any apply assign astype between clip copy corr count cumsum describe diff drop drop_duplicates
dropna duplicated eq explode fillna filter first ge groupby gt head idxmax idxmin isin isna isnull item itertuples
iterrows join last le lt map mask max mean median melt merge min mode ne nlargest notna notnull nsmallest nunique
pct_change pivot_table quantile query rank reindex rename replace reset_index round set_index size sort_index
sort_values squeeze stack std sum tail to_dict to_list tolist transform unique unstack value_counts var where xs

cat contains endswith extract find format fullmatch get index isdecimal isdigit join len lower lstrip match pad
removeprefix removesuffix rstrip slice split startswith strip title upper zfill

items keys values
DataFrame Series concat crosstab cut qcut to_datetime to_numeric array ceil floor isclose sqrt
"""
BUILTINS = set(_BUILTINS.split())
METHODS = set(_METHODS.split())
"""Methods of tables, columns and groups, then of texts, then of dictionaries, then functions of pandas, numpy and math.

None of them changes the object that it is called on.
"""
INJECTED = {"get_ipython", "display", "exit", "quit", "In", "Out"}
"""What IPython puts within reach of every cell."""
FROM_NOTEBOOK = {"number", "table"}
"""Functions of `autograder.notebook` that only show."""
MODULES = {"pandas", "numpy", "math", "statistics"}
CONSTANTS = {"nan", "pi", "e", "inf", "NA", "NaT"}
STATEMENTS = (ast.Expr, ast.Assign, ast.AnnAssign, ast.FunctionDef, ast.Return, ast.If, ast.For, ast.Pass)
EXPRESSIONS = (
    *(ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Lambda, ast.Call, ast.Attribute),
    *(ast.Subscript, ast.Slice, ast.Name, ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.Starred),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.JoinedStr, ast.FormattedValue),
)
PARTS = (
    *(ast.Module, ast.arguments, ast.arg, ast.keyword, ast.comprehension, ast.expr_context),
    *(ast.boolop, ast.operator, ast.unaryop, ast.cmpop),
)
WORD = re.compile(r"\w+")
DYNAMIC = re.compile(r"@|^\s*[%!]|\b(globals|locals|vars|eval|exec|getattr|get_ipython)\b", re.MULTILINE)


@dataclass(frozen=True)
class OwnCellsLast:
    """How the cells that a learner changed run after all of ours.

    `indexes` are the positions of the changed cells in the trunk (`roles.trunk`). `forgotten` are the names that the
    released cells at these positions defined. They are removed before the learner's cells run.
    """

    indexes: frozenset[int]
    forgotten: list[str]


class Ours:
    """The cells of a released notebook that run in the learner's process, as texts, in order."""

    def __init__(self, texts: Sequence[str]):
        self._texts = list(texts)
        self._trees = [names.parse(text) for text in texts]
        self._bound = [names.bound(tree) for tree in self._trees]
        self._mentioned = [
            _mentioned(text, tree) for text, tree in zip(self._texts, self._trees, strict=True)
        ]
        self._reader = Reader(self._trees)

    def own_cells_last(self, copy: Sequence[str]) -> OwnCellsLast | None:
        """Return how the changed cells of a copy may run after ours; None when they may not.

        `copy` has the texts of all the cells of the copy that run in the learner's process.
        """
        positions = range(len(self._texts))
        if len(copy) != len(positions):
            return None
        changed = frozenset(index for index in positions if copy[index] != self._texts[index])
        forgotten: set[str] = set()
        for index in changed:
            tree, released = names.parse(copy[index]), self._trees[index]
            later = [after for after in positions if after > index and after not in changed]
            defined = names.bound(tree) | self._bound[index]
            if not (tree.body and self._reader.is_harmless(tree) and self._reader.is_harmless(released)):
                return None
            if any(defined & self._mentioned[after] for after in later):
                return None
            if any(self._bound[index] & self._bound[before] for before in positions[:index]):
                return None
            if any(set(names.read(tree)) & self._bound[after] for after in later):
                return None
            forgotten |= self._bound[index]
        return OwnCellsLast(changed, sorted(forgotten))


def _mentioned(text: str, tree: ast.Module) -> set[str]:
    """Return the names that a cell of ours reads or defines.

    A cell may also read a name written in a text, such as `query("population > @threshold")` or `eval("total")`. All the
    words of such a cell are then returned.
    """
    return set(WORD.findall(text)) if DYNAMIC.search(text) else {*names.read(tree), *names.bound(tree)}


class Reader:
    """Recognises the harmless cells: they read existing values, and give values to new names.

    `ours` are our own cells. Their imports and functions say which names a harmless cell may call.
    """

    def __init__(self, ours: Sequence[ast.Module]):
        self._modules: set[str] = set()
        self._functions = set(BUILTINS)
        self._forbidden = (set(dir(builtins)) - BUILTINS) | INJECTED
        for tree in ours:
            for node in tree.body:
                if isinstance(node, names.DEFINITIONS):
                    self._learn(node)

    def is_harmless(self, tree: ast.Module) -> bool:
        """Tell whether every part of a cell is on the lists of harmless parts."""
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        if names.bound(tree) & (self._modules | self._functions | self._forbidden):
            return False
        allowed = (*STATEMENTS, *EXPRESSIONS, *PARTS)
        return all(
            isinstance(node, allowed) and self._is_harmless_node(node, functions) for node in ast.walk(tree)
        )

    def _learn(self, node: ast.stmt) -> None:
        """Sort the names that a cell of ours defines or imports: functions to call, modules to read, forbidden names."""
        match node:
            case ast.FunctionDef() if self.is_harmless(ast.Module([node], [])):
                self._functions.add(node.name)
            case ast.ImportFrom(module="autograder.notebook"):
                bound = {alias.asname or alias.name for alias in node.names}
                self._functions |= bound & FROM_NOTEBOOK
                self._forbidden |= bound - FROM_NOTEBOOK
            case ast.Import():
                allowed = {alias.asname for alias in node.names if alias.name in MODULES and alias.asname}
                allowed |= {alias.name for alias in node.names if alias.name in MODULES and not alias.asname}
                self._modules |= allowed
                self._forbidden |= names.bound(node) - allowed
            case _:
                self._forbidden |= names.defined(ast.Module([node], []))

    def _is_harmless_node(self, node: ast.AST, functions: set[str]) -> bool:
        """Tell whether one node is harmless; `functions` are the functions that the same cell defines."""
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in self._modules:
                return attribute in METHODS | CONSTANTS
            case ast.Attribute(attr=attribute):
                return (
                    isinstance(node.ctx, ast.Load)
                    and attribute not in names.CHANGE  # even uncalled: `apply(rows.append)` calls it
                    and not attribute.startswith("_")
                )
            case ast.Subscript():
                return isinstance(node.ctx, ast.Load)
            case ast.Name(id=name):
                return name not in self._forbidden and not name.startswith("_")
            case ast.Constant(value=str(text)):
                return "@" not in text  # `query("population > @threshold")` reads a variable
            case ast.keyword(arg=name):
                return name not in (None, "inplace", "out", "file")
            case ast.FunctionDef():
                return not node.decorator_list
            case ast.Call(func=ast.Name(id=name)):
                return name in self._functions | functions
            case ast.Call(func=ast.Attribute(attr=name)):
                return name in METHODS
            case ast.Call():
                return False
        return True
