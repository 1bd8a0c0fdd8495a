"""The histogram of the sizes of groups, in SVG: bars from zero, with their values; those of groups too small are empty, with a broken line."""

from collections.abc import Iterator

from markupsafe import Markup

from autograder.activities.generalise.outcome import Outcome
from autograder.activities.generalise.words import alternative, labels, title
from autograder.french.numbers import number
from autograder.html import joined

WIDTH, TOP, STEP = 520, 40, 26
LEFT, RIGHT = 136, 74
INK, PAPER, SAFE, SMALL = "#1f1f1f", "#ffffff", "#0b57a4", "#a34a00"


def draw(got: Outcome) -> Markup:
    """Return the SVG of the histogram of a setting."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{alt}" '
        'font-family="sans-serif" font-size="14" fill="{ink}" style="display:block;width:100%;height:auto">'
        '<rect width="{width}" height="{height}" fill="{paper}"/>'
        '<text x="16" y="26" font-size="16" font-weight="bold">{title}</text>{bars}</svg>'
    ).format(
        width=WIDTH,
        height=TOP + STEP * len(got.sizes) + 12,
        alt=alternative(got),
        ink=INK,
        paper=PAPER,
        title=title(got.form),
        bars=joined(_bars(got)),
    )


def _bars(got: Outcome) -> Iterator[Markup]:
    room = WIDTH - LEFT - RIGHT
    for place, (label, (low, people)) in enumerate(zip(labels(got.form), got.sizes, strict=True)):
        y, small = TOP + STEP * place, low < got.form["k"]
        width = room * people / got.total
        fill, stroke, dash = (PAPER, SMALL, "5 3") if small else (SAFE, SAFE, "")
        yield Markup(
            '<text x="{}" y="{}" text-anchor="end">{}</text>'
            '<rect x="{}" y="{}" width="{:.1f}" height="{}" fill="{}" stroke="{}" stroke-width="2" stroke-dasharray="{}"/>'
            '<text x="{:.1f}" y="{}">{}</text>'
        ).format(
            LEFT - 10,
            y + 17,
            f"{label} (trop petit)" if small else label,
            LEFT,
            y + 4,
            width,
            STEP - 10,
            fill,
            stroke,
            dash,
            LEFT + width + 8,
            y + 17,
            number(people),
        )
