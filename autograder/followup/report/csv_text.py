"""CSV as a French spreadsheet opens it: semicolons, decimal commas, UTF-8 with its mark; no text is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | float | int | None

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return the text of a file; an empty cell is a value that is not known."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_shown(cell) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()


def _shown(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return "" if cell is None else str(cell)
