"""The explorer's steps: what each does to a table, and the pandas line that does the same.

A state is a list of steps in JSON, from a page or an answers file: nothing in it is ever executed as code. It is read
against the tables offered, then applied with pandas; `lines` writes the same for people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from autograder.checks.reading import Unreadable

if TYPE_CHECKING:
    import pandas

    Tables = Mapping[str, pandas.DataFrame]

MAX_STEPS = 20
MAX_TEXT = 200
SUMMARIES = {
    "sum": "la somme",
    "mean": "la moyenne",
    "median": "la médiane",
    "min": "le minimum",
    "max": "le maximum",
    "count": "le nombre de lignes",
}
ORDERED = {
    "lt": ("<", "plus petit que"),
    "le": ("<=", "au plus"),
    "gt": (">", "plus grand que"),
    "ge": (">=", "au moins"),
}
EQUAL = {"eq": ("==", "égal à"), "ne": ("!=", "différent de")}
TESTS = {
    **{name: words for name, (_, words) in (EQUAL | ORDERED).items()},
    "contains": "contient",
    "missing": "est vide",
    "present": "est rempli",
}
START, RESULT = "resultat", "valeur"


NO_NUMBER = "Votre exploration ne donne pas un nombre : terminez-la par « Calculer un seul nombre »."


class BadStep(ValueError):
    """A step that cannot be done; the message is French and says what to change."""


@dataclass
class Outcome:
    """What the steps give: a table, perhaps a number or a chart drawn from it. `lines` and `texts` go with the steps.

    `missing` counts the rows that filters left aside because they have no value in the column asked.
    """

    table: "pandas.DataFrame"
    value: float | None = None
    chart: tuple[str, str, str] | None = None
    missing: int = 0
    lines: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def explore(steps: object, tables: "Tables", start: str) -> Outcome:
    """Apply steps to the table named `start`. Raises BadStep for anything that is not a step on these tables."""
    if not isinstance(steps, Sequence) or isinstance(steps, str) or len(steps) > MAX_STEPS:
        raise BadStep(f"Gardez au plus {MAX_STEPS} étapes.")
    found = Outcome(tables[start], lines=[f"{START} = {start}"])
    for step in steps:
        if not isinstance(step, Mapping) or step.get("op") not in _DO:
            raise BadStep("Cette étape n’existe pas dans l’explorateur.")
        if found.value is not None or found.chart is not None:
            raise BadStep("Après un résultat ou un graphique, il n’y a plus d’étape : retirez-le d’abord.")
        _DO[step["op"]](found, step, tables)
    return found


def number_of(value: object, tables: "Tables", start: str) -> object:
    """Return the number that an explorer's answer gives; any other answer as it is; Unreadable when it gives none."""
    if not is_state(value):
        return value
    try:
        found = explore(value["steps"], tables, start).value  # type: ignore[index]
    except BadStep as error:
        return Unreadable(f"Votre exploration n’a pas pu être refaite. {error}")
    return Unreadable(NO_NUMBER) if found is None else found


def reduced(value: object, form: Mapping[str, Any]) -> object:
    """Return an answer to a form as it is judged: the number that the explorer's steps give, on our own tables."""
    if "explorer" not in form or not is_state(value):
        return value
    return number_of(value, tables_of(form["explorer"]), form["explorer"]["start"])


def tables_of(offer: Mapping[str, Any]) -> "dict[str, pandas.DataFrame]":
    """Return the tables that a form offers, from the catalogue: {"communes": "communes-2026", …}."""
    return {name: _table(dataset) for name, dataset in offer["tables"].items()}


@cache
def _table(dataset: str) -> "pandas.DataFrame":
    from autograder.data.load import load

    name, _, vintage = dataset.rpartition("-")
    return load(name, vintage) if vintage.isdecimal() else load(dataset)


def is_state(value: object) -> bool:
    """Whether an answer is an explorer's state, and not a number typed."""
    return isinstance(value, Mapping) and set(value) == {"steps"}


def _filter(found: Outcome, step: Mapping[str, Any], tables: "Tables") -> None:
    column, test = _column(found, step), step.get("test")
    series, name = found.table[column], _quoted(column)
    if test in ("missing", "present"):
        kept, code = (series.isna(), "isna()") if test == "missing" else (series.notna(), "notna()")
        line = f"{START}[{START}[{name}].{code}]"
        words = f"{column} {TESTS[test]}"
    elif test == "contains":
        text = _text(step.get("value"))
        kept = series.astype("str").str.contains(text, case=False, regex=False) & series.notna()
        line = (
            f'{START}[{START}[{name}].astype("str").str.contains({_quoted(text)}, case=False, regex=False)'
            f" & {START}[{name}].notna()]"
        )
        words = f"{column} contient « {text} »"
    elif test in EQUAL or test in ORDERED:
        sign = (EQUAL | ORDERED)[test][0]
        value = _value(series, step.get("value"), test in ORDERED, column)
        kept = _compare(series, sign, value)
        line = f"{START}[{START}[{name}] {sign} {_quoted(value) if isinstance(value, str) else repr(value)}]"
        words = f"{column} {TESTS[test]} {value if not isinstance(value, str) else f'« {value} »'}"
        if sign != "!=":
            found.missing += int(series.isna().sum())
    else:
        raise BadStep("Choisissez une condition : égal à, plus grand que, contient…")
    found.table = found.table[kept]
    _tell(found, line, f"Garder les lignes où {words}")


def _sort(found: Outcome, step: Mapping[str, Any], tables: "Tables") -> None:
    column, descending = _column(found, step), step.get("descending") is True
    found.table = found.table.sort_values(column, ascending=not descending, kind="stable")
    line = f'{START}.sort_values({_quoted(column)}, ascending={not descending}, kind="stable")'
    _tell(
        found,
        line,
        f"Trier par {column}, du plus {'grand' if descending else 'petit'} au plus {'petit' if descending else 'grand'}",
    )


def _group(found: Outcome, step: Mapping[str, Any], tables: "Tables") -> None:
    column, how = _column(found, step), _how(step)
    grouped = found.table.groupby(column, as_index=False)
    call = f"{START}.groupby({_quoted(column)}, as_index=False)"
    if how == "count":
        found.table = grouped.size()
        _tell(found, f"{call}.size()", f"Compter les lignes, par {column}")
        return
    of = _numbers(found, step.get("of"))
    if of == column:
        raise BadStep("Choisissez deux colonnes différentes : celle qui regroupe, et celle que l’on calcule.")
    found.table = getattr(grouped[of], how)()
    _tell(found, f"{call}[{_quoted(of)}].{how}()", f"Calculer {SUMMARIES[how]} de {of}, par {column}")


def _summary(found: Outcome, step: Mapping[str, Any], tables: "Tables") -> None:
    how = _how(step)
    if how == "count":
        found.value = len(found.table)
        found.lines.append(f"{RESULT} = len({START})")
        found.texts.append("Compter les lignes")
        return
    of = _numbers(found, step.get("of"))
    number = getattr(found.table[of], how)()
    found.value = None if number != number else float(number)
    if found.value is None:
        raise BadStep("Il n’y a pas de nombre à résumer : aucune ligne n’a de valeur dans cette colonne.")
    found.lines.append(f"{RESULT} = {START}[{_quoted(of)}].{how}()")
    found.texts.append(f"Calculer {SUMMARIES[how]} de {of}")


def _keep(found: Outcome, step: Mapping[str, Any], tables: "Tables") -> None:
    columns = step.get("columns")
    if (
        not isinstance(columns, list)
        or not columns
        or any(one not in list(found.table.columns) for one in columns)
    ):
        raise BadStep("Choisissez une ou plusieurs colonnes de ce tableau.")
    found.table = found.table[columns]
    _tell(
        found, f"{START}[[{', '.join(map(_quoted, columns))}]]", f"Garder les colonnes {', '.join(columns)}"
    )


def _join(found: Outcome, step: Mapping[str, Any], tables: "Tables") -> None:
    other, key = step.get("table"), _column(found, {"column": step.get("key")})
    if not isinstance(other, str) or other not in tables:
        raise BadStep("Choisissez un des tableaux proposés.")
    if key not in tables[other].columns:
        raise BadStep(
            f"La colonne « {key} » n’existe pas dans « {other} » : la clé doit être dans les deux tableaux."
        )
    if tables[other][key].dropna().duplicated().any():
        raise BadStep(
            f"Dans « {other} », plusieurs lignes ont la même valeur de « {key} » : des lignes seraient comptées plusieurs fois."
        )
    found.table = found.table.merge(tables[other], on=key, how="left", suffixes=("", f"_{other}"))
    line = f'{START}.merge({other}, on={_quoted(key)}, how="left", suffixes=("", {_quoted(f"_{other}")}))'
    _tell(found, line, f"Ajouter les colonnes de {other}, par {key}")


def _head(found: Outcome, step: Mapping[str, Any], tables: "Tables") -> None:
    rows = step.get("rows")
    if type(rows) is not int or not 1 <= rows <= 10_000:
        raise BadStep("Indiquez un nombre de lignes, de 1 à 10 000.")
    found.table = found.table.head(rows)
    _tell(found, f"{START}.head({rows})", f"Garder les {rows} premières lignes")


def _chart(found: Outcome, step: Mapping[str, Any], tables: "Tables") -> None:
    label, of = _column(found, step), _numbers(found, step.get("of"))
    found.chart = ("barh", label, of)
    found.lines.append(f"{START}.plot.barh(x={_quoted(label)}, y={_quoted(of)})")
    found.texts.append(f"Dessiner {of} en barres, par {label}")


_DO = {
    "filter": _filter,
    "sort": _sort,
    "group": _group,
    "summary": _summary,
    "keep": _keep,
    "join": _join,
    "head": _head,
    "chart": _chart,
}


def _tell(found: Outcome, expression: str, text: str) -> None:
    found.lines.append(f"{START} = {expression}")
    found.texts.append(text)


def _column(found: Outcome, step: Mapping[str, Any]) -> str:
    column = step.get("column")
    if not isinstance(column, str) or column not in found.table.columns:
        raise BadStep("Choisissez une colonne de ce tableau.")
    return column


def _numbers(found: Outcome, column: object) -> str:
    name = _column(found, {"column": column})
    if found.table[name].dtype.kind not in "iuf":
        raise BadStep(f"La colonne « {name} » contient des textes : choisissez une colonne de nombres.")
    return name


def _how(step: Mapping[str, Any]) -> str:
    how = step.get("by")
    if not isinstance(how, str) or how not in SUMMARIES:
        raise BadStep("Choisissez un calcul : la somme, la moyenne, la médiane…")
    return how


def _text(value: object) -> str:
    if not isinstance(value, str) or not value or len(value) > MAX_TEXT:
        raise BadStep("Écrivez le texte à chercher.")
    return value


def _value(series: Any, value: object, ordered: bool, column: str) -> float | str:
    """Return the value to compare a column with, a number for a column of numbers; French commas are read."""
    if series.dtype.kind in "iuf":
        text = str(value).replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
        try:
            number = float(text)
        except ValueError:
            raise BadStep(f"La colonne « {column} » contient des nombres : écrivez un nombre.") from None
        if number != number or abs(number) > 1e15:
            raise BadStep("Ce nombre est trop grand.")
        return int(number) if number.is_integer() else number
    if ordered:
        raise BadStep(f"La colonne « {column} » contient des textes : choisissez « égal à » ou « contient ».")
    return _text(value)


def _compare(series: Any, sign: str, value: float | str) -> Any:
    compared = {
        "==": series.eq,
        "!=": series.ne,
        "<": series.lt,
        "<=": series.le,
        ">": series.gt,
        ">=": series.ge,
    }[sign](value)
    return compared.fillna(False).astype(bool) if sign != "!=" else compared.fillna(True).astype(bool)


def _quoted(text: str) -> str:
    """Return a text as Python writes it, in double quotes as the course does."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
