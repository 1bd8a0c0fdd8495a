"""Whether the cells that a learner changed may run after all of ours: then ours run once for all copies.

In a copy by code, most of what follows the first answer is ours and does not depend on it. It is run once, in the state
that copies start from, and the copy's own cells after it, when nothing can tell. What can be told is looked for in the
text, by a list of what is harmless: a cell that does anything else is run in its place, as are all the others then.
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
_CHANGE = "add append at clear discard extend iat insert pop popitem remove reverse setdefault sort update"
BUILTINS = set(_BUILTINS.split())
METHODS = set(_METHODS.split())
"""Of tables, columns and their groups; of texts; of dictionaries; of pandas, numpy and math themselves. None changes anything."""
CHANGE = set(_CHANGE.split())
"""Methods that change something, and could be handed over without being called: `apply(names.append)`."""
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
class Ahead:
    """How a copy's own cells run after ours: at which `places`, and which names of the released ones are forgotten first."""

    places: frozenset[int]
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

    def ahead(self, copy: Sequence[str]) -> Ahead | None:
        """Return how the own cells of a copy, all of whose cells are given, may run after ours; None when they may not."""
        places = range(len(self._texts))
        if len(copy) != len(places):
            return None
        own = frozenset(place for place in places if copy[place] != self._texts[place])
        forgotten: set[str] = set()
        for place in own:
            tree, released = names.parse(copy[place]), self._trees[place]
            later = [after for after in places if after > place and after not in own]
            defined = names.bound(tree) | self._bound[place]
            if not (tree.body and self._reader.is_harmless(tree) and self._reader.is_harmless(released)):
                return None
            if any(defined & self._mentioned[after] for after in later):
                return None
            if any(self._bound[place] & self._bound[before] for before in places[:place]):
                return None
            if any(set(names.read(tree)) & self._bound[after] for after in later):
                return None
            forgotten |= self._bound[place]
        return Ahead(own, sorted(forgotten))


def _mentioned(text: str, tree: ast.Module) -> set[str]:
    """Return the names that a cell of ours reads or defines: all its words, when it could do so from a text."""
    return set(WORD.findall(text)) if DYNAMIC.search(text) else {*names.read(tree), *names.bound(tree)}


class Reader:
    """Tells the cells that only read what is there, and give values to names of their own. `ours` are our own cells."""

    def __init__(self, ours: Sequence[ast.Module]):
        self._modules: set[str] = set()
        self._functions = set(BUILTINS)
        self._forbidden = (set(dir(builtins)) - BUILTINS) | INJECTED
        for tree in ours:
            for node in tree.body:
                if isinstance(node, names.DEFINITIONS):
                    self._learn(node)

    def is_harmless(self, tree: ast.Module) -> bool:
        """Whether a cell is made of what is known to be harmless, and of nothing else."""
        own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        if names.bound(tree) & (self._modules | self._functions | self._forbidden):
            return False
        allowed = (*STATEMENTS, *EXPRESSIONS, *PARTS)
        return all(isinstance(node, allowed) and self._is_tame(node, own) for node in ast.walk(tree))

    def _learn(self, node: ast.stmt) -> None:
        """Sort what a cell of ours defines or imports: what may be called, what may be read, and the rest."""
        match node:
            case ast.FunctionDef() if self.is_harmless(ast.Module([node], [])):
                self._functions.add(node.name)
            case ast.ImportFrom(module="autograder.notebook"):
                bound = {alias.asname or alias.name for alias in node.names}
                self._functions |= bound & FROM_NOTEBOOK
                self._forbidden |= bound - FROM_NOTEBOOK
            case ast.Import():
                known = {alias.asname for alias in node.names if alias.name in MODULES and alias.asname}
                known |= {alias.name for alias in node.names if alias.name in MODULES and not alias.asname}
                self._modules |= known
                self._forbidden |= names.bound(node) - known
            case _:
                self._forbidden |= names.defined(ast.Module([node], []))

    def _is_tame(self, node: ast.AST, own: set[str]) -> bool:
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in self._modules:
                return attribute in METHODS | CONSTANTS
            case ast.Attribute(attr=attribute):
                return (
                    isinstance(node.ctx, ast.Load)
                    and attribute not in CHANGE
                    and not attribute.startswith("_")
                )
            case ast.Subscript():
                return isinstance(node.ctx, ast.Load)
            case ast.Name(id=name):
                return name not in self._forbidden and not name.startswith("_")
            case ast.Constant(value=str(text)):
                return "@" not in text  # `query` reads variables so
            case ast.keyword(arg=name):
                return name not in (None, "inplace", "out", "file")
            case ast.FunctionDef():
                return not node.decorator_list
            case ast.Call(func=ast.Name(id=name)):
                return name in self._functions | own
            case ast.Call(func=ast.Attribute(attr=name)):
                return name in METHODS
            case ast.Call():
                return False
        return True
