"""A class list as a spreadsheet, Moodle or an administration exports it: its encoding, its delimiter, its rows."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.followup.learner import Learner
from autograder.french.commands import some
from autograder.grading.errors import GradingError
from autograder.identity import clean, shown

HEADINGS: Mapping[str, Sequence[str]] = {
    "learner": (
        "identifiant",
        "identifiantdeconnexion",
        "nomdutilisateur",
        "username",
        "userid",
        "login",
        "id",
        "studentid",
        "numerodidentification",
        "idnumber",
    ),
    "last_name": ("nom", "nomdefamille", "nomdusage", "lastname", "surname", "familyname"),
    "first_name": ("prenom", "prenoms", "firstname", "givenname"),
    "email": (
        "courriel",
        "email",
        "mail",
        "mel",
        "adressecourriel",
        "adressedecourriel",
        "adresseemail",
        "adressemail",
        "adresseelectronique",
        "courrielprofessionnel",
        "emailaddress",
    ),
}
"""Headings of each field, without accents, spaces nor signs; the first that is there is taken."""
DELIMITERS = ";,"
MOST_TOLD = 8

NOT_TEXT = (
    "Ce fichier n’est pas un texte : c’est sans doute un classeur. Dans le tableur, choisissez « Enregistrer sous », puis "
    "« CSV UTF-8 », et importez le fichier obtenu."
)
BAD_ENCODING = (
    "Les accents de ce fichier ne se lisent ni en UTF-8 ni en Windows-1252. Enregistrez-le de nouveau, au format "
    "« CSV UTF-8 »."
)
EMPTY = "Cette liste est vide."
NO_LEARNER = (
    "Aucune colonne d’identifiants dans cette liste (titres lus : {read}). Donnez à la première ligne des titres séparés par « ; » ou « , », "
    "dont « identifiant » ; « nom », « prénom » et « courriel » sont facultatifs."
)
TWICE = "La liste a deux colonnes « {heading} » : gardez-en une."
BAD_QUOTES = 'ligne {line} : guillemets mal fermés. Doublez ceux qui sont dans un texte (""), ou retirez-les.'


@dataclass(frozen=True)
class Row:
    """`line` is where the row begins in the file; `extra` says whether it has more cells than the list has headings."""

    line: int
    learner: Learner
    extra: bool


def rows(data: bytes) -> list[Row]:
    """Return the rows of a list, that hold something; raise GradingError when the file is no list."""
    text = _text(data)
    if not text.strip():
        raise GradingError(EMPTY)
    headings = max((_headings(text, one) for one in DELIMITERS), key=lambda found: len(found.places))
    if "learner" not in headings.places:
        read = some([f"« {shown(one)} »" for one in headings.titles], MOST_TOLD) or "aucun"
        raise GradingError(NO_LEARNER.format(read=read))
    if headings.twice:
        raise GradingError(TWICE.format(heading=headings.twice))
    _, *cells = _cells(text, headings.delimiter)
    return [headings.row(line, row) for line, row in cells]


def _text(data: bytes) -> str:
    if b"\0" in data:
        raise GradingError(NOT_TEXT)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise GradingError(BAD_ENCODING)


def _cells(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something, each with its first line. Raises GradingError."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            cells = [clean(cell) for cell in row]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise GradingError(BAD_QUOTES.format(line=line)) from error


@dataclass(frozen=True)
class _Headings:
    """The first row, cut by one delimiter. `places`: the column of each field found; `twice`: a heading that is there twice."""

    delimiter: str
    titles: list[str]
    places: Mapping[str, int]
    twice: str

    def row(self, line: int, cells: list[str]) -> Row:
        padded = [*cells, *[""] * len(self.titles)]
        values = {field: shown(padded[place]) for field, place in self.places.items()}
        values["learner"] = padded[self.places["learner"]]  # whatever is wrong in an identifier is told
        return Row(line, Learner(**values), any(cells[len(self.titles) :]))


def _headings(text: str, delimiter: str) -> _Headings:
    titles = _first_row(text, delimiter)
    bare = [_bare(title) for title in titles]
    chosen = {field: next((one for one in names if one in bare), "") for field, names in HEADINGS.items()}
    places = {field: bare.index(name) for field, name in chosen.items() if name}
    twice = [titles[place] for place in places.values() if bare.count(bare[place]) > 1]
    return _Headings(delimiter, titles, places, next(iter(twice), ""))


def _first_row(text: str, delimiter: str) -> list[str]:
    """Return the first row; nothing when it cannot be cut so."""
    try:
        return next(_cells(text, delimiter), (1, []))[1]
    except GradingError:
        return []


def _bare(title: str) -> str:
    """Return the letters of a heading: « Nom d’utilisateur » is `nomdutilisateur`."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", title.casefold()) if sign.isalnum())
