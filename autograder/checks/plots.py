"""What a chart shows, as plain facts: read from matplotlib, or received from another process."""

from dataclasses import dataclass, field
from typing import Any, Literal

Mark = Literal["bar", "line", "scatter", ""]


@dataclass(frozen=True)
class Axes:
    """One chart. `values` are the lengths of bars, or the y of lines and points; `mark` is "" when nothing is drawn.

    `limits` are those of the axis along which the values are read: horizontal for bars lying down.
    """

    limits: tuple[float, float]
    title: str
    xlabel: str
    ylabel: str
    mark: Mark = ""
    values: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Figure:
    """The charts of a figure."""

    axes: list[Axes]


def is_figure(value: Any) -> bool:
    """Tell whether a value is matplotlib's Figure, by what it can do: matplotlib may not be loaded."""
    return hasattr(value, "get_axes") and not hasattr(value, "get_ylim")


def is_axes(value: Any) -> bool:
    """Tell whether a value is matplotlib's Axes."""
    return hasattr(value, "get_ylim") and hasattr(value, "patches")


def read_figure(figure: Any) -> Figure:
    """Return the facts of a matplotlib Figure."""
    return Figure([read_axes(axes) for axes in figure.get_axes()])


def read_axes(axes: Any) -> Axes:
    """Return the facts of a matplotlib Axes; a figure's own title counts when the chart has none."""
    above = axes.figure._suptitle
    title = axes.get_title().strip() or (above.get_text() if above else "")
    mark, values, (low, high) = _data(axes)
    return Axes(
        (float(low), float(high)),
        title.strip(),
        axes.get_xlabel().strip(),
        axes.get_ylabel().strip(),
        mark,
        values,
    )


def _data(axes: Any) -> tuple[Mark, list[Any], tuple[float, float]]:
    bars = [group for group in axes.containers if hasattr(group, "orientation")]
    if bars:
        values = [float(value) for group in bars for value in group.datavalues]
        return "bar", values, axes.get_xlim() if bars[0].orientation == "horizontal" else axes.get_ylim()
    if axes.lines:
        return "line", [y for line in axes.lines for y in line.get_ydata()], axes.get_ylim()
    if axes.collections:
        return "scatter", [y for group in axes.collections for _, y in group.get_offsets()], axes.get_ylim()
    return "", [], axes.get_ylim()
