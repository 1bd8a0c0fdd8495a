"""Look for personal data in an extract: simple signs, meant to make a person look again.

Signs of contact or identity: a column named like a person's name, contact or identifier; cells that hold
an e-mail address, a French telephone number, a name with its civility, or mostly a surname in capitals and
a first name; full dates in a birth column. Nothing excuses them: such a column does not enter.

Signs of a postal address: a column named so, or cells with a street number and name. They are excused by
the catalogue alone, which says why the address is not a person's (a town hall, say).

A column named only `nom` is no sign: it may be the name of a place. Other free text is not read.
"""

import re
from collections.abc import Collection

from pandas import DataFrame, Series

_COLUMN = re.compile(
    r"(^|_)(prenoms?|patronyme|nom_(de_)?(famille|naissance|usage)|courriel|e?mail|mel|telephone|tel"
    r"|portable|nir|iban)(_|$)",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"naissance|birth", re.IGNORECASE)
_DATE = r"(\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4})"
_CELLS = {
    "des adresses électroniques": r"[\w.+-]+@[\w-]+\.\w+",
    "des numéros de téléphone": r"^(\+33 ?|0)[1-9]([ .-]?\d{2}){4}$",
    "des noms de personnes": r"^(M\.|Mme|Mlle|Monsieur|Madame) ",
}
_FULL_NAME = r"^[A-ZÀ-Þ][A-ZÀ-Þ' -]+ [A-ZÀ-Þ][a-zß-ÿ]+([ -][A-ZÀ-Þ][a-zß-ÿ]+)*$"
_ADDRESS_COLUMN = re.compile(r"(^|_)adresse(_|$)", re.IGNORECASE)
_ADDRESS = (
    r"(?i)^\d{1,4}( ?(bis|ter|[a-d]))?,? (rue|avenue|boulevard|chemin|impasse|allée|place|route|quai|cours)\b"
)


def signs(table: DataFrame, reviewed: Collection[str]) -> list[str]:
    """Return one French message per sign; `reviewed` are the columns whose addresses are excused.

    `table` holds text only.
    """
    found = []
    for column in table.columns:
        values = table[column].drop_duplicates()
        what = [label for label, cell in _CELLS.items() if _any(values, cell)]
        if _mostly(values, _FULL_NAME):
            what.append("des noms et prénoms de personnes")
        if _BIRTH.search(column) and _any(values, _DATE):
            what.append("des dates de naissance complètes")
        if _COLUMN.search(column) and not _masked(values):
            what.append("une donnée personnelle, d’après son nom")
        if column not in reviewed and (_ADDRESS_COLUMN.search(column) or _any(values, _ADDRESS)):
            what.append(
                "des adresses postales (si ce ne sont pas celles de personnes, « reviewed_columns » le dit)"
            )
        found += [f"La colonne « {column} » semble contenir {label}." for label in what]
    return found


def _any(values: "Series[str]", pattern: str) -> bool:
    return any(re.search(pattern, value) for value in values)


def _mostly(values: "Series[str]", pattern: str) -> bool:
    """Tell whether more than half of the values, the empty ones aside, follow the pattern."""
    filled = [value for value in values if value]
    return sum(bool(re.search(pattern, value)) for value in filled) > len(filled) / 2


def _masked(values: "Series[str]") -> bool:
    """Tell whether all the values are empty, or e-mail addresses whose local part is masked."""
    return all(re.fullmatch(r"(\*{3}@[^@\s]+)?", value) for value in values)
