"""Figures and tables shown with what assistive technologies need: text alternative, caption, header scopes."""

import base64
import io
from typing import TYPE_CHECKING, Any

import pandas
from markupsafe import Markup

from autograder import html
from autograder.french.numbers import number
from autograder.html import cell, heading

if TYPE_CHECKING:
    from matplotlib.figure import Figure


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

    `index` shows the row labels too, as row headers. Whole numbers are written the French way: 37 590.
    """
    frame = data if isinstance(data, pandas.DataFrame) else data.to_frame()
    shown = frame.head(rows)
    heads = [*([str(frame.index.name or "")] if index else []), *map(str, frame.columns)]
    lines = [
        [*([heading(_written(label), "row")] if index else []), *map(_cell, values)]
        for label, values in zip(shown.index, shown.itertuples(index=False, name=None), strict=True)
    ]
    left = len(frame) - len(shown)
    more = f" ({left} autres lignes ne sont pas montrées)" if left else ""
    return Html(html.table(caption + more, map(heading, heads), lines), f"{caption}\n{shown}")


def _cell(value: Any) -> Markup:
    return cell(_written(value), f"text-align:{'left' if isinstance(value, str) else 'right'}")


def _written(value: Any) -> str:
    if value is None or value != value:
        return Markup("<em>(vide)</em>")
    if isinstance(value, bool):
        return "vrai" if value else "faux"
    if isinstance(value, (int, float)) or hasattr(value, "item"):
        real = float(value)
        return number(real) if real.is_integer() else number(real, 2)
    return str(value)
