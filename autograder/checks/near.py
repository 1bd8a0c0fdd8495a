"""What to say of a name that does not exist: the nearest that does, or how this one is written."""

import builtins
import difflib
import itertools
import linecache
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

ALIKE, ALIKE_BUILTIN = 0.75, 0.8
"""How alike two names must be for one to be offered instead of the other: `age` is not `range`."""
MOST = 2000
"""More names than somebody wrote: the others are left out."""

FROM_PANDAS = re.compile(r"(?:None of )?\[(?:Index\(\[)?['\"](.+?)['\"][,\]]")
"""How pandas names several missing columns: `['a'] not in index`, `None of [Index(['a', 'b'], dtype='str')] are in…`."""

MEANT = "Vouliez-vous dire « {name} » ?"
COLUMN = '« {name} » est une colonne de `{table}` : son nom se met entre guillemets, `{table}["{name}"]`.'
METHOD = "« {name} » s’écrit après la colonne, avec un point : `….{name}()`."

TEXT = 'Si c’est un texte, il se met entre guillemets : `"{name}"`.'
COMPARED = "`==` compare. Pour donner une valeur à ce nom, écrivez un seul `=` : `{name} = …`."


def unknown_name(error: BaseException) -> str | None:
    """Return the name that an error says unknown: of a variable, a column, a method or a library."""
    if isinstance(error, NameError | AttributeError | ModuleNotFoundError):
        name: object = error.name
    else:
        name = error.args[0] if isinstance(error, KeyError) and error.args else None
    if not isinstance(name, str):
        return None
    several = FROM_PANDAS.match(name)
    return several.group(1) if several else name


def hint(error: BaseException, variables: Mapping[str, Any]) -> str | None:
    """Return what somebody who wrote an unknown name meant, in French, among the variables of their notebook."""
    name = unknown_name(error)
    if not name:
        return None
    if isinstance(error, NameError):
        return (
            _compared(name, error)
            or _table(name, error, variables)
            or _column(name, variables)
            or _method(name, error, variables)
            or _nearest(name, _own(variables), ALIKE)
            or _nearest(name, _public(builtins), ALIKE_BUILTIN)
            or (None if _is_called(name, error) else TEXT.format(name=name))
        )
    if isinstance(error, AttributeError):
        return _nearest(name, _public(error.obj), ALIKE)
    return _nearest(name, _keys(variables), ALIKE) if isinstance(error, KeyError) else None


def _nearest(unknown: str, names: Iterable[str], alike: float) -> str | None:
    others = [name for name in itertools.islice(names, MOST) if name != unknown]
    near = difflib.get_close_matches(unknown, others, n=1, cutoff=alike)
    near = near or [name for name in others if name.casefold() == unknown.casefold()]
    return MEANT.format(name=near[0]) if near else None


def _table(name: str, error: NameError, variables: Mapping[str, Any]) -> str | None:
    """Return the table whose name was nearly written: what is opened by a bracket or a dot is no column."""
    opened = re.search(rf"(?<![\w.]){re.escape(name)}\s*[\[.]", _line(error))
    return _nearest(name, (known for known, _ in _tables(variables)), ALIKE) if opened else None


def _column(name: str, variables: Mapping[str, Any]) -> str | None:
    holders = (known for known, table in _tables(variables) if name in list(table.columns))
    table = next(holders, None)
    return COLUMN.format(name=name, table=table) if table else None


def _method(name: str, error: NameError, variables: Mapping[str, Any]) -> str | None:
    """Tell how a function that is called alone, `median(x)`, is called on a table."""
    method = any(callable(getattr(type(table), name, None)) for _, table in _tables(variables))
    return METHOD.format(name=name) if method and _is_called(name, error) else None


def _is_called(name: str, error: NameError) -> bool:
    """Tell whether the line that raised an error calls a name."""
    return bool(re.search(rf"(?<![\w.]){re.escape(name)}\s*\(", _line(error)))


def _compared(name: str, error: NameError) -> str | None:
    """Tell that the line that raised an error compares a name instead of giving it a value."""
    return COMPARED.format(name=name) if re.match(rf"\s*{re.escape(name)}\s*==", _line(error)) else None


def _line(error: BaseException) -> str:
    """Return the line that raised an error; "" when nobody knows."""
    for frame, line in list(traceback.walk_tb(error.__traceback__))[-1:]:
        return linecache.getline(frame.f_code.co_filename, line)
    return ""


def _own(variables: Mapping[str, Any]) -> Iterator[str]:
    return (name for name in variables if not name.startswith("_"))


def _public(owner: object) -> list[str]:
    """Return the names that are written after the dot of an object."""
    try:
        return [name for name in dir(owner) if not name.startswith("_")]
    except Exception:  # a learner's object may raise from any operation
        return []


def _keys(variables: Mapping[str, Any]) -> Iterator[str]:
    """Give the names of columns, then the keys of dictionaries."""
    columns = (name for _, table in _tables(variables) for name in table.columns)
    keys = (key for name in _own(variables) if type(value := variables[name]) is dict for key in list(value))
    return (name for name in itertools.chain(columns, keys) if isinstance(name, str))


def _tables(variables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return (
        (name, variables[name]) for name in _own(variables) if type(variables[name]).__name__ == "DataFrame"
    )
