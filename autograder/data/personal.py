"""Look for personal data in an extract: simple signs, meant to make a person look again.

Signs: a column named like a person's name, contact or identifier; cells that hold an e-mail
address, a French telephone number or a name with its civility; full dates in a birth column.
A column named only `nom` is no sign: it may be the name of a place. Free text is not read.
"""

import re
from collections.abc import Collection

from pandas import DataFrame, Series

_COLUMN = re.compile(
    r"(^|_)(prenoms?|patronyme|nom_(de_)?(famille|naissance|usage)|courriel|e?mail|mel|telephone|tel"
    r"|portable|nir|iban|adresse)(_|$)",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"naissance|birth", re.IGNORECASE)
_DATE = r"(\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4})"
_CELLS = {
    "des adresses électroniques": r"[\w.+-]+@[\w-]+\.\w+",
    "des numéros de téléphone": r"^(\+33 ?|0)[1-9]([ .-]?\d{2}){4}$",
    "des noms de personnes": r"^(M\.|Mme|Mlle|Monsieur|Madame) ",
}


def signs(table: DataFrame, declared: Collection[str]) -> list[str]:
    """Return one French message per sign, for the columns not declared as personal.

    `table` holds text only.
    """
    found = []
    for column in table.columns.difference(list(declared), sort=False):
        values = table[column].drop_duplicates()
        what = [label for label, cell in _CELLS.items() if _any(values, cell)]
        if _BIRTH.search(column) and _any(values, _DATE):
            what.append("des dates de naissance complètes")
        if _COLUMN.search(column):
            what.append("une donnée personnelle, d’après son nom")
        found += [f"La colonne « {column} » semble contenir {label}." for label in what]
    return found


def _any(values: "Series[str]", pattern: str) -> bool:
    return any(re.search(pattern, value) for value in values)
