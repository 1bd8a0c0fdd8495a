"""The steps that calculate: groups, one number, bars."""

from typing import TYPE_CHECKING

from autograder.activities.explorer.outcome import RESULT, START, BadStep, Outcome, Step, quoted

if TYPE_CHECKING:
    from autograder.activities.explorer.outcome import Tables

SUMMARIES = {
    "sum": "la somme",
    "mean": "la moyenne",
    "median": "la médiane",
    "min": "le minimum",
    "max": "le maximum",
    "count": "le nombre de lignes",
}
COUNTED = "size"
"""The column that pandas makes of a count."""


def group(found: Outcome, step: Step, tables: "Tables") -> None:
    """Make one row of all those that share a value, and calculate over them."""
    column, how = found.column(step.get("column")), _how(step)
    grouped, by = found.table.groupby(column, as_index=False), found.said(column)
    call = f"{START}.groupby({quoted(column)}, as_index=False)"
    found.groups = True
    if how == "count":
        found.table, found.labels[COUNTED] = grouped.size(), "Nombre de lignes"
        found.tell(f"{call}.size()", f"Compter les lignes, par {by}")
        return
    of = found.numbers(step.get("of"))
    if of == column:
        raise BadStep("Choisissez deux colonnes différentes : celle qui regroupe, et celle que l’on calcule.")
    found.table = getattr(grouped[of], how)()
    found.tell(f"{call}[{quoted(of)}].{how}()", f"Calculer {SUMMARIES[how]} de {found.said(of)}, par {by}")
    found.labels[of] = f"{found.label(of)} ({SUMMARIES[how].partition(' ')[2]})"


def summary(found: Outcome, step: Step, tables: "Tables") -> None:
    """Calculate one number."""
    how = _how(step)
    if how == "count":
        found.value = len(found.table)
        found.conclude(f"{RESULT} = len({START})", "Compter les lignes")
        return
    of = found.numbers(step.get("of"))
    number = getattr(found.table[of], how)()
    found.value = None if number != number else float(number)
    if found.value is None:
        raise BadStep("Il n’y a pas de nombre à résumer : aucune ligne n’a de valeur dans cette colonne.")
    found.conclude(
        f"{RESULT} = {START}[{quoted(of)}].{how}()", f"Calculer {SUMMARIES[how]} de {found.said(of)}"
    )


def chart(found: Outcome, step: Step, tables: "Tables") -> None:
    """Draw bars, one for each row."""
    label, of = found.column(step.get("column")), found.numbers(step.get("of"))
    found.chart = ("barh", label, of)
    found.conclude(
        f"{START}.plot.barh(x={quoted(label)}, y={quoted(of)})",
        f"Dessiner {found.said(of)} en barres, par {found.said(label)}",
    )


def _how(step: Step) -> str:
    how = step.get("by")
    if not isinstance(how, str) or how not in SUMMARIES:
        raise BadStep("Choisissez un calcul : la somme, la moyenne, la médiane…")
    return how
