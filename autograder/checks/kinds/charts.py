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
        mark, heights = _data(axes)
        facts = {
            "mark": mark,
            "from_zero": _yes(min(axes.get_ylim()) <= 0 <= max(axes.get_ylim())),
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


def _data(axes: Any) -> tuple[str, list[float]]:
    """Return the mark of a chart and the values that it shows (bar lengths, or the y of lines and points)."""
    if axes.patches:
        wide = all(patch.get_x() == 0 for patch in axes.patches) and len(axes.patches) > 1
        return "bar", [patch.get_width() if wide else patch.get_height() for patch in axes.patches]
    if axes.lines:
        return "line", [y for line in axes.lines for y in line.get_ydata()]
    if axes.collections:
        return "scatter", [y for group in axes.collections for _, y in group.get_offsets()]
    raise Problem("empty", "Votre graphique est vide : rien n’y est tracé.")
