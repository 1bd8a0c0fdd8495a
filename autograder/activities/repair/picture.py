"""A chart drawn in SVG: opaque, so that it reads in light and dark themes; its lines and marks differ by more than their colour."""

import math
from collections.abc import Iterator

from markupsafe import Markup

from autograder.activities.repair.scale import Scale, scale
from autograder.activities.repair.settings import Chart
from autograder.french.numbers import short
from autograder.html import joined

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 78, 24, 64, 64
INK, GRID, PAPER = "#1f1f1f", "#8a8a8a", "#ffffff"
COLOURS = ("#0b57a4", "#a34a00", "#2f6b2f", "#7a3d8f", "#5c5c5c", "#0a6c74")
DASHES = ("", "7 4", "2 3")
NAMES = 12
"""Names written along the chart; the others are left out, one in two, in three…"""
DIRECT, LEGEND = 120, 22
"""Room for names beside series, and for a line of legend."""
SIGN, MARK = 8, 52
"""Room for a sign of a name, and for the mark of a series with what stands around it."""

Point = tuple[float, float]


def draw(chart: Chart, alt: str) -> Markup:
    """Return the SVG of a chart; `alt` is what it shows, in words."""
    body = _pie(chart) if chart.kind == "pie" else _plotted(chart)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{alt}" '
        'font-family="sans-serif" font-size="14" fill="{ink}" style="display:block;width:100%;height:auto">'
        '<rect width="{width}" height="{height}" fill="{paper}"/>{texts}{body}</svg>'
    ).format(
        width=WIDTH,
        height=HEIGHT,
        alt=alt,
        ink=INK,
        paper=PAPER,
        texts=joined(_texts(chart)),
        body=joined(body),
    )


def _texts(chart: Chart) -> Iterator[Markup]:
    if chart.title:
        yield _text((16, 26), chart.title, size=17, weight="bold")
    if chart.unit:
        yield _text((16, 50), chart.unit)
    if chart.source:
        yield _text((16, HEIGHT - 10), chart.source, size=13)


def _plotted(chart: Chart) -> Iterator[Markup]:
    """Yield the axes, then bars or lines."""
    values = [value for series in chart.series.values() for value in series]
    axis = scale(values, chart.from_zero)
    beside = chart.direct and len(chart.series) > 1
    right = WIDTH - RIGHT - (DIRECT if beside else 0)
    yield from _axis(axis, right)
    yield from _names(chart.names, right)
    yield from _lines(chart, axis, right) if chart.kind == "line" else _bars(chart, axis, right)
    if len(chart.series) > 1:
        yield from _beside(chart, axis, right) if beside else _legend(list(chart.series))


def _axis(axis: Scale, right: float) -> Iterator[Markup]:
    for tick in axis.ticks:
        y = _height(axis, tick)
        yield _line((LEFT, y), (right, y), GRID, 0.6)
        yield _text((LEFT - 8, y + 5), short(tick, 6), anchor="end")


def _names(names: list[str], right: float) -> Iterator[Markup]:
    every = math.ceil(len(names) / NAMES)
    for place, name in enumerate(names):
        if place % every == 0:
            yield _text((_middle(place, len(names), right), HEIGHT - BOTTOM + 20), name, anchor="middle")


def _bars(chart: Chart, axis: Scale, right: float) -> Iterator[Markup]:
    band = 0.7 * (right - LEFT) / max(len(chart.names), 1)
    width, base = band / len(chart.series), _height(axis, max(axis.low, 0))
    for rank, values in enumerate(chart.series.values()):
        for place, value in enumerate(values):
            x = _middle(place, len(values), right) - band / 2 + rank * width
            y = _height(axis, value)
            yield Markup(
                '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" stroke="{}"/>'
            ).format(x, min(y, base), width, abs(base - y), COLOURS[rank], PAPER)


def _lines(chart: Chart, axis: Scale, right: float) -> Iterator[Markup]:
    for rank, values in enumerate(chart.series.values()):
        points = [
            (_middle(place, len(values), right), _height(axis, value)) for place, value in enumerate(values)
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield Markup(
            '<polyline points="{}" fill="none" stroke="{}" stroke-width="2.5" stroke-dasharray="{}"/>'
        ).format(path, COLOURS[rank], DASHES[rank])
        for x, y in points:
            yield Markup('<circle cx="{:.1f}" cy="{:.1f}" r="3" fill="{}"/>').format(x, y, COLOURS[rank])


def _beside(chart: Chart, axis: Scale, right: float) -> Iterator[Markup]:
    """Yield the name of each series at the height of its last value, moved where two would overlap."""
    last = sorted(
        (_height(axis, values[-1]), rank, name) for rank, (name, values) in enumerate(chart.series.items())
    )
    free = 0.0
    for y, rank, name in last:
        free = max(y, free)
        yield _text((right + 6, free + 5), name, fill=COLOURS[rank], weight="bold")
        free += 18


def _legend(names: list[str]) -> Iterator[Markup]:
    x = float(LEFT)
    for rank, name in enumerate(names):
        yield _line((x, TOP - 8), (x + 26, TOP - 8), COLOURS[rank], 4, DASHES[rank])
        yield _text((x + 32, TOP - 3), name)
        x += MARK + SIGN * len(name)


def fits(names: list[str], direct: bool) -> bool:
    """Tell whether the names of several series hold in the drawing, beside them or in a legend."""
    if len(names) == 1:
        return True
    if direct:
        return all(SIGN * len(name) <= DIRECT for name in names)
    return LEFT + sum(MARK + SIGN * len(name) for name in names) <= WIDTH


def _pie(chart: Chart) -> Iterator[Markup]:
    """Yield a slice a name, from the first series; each has its own number or name beside."""
    values = next(iter(chart.series.values()))
    total, turned = sum(values) or 1, 0.0
    for place, (name, value) in enumerate(zip(chart.names, values, strict=True)):
        middle = turned + value / total / 2
        yield _slice(turned, turned + value / total, COLOURS[place % len(COLOURS)])
        said = name if chart.direct else str(place + 1)
        x, y = _turn(middle, 150)
        yield _text((x, y + 5), said, anchor="start" if middle < 0.5 else "end")
        if not chart.direct:
            yield _line(
                (440, TOP + LEGEND * place + 5),
                (460, TOP + LEGEND * place + 5),
                COLOURS[place % len(COLOURS)],
                12,
            )
            yield _text((470, TOP + LEGEND * place + 10), f"{place + 1}. {name}")
        turned += value / total


def _slice(begin: float, end: float, fill: str) -> Markup:
    if end - begin > 1 - 1e-9:
        return Markup('<circle cx="230" cy="215" r="132" fill="{}"/>').format(fill)
    (x1, y1), (x2, y2) = _turn(begin, 132), _turn(end, 132)
    path = f"M230,215 L{x1:.1f},{y1:.1f} A132,132 0 {int(end - begin > 0.5)} 1 {x2:.1f},{y2:.1f} Z"
    return Markup('<path d="{}" fill="{}" stroke="{}" stroke-width="2"/>').format(path, fill, PAPER)


def _turn(part: float, radius: float) -> Point:
    angle = 2 * math.pi * part
    return 230 + radius * math.sin(angle), 215 - radius * math.cos(angle)


def _height(axis: Scale, value: float) -> float:
    return HEIGHT - BOTTOM - axis.at(value) * (HEIGHT - BOTTOM - TOP)


def _middle(place: int, count: int, right: float) -> float:
    return LEFT + (place + 0.5) * (right - LEFT) / count


def _line(one: Point, other: Point, stroke: str, width: float, dash: str = "") -> Markup:
    return Markup(
        '<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="{}" stroke-dasharray="{}"/>'
    ).format(*one, *other, stroke, width, dash)


def _text(
    place: Point, text: str, *, anchor: str = "start", size: int = 14, weight: str = "normal", fill: str = INK
) -> Markup:
    return Markup(
        '<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="{}" font-weight="{}" fill="{}">{}</text>'
    ).format(*place, anchor, size, weight, fill, text)
