"""Figures and tables shown with what assistive technologies need: text alternative, caption, header scopes."""

import base64
import html
import io
from typing import TYPE_CHECKING, Any

import pandas

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Html:
    """HTML for a cell's output; `text` stands for it where HTML cannot be shown."""

    def __init__(self, content: str, text: str) -> None:
        self.content = content
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
    escaped = html.escape(alt, quote=True)
    return Html(
        f'<figure style="margin:0.5em 0"><img style="max-width:100%" alt="{escaped}" src="data:image/png;base64,{data}">'
        f"<details><summary>Description du graphique</summary><p>{html.escape(alt)}</p></details></figure>",
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
    corner = (
        f'<th scope="col" style="text-align:left">{html.escape(str(frame.index.name or ""))}</th>'
        if index
        else ""
    )
    head = corner + "".join(
        f'<th scope="col" style="text-align:left">{html.escape(str(name))}</th>' for name in frame.columns
    )
    body = []
    for label, values in zip(shown.index, shown.itertuples(index=False, name=None), strict=True):
        first = f'<th scope="row" style="text-align:left">{_written(label)}</th>' if index else ""
        body.append(f"<tr>{first}{''.join(map(_cell, values))}</tr>")
    left = len(frame) - len(shown)
    more = f" ({left} autres lignes ne sont pas montrées)" if left else ""
    title = html.escape(caption + more)
    return Html(
        f'<table><caption style="text-align:left;font-weight:bold">{title}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>",
        f"{caption}\n{shown}",
    )


def number(value: float, digits: int = 0) -> str:
    """Return a number written the French way, for prose: `37 590`, `1 959,9` (narrow no-break spaces)."""
    return f"{value:,.{digits}f}".replace(",", "\u202f").replace(".", ",")


def _cell(value: Any) -> str:
    side = "left" if isinstance(value, str) else "right"
    return f'<td style="text-align:{side}">{_written(value)}</td>'


def _written(value: Any) -> str:
    if value is None or value != value:
        return "<em>(vide)</em>"
    if isinstance(value, bool):
        return "vrai" if value else "faux"
    if isinstance(value, (int, float)) or hasattr(value, "item"):
        real = float(value)
        return number(real) if real.is_integer() else number(real, 2)
    return html.escape(str(value))
