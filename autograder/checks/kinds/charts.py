"""matplotlib charts, read as a specification: marks, axis from zero, titles, values; never compared as images."""

from typing import Any, TypedDict

from autograder.checks import plots
from autograder.checks.kinds.canonical import canonical_value, digest
from autograder.contract.kinds import ByReading, Facets, Problem, Share, type_name


class ChartSpec(TypedDict):
    """`requires`: what counts in the chart."""

    requires: list[str]


class Chart(ByReading):
    """An Axes or a Figure with one Axes. `requires` lists what counts, each for the same share of the points:

    mark (bar, line or scatter), from_zero, title, xlabel, ylabel, values.
    """

    def read(self, value: Any, spec: ChartSpec) -> Facets:
        axes = _axes(value)
        if not axes.mark:
            raise Problem("empty", "Votre graphique ne contient ni barre, ni courbe, ni nuage de points.")
        facts = {
            "mark": axes.mark,
            "from_zero": _yes(min(axes.limits) <= 0 <= max(axes.limits)),
            "title": _yes(axes.title),
            "xlabel": _yes(axes.xlabel),
            "ylabel": _yes(axes.ylabel),
            "values": digest(sorted(canonical_value(value) for value in axes.values)),
        }
        return {name: facts[name] for name in spec["requires"]}

    def shares(self, truth: Any, spec: ChartSpec) -> list[Share]:
        return [
            (name, canonical, 1 / len(spec["requires"])) for name, canonical in self.read(truth, spec).items()
        ]


def _yes(found: object) -> str:
    return "yes" if found else "no"


def _axes(value: Any) -> plots.Axes:
    if type(value).__name__ == "ndarray" and value.size == 1:
        value = value.item()
    if isinstance(value, plots.Axes):
        return value
    if not isinstance(value, plots.Figure) and plots.is_axes(value):
        return plots.read_axes(value)
    if not isinstance(value, plots.Figure) and plots.is_figure(value):
        value = plots.read_figure(value)
    if not isinstance(value, plots.Figure):
        raise Problem(
            f"type:{type(value).__name__}",
            f"Votre réponse est {type_name(value)} : on attend le graphique lui-même, par exemple ax = serie.plot.bar().",
        )
    if len(value.axes) != 1:
        raise Problem("axes", f"Votre figure contient {len(value.axes)} graphiques : on en attend un seul.")
    return value.axes[0]
