"""The steps that change the shape of a table without calculating: order, columns, first rows, columns of another table."""

from typing import TYPE_CHECKING, Any

from autograder.activities.explorer.outcome import START, BadStep, Outcome, Step, kind_of, quoted

if TYPE_CHECKING:
    from autograder.activities.explorer.outcome import Tables

ORDERS = {
    "number": ("du plus petit au plus grand", "du plus grand au plus petit"),
    "date": ("du plus ancien au plus récent", "du plus récent au plus ancien"),
    "text": ("de A à Z", "de Z à A"),
    "truth": ("les non d’abord", "les oui d’abord"),
}
"""kind of column -> the words of its two orders, the growing one first."""


def sort(found: Outcome, step: Step, tables: "Tables") -> None:
    """Order the rows by a column."""
    column, descending = found.column(step.get("column")), step.get("descending") is True
    words = ORDERS[kind_of(found.table[column])][descending]
    found.table = found.table.sort_values(column, ascending=not descending, kind="stable")
    found.tell(
        f'{START}.sort_values({quoted(column)}, ascending={not descending}, kind="stable")',
        f"Trier par {found.said(column)}, {words}",
    )


def keep_columns(found: Outcome, step: Step, tables: "Tables") -> None:
    """Keep some columns."""
    columns = step.get("columns")
    known = list(found.table.columns)
    if not isinstance(columns, list) or not columns or any(one not in known for one in columns):
        raise BadStep("Choisissez une ou plusieurs colonnes de ce tableau.")
    if len(set(columns)) < len(columns):
        raise BadStep("Choisissez chaque colonne une seule fois.")
    found.table = found.table[columns]
    told = ", ".join(map(found.said, columns))
    found.tell(f"{START}[[{', '.join(map(quoted, columns))}]]", f"Garder les colonnes {told}")


def join(found: Outcome, step: Step, tables: "Tables") -> None:
    """Add the columns of another table, by a key that they share."""
    other, key = step.get("table"), found.column(step.get("key"))
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
    before = set(found.table.columns)
    found.table = found.table.merge(tables[other], on=key, how="left", suffixes=("", f"_{other}"))
    _name_added(found, other, before)
    line = f'{START}.merge({other}, on={quoted(key)}, how="left", suffixes=("", {quoted(f"_{other}")}))'
    found.tell(line, f"Ajouter les colonnes de {other}, par {found.said(key)}")


def first_rows(found: Outcome, step: Step, tables: "Tables") -> None:
    """Keep the first rows."""
    rows = step.get("rows")
    if type(rows) is not int or not 1 <= rows <= 10_000:
        raise BadStep("Indiquez un nombre de lignes, de 1 à 10 000.")
    found.table = found.table.head(rows)
    told = f"les {rows} premières lignes" if rows > 1 else "la première ligne"
    found.tell(f"{START}.head({rows})", f"Garder {told}")


def _name_added(found: Outcome, other: str, before: "set[Any]") -> None:
    """Name the columns that came from another table, in French."""
    names = found.titles.get(other, {})
    for column in map(str, found.table.columns):
        own = column.removesuffix(f"_{other}")
        if column not in before and own in names:
            found.labels[column] = names[own] if own == column else f"{names[own]} ({other})"
