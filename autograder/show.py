"""Figures and tables shown with what assistive technologies need: text alternative, caption, header scopes."""

import base64
import io
import re
from typing import TYPE_CHECKING, Any

import pandas
from markupsafe import Markup

from autograder import html
from autograder.french.numbers import first, number
from autograder.french.units import is_unit
from autograder.html import cell, heading

if TYPE_CHECKING:
    from matplotlib.figure import Figure


GROUPED = re.compile(r"[+\u2212-]?\d{1,3}(?:\s\d{3})*(?:,\d+)?")
"""A number whose thousands are apart: `69001` is a code."""
MARKS = re.compile(r"\d,\d|\d\s\d|[%€]")
"""What tells a number, in a column of texts, from a code such as `75`."""


class Html:
    """HTML for a cell's output; `text` stands for it where HTML cannot be shown."""

    def __init__(self, content: str, text: str) -> None:
        self.content = str(content)
        self.text = text

    def _repr_html_(self) -> str:
        return self.content

    def __repr__(self) -> str:
        return self.text


def figure(fig: "Figure", *, alt: str) -> Html:
    """Show a matplotlib figure with its text alternative. JupyterLab drops the alt text of images that are not HTML."""
    import matplotlib.pyplot as plt

    picture = io.BytesIO()
    fig.savefig(picture, format="png", dpi=110, bbox_inches="tight")
    plt.close(fig)  # otherwise the inline backend shows it a second time, without its alternative
    data = base64.b64encode(picture.getvalue()).decode()
    return Html(
        Markup(
            '<figure style="margin:0.5em 0"><img style="max-width:100%" alt="{alt}" src="data:image/png;base64,{data}">'
            "<details><summary>Description du graphique</summary><p>{alt}</p></details></figure>"
        ).format(alt=alt, data=data),
        alt,
    )


def table(
    data: "pandas.DataFrame | pandas.Series[Any]", *, caption: str, rows: int = 20, index: bool = False
) -> Html:
    """Show the first `rows` rows of a table with a caption; the header cells say what they head (RGAA 5.4 to 5.7).

    `index` shows the row labels too, as row headers. Whole numbers are written the French way: 37 590. A column of numbers is
    aligned to the right, even where they are texts: `31,93`, `16,0 %`. Codes are no numbers.
    """
    frame = data if isinstance(data, pandas.DataFrame) else data.to_frame()
    shown = frame.head(rows)
    sides = [f"text-align:{_side(list(shown.iloc[:, place]))}" for place in range(shown.shape[1])]
    heads = [
        *([heading(str(frame.index.name or ""))] if index else []),
        *(heading(str(name), style=side) for name, side in zip(frame.columns, sides, strict=True)),
    ]
    lines = [
        [*([heading(_written(label), "row")] if index else []), *map(cell, map(_written, values), sides)]
        for label, values in zip(shown.index, shown.itertuples(index=False, name=None), strict=True)
    ]
    left = len(frame) - len(shown)
    more = f" ({left} autres lignes ne sont pas montrées)" if left else ""
    return Html(html.table(caption + more, heads, lines), f"{caption}\n{shown}")


def _side(column: list[Any]) -> str:
    """Return the side on which the cells of a column are aligned; those that hold nothing follow the others."""
    held = [value for value in column if not _is_missing(value)]
    words = [value for value in held if isinstance(value, str) and any(map(str.isalnum, value))]
    if words:
        return "right" if all(map(_is_number, words)) and any(map(MARKS.search, words)) else "left"
    return "right" if any(not isinstance(value, str) for value in held) else "left"


def _is_number(text: str) -> bool:
    """Tell whether a text is a number as French readers write it, with or without its unit."""
    written, unit = first(text)
    return bool(GROUPED.fullmatch(written)) and (not unit or is_unit(unit))


def _is_missing(value: Any) -> bool:
    return value is None or bool(value != value)


def _written(value: Any) -> str:
    if _is_missing(value):
        return Markup("<em>(vide)</em>")
    if isinstance(value, bool):
        return "vrai" if value else "faux"
    if isinstance(value, (int, float)) or hasattr(value, "item"):
        real = float(value)
        return number(real) if real.is_integer() else number(real, 2)
    return str(value)
