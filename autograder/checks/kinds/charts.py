"""matplotlib charts, read as a specification: marks, axis from zero, titles, values; never compared as images."""

from typing import Any

from autograder.checks.kinds.canonical import canonical_value, digest
from autograder.checks.reading import ByReading, Facets, Problem, Share, Spec, type_name


class Chart(ByReading):
    """An Axes or a Figure with one Axes. `requires` lists what counts, each for the same share of the points:

    mark (bar, line or scatter), from_zero, title, xlabel, ylabel, values.
    """

    def read(self, value: Any, spec: Spec) -> Facets:
        axes = _axes(value)
        mark, heights, limits = _data(axes)
        facts = {
            "mark": mark,
            "from_zero": _yes(min(limits) <= 0 <= max(limits)),
            "title": _yes(
                axes.get_title().strip() or (axes.figure._suptitle and axes.figure._suptitle.get_text())
            ),
            "xlabel": _yes(axes.get_xlabel().strip()),
            "ylabel": _yes(axes.get_ylabel().strip()),
            "values": digest(sorted(canonical_value(height) for height in heights)),
        }
        return {name: facts[name] for name in spec["requires"]}

    def shares(self, truth: Any, spec: Spec) -> list[Share]:
        return [
            (name, canonical, 1 / len(spec["requires"])) for name, canonical in self.read(truth, spec).items()
        ]


def _yes(found: object) -> str:
    return "yes" if found else "no"


def _axes(value: Any) -> Any:
    if type(value).__name__ == "ndarray" and value.size == 1:
        value = value.item()
    if hasattr(value, "get_axes") and not hasattr(value, "get_ylim"):
        if len(value.get_axes()) != 1:
            raise Problem(
                "axes", f"Votre figure contient {len(value.get_axes())} graphiques : on en attend un seul."
            )
        value = value.get_axes()[0]
    if not hasattr(value, "get_ylim"):
        raise Problem(
            f"type:{type(value).__name__}",
            f"Votre réponse est {type_name(value)} : on attend le graphique lui-même, par exemple ax = serie.plot.bar().",
        )
    return value


def _data(axes: Any) -> tuple[str, list[float], tuple[float, float]]:
    """Return the mark of a chart, the values that it shows (bar lengths, or the y of lines and points), their axis' limits."""
    bars = [group for group in axes.containers if hasattr(group, "orientation")]
    if bars:
        values = [float(value) for group in bars for value in group.datavalues]
        return "bar", values, axes.get_xlim() if bars[0].orientation == "horizontal" else axes.get_ylim()
    if axes.lines:
        return "line", [y for line in axes.lines for y in line.get_ydata()], axes.get_ylim()
    if axes.collections:
        return "scatter", [y for group in axes.collections for _, y in group.get_offsets()], axes.get_ylim()
    raise Problem("empty", "Votre graphique ne contient ni barre, ni courbe, ni nuage de points.")
