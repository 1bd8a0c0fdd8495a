"""A chart of shares as inline SVG: a point and its interval per line, with no colour to tell apart. The page holds its figures in a table too."""

from collections.abc import Sequence

from markupsafe import Markup

from autograder.followup.report.statistics import Estimate
from autograder.html import joined

LEFT, WIDTH, LINE = 28, 272, 22
"""Of the plotting area, in units of a drawing 320 wide: the narrowest page shows its texts at their own size."""


def shares(id: str, title: str, described: str, lines: Sequence[tuple[str, Estimate]]) -> Markup:
    """Return a chart of shares, 0 to 1; each line has a short name. `id` is unique in the page."""
    height = LINE * len(lines) + 24
    marks = [_line(place, name, share) for place, (name, share) in enumerate(lines)]
    return Markup(
        "<figure><figcaption>{title}</figcaption>"
        '<svg class="chart" role="img" viewBox="0 0 320 {height}" aria-labelledby="{id}-t {id}-d"><title id="{id}-t">{title}</title>'
        '<desc id="{id}-d">{described}</desc>{scale}{marks}</svg></figure>'
    ).format(
        id=id,
        title=title,
        described=described,
        height=height,
        scale=_scale(height),
        marks=joined(marks),
    )


def _scale(height: int) -> Markup:
    ticks = [
        Markup(
            '<path class="grid" d="M{x} 0V{bottom}"/><text x="{x}" y="{low}" text-anchor="{anchor}">{share} %</text>'
        ).format(x=_x(share / 100), bottom=height - 20, low=height - 6, share=share, anchor=anchor)
        for share, anchor in ((0, "start"), (50, "middle"), (100, "end"))
    ]
    return joined(ticks)


def _line(place: int, name: str, share: Estimate) -> Markup:
    y = place * LINE + LINE / 2
    return Markup(
        '<text x="0" y="{text}">{name}</text><path class="interval" d="M{low} {y}H{high}"/><circle cx="{x}" cy="{y}" r="5"/>'
    ).format(name=name, text=y + 4, y=y, low=_x(share.low), high=_x(share.high), x=_x(share.value))


def _x(share: float) -> str:
    return f"{LEFT + share * WIDTH:.1f}"
