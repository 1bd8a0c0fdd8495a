"""What a chart shows, in words that follow its settings."""

from collections.abc import Iterator

from autograder.activities.repair.form import FIXED
from autograder.activities.repair.scale import scale
from autograder.activities.repair.settings import Chart
from autograder.french.marks import quoted
from autograder.french.numbers import NO_BREAK, short

DIGITS = 6


def alternative(chart: Chart) -> str:
    """Return the text alternative of a chart."""
    return " ".join(_sentences(chart))


def _sentences(chart: Chart) -> Iterator[str]:
    yield f"Graphique en {FIXED['kind'][chart.kind]}" + (
        f", titré {quoted(chart.title)}." if chart.title else ", sans titre."
    )
    if chart.kind != "pie":
        axis = scale([value for values in chart.series.values() for value in values], chart.from_zero)
        name = f", {quoted(chart.unit)}," if chart.unit else ""
        yield f"L’axe des valeurs{name} va de {short(axis.low, DIGITS)} à {short(axis.high, DIGITS)}."
    for name, values in chart.series.items():
        points = (f"{at}, {short(value, DIGITS)}" for at, value in zip(chart.names, values, strict=True))
        yield f"{name}{NO_BREAK}: {f'{NO_BREAK}; '.join(points)}."
    yield f"{chart.source}." if chart.source else "Aucune source n’est donnée."
