"""What French writers do in a line that Python cannot read, how the line is repaired, and what is said of it."""

import keyword
import re
from collections.abc import Callable
from typing import NamedTuple

from autograder.checks.one_line import code_of

SPACE = "[ \u00a0\u2009\u202f]"
NUMBER = r"(?<![\w.])(\d+(?:[.,]\d+)?)"
EQUALS = r"(?<![=!<>+*/%&|^~@:-])=(?!=)"
GIVEN = r"(?=\s*=(?!=))"
"""What follows the name at the beginning of `name = value`."""
IN_SUBSCRIPT = re.compile(r"[\w)\]]\[(?:[^\[\]]|\[[^\[\]]*\])*$")
"""The beginning of a line, up to a sign between square brackets: `communes[communes["population"] `."""

TYPOGRAPHIC = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')
OPERATORS = {"≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "/", "−": "-", "–": "-", "—": "-", "²": "**2"}
SWAPPED = {"=<": "<=", "=>": ">=", "<>": "!=", "=!": "!="}
UNITS = (
    "%|[kM]?€|°C|pour ?cent|habitants?|hab|personnes?|agents?|communes?|euros?|ans?|années?|mois|jours?|heures?|minutes?|"
    "secondes?|km[²2]?|m[²³23]|ha|hectares?|kg|tonnes?|litres?"
)
OPENINGS = {
    "sinon si": "elif",
    "else if": "elif",
    "sinon": "else",
    "si": "if",
    "tant que": "while",
    "pour": "for",
    "fonction": "def",
    "function": "def",
    "retourne": "return",
    "renvoie": "return",
    "importer": "import",
}
WORDS = OPENINGS | {
    "dans": "in",
    "et": "and",
    "&&": "and",
    "ou": "or",
    "||": "or",
    "non": "not",
    "comme": "as",
    "fois": "*",
    "plus": "+",
    "moins": "-",
    "divisé par": "/",
}
KEYWORDS = [word for word in keyword.kwlist if word.islower()]
CAPITALS = {capital: word for word in KEYWORDS for capital in (word.capitalize(), word.upper())}
DECLARATIONS = [
    "soit",
    "let",
    "var",
    "const",
    "int",
    "float",
    "str",
    "string",
    "double",
    "char",
    "bool",
    "print",
]
NOT_IN_NAMES = {*keyword.kwlist, *CAPITALS, *DECLARATIONS, *" ".join(OPENINGS).split()}
"""Words that a name in several words does not have: the line is then rather a sentence of Python, or of another language."""


class Slip(NamedTuple):
    """A habit: `repair` writes a line as Python wants it, and returns any other line unchanged; `advice` is in French."""

    repair: Callable[[str], str]
    advice: str


def _replace(pattern: str, replacement: str | Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    """Return a repair of the code of a line, outside texts and comments."""

    def repair(line: str) -> str:
        code = code_of(line)
        repaired = re.sub(pattern, replacement, code)
        return line if repaired == code else repaired

    return repair


def _replace_each(replacements: dict[str, str]) -> Callable[[str], str]:
    return _replace("|".join(map(re.escape, replacements)), lambda found: replacements[found.group()])


def _typographic(line: str) -> str:
    return line.translate(TYPOGRAPHIC)


def _double_quotes(line: str) -> str:
    """Put `"` around a text that has an apostrophe between two letters."""
    return line if '"' in line else re.sub(r"^([^']*)'(.*\w'\w.*)'([^']*)$", r'\1"\2"\3', line)


def _compared(found: re.Match[str]) -> str:
    """Double the `=` of a condition: after `if` or `while`, or between square brackets."""
    before = found.string[: found.start()]
    condition = re.match(r"(?:if|elif|while|assert)\b", before) or IN_SUBSCRIPT.search(before)
    return "==" if condition else "="


def _joined(found: re.Match[str]) -> str:
    words = re.split(r"[ '’-]+", found.group())
    return found.group() if NOT_IN_NAMES.intersection(words) else "_".join(words)


def _quoted(found: re.Match[str]) -> str:
    return found.group() if NOT_IN_NAMES.intersection(found.group(1).split()) else '[""]'


def _alone(found: re.Match[str]) -> str:
    """Leave out the word that follows a number; one of Python's own is rather a line cut short."""
    return found.group() if found.group(2) in NOT_IN_NAMES else found.group(1)


def _called(found: re.Match[str]) -> str:
    """Put after the name of a function the brackets that it lacks."""
    return found.group() if found.group(1) in NOT_IN_NAMES else f'{found.group(1)}("")'


def _in_one(found: re.Match[str]) -> str:
    """Join the digits of a number. Between square brackets, `[100 200]` is rather a list without its commas."""
    return found.group() if found.group().startswith("[") else re.sub(r"\D", "", found.group())


def _word(french: str, python: str) -> Slip:
    repair = _replace(rf"(?i)(?<!\w){re.escape(french)}(?!\w)", f" {python} ")
    return Slip(repair, f"« {french} » s’écrit `{python}` en Python.")


SLIPS: list[Slip] = [
    Slip(
        _typographic,
        "les guillemets de traitement de texte (“ ” « ») ne sont pas ceux de Python : retapez-les au clavier, "
        'comme dans "Nevers".',
    ),
    Slip(
        _double_quotes,
        'un texte qui contient une apostrophe se met entre guillemets doubles : `"L\'Haÿ-les-Roses"`.',
    ),
    Slip(
        _replace(
            rf"\[ *\d{{3}}(?: \d{{3}})+ *\]|(?<![\w.])\d{{1,3}}(?:(?:{SPACE}\d{{3}})+|(?:\.\d{{3}}){{2,}})(?!\w)",
            _in_one,
        ),
        "un nombre s’écrit sans espace ni point entre les milliers : `33085`, et non `33 085`.",
    ),
    Slip(
        _replace(r"(?<![\w.,])([1-9]\d{0,2}),(0\d+)(?![\w.,])", r"\1\2"),
        "la virgule sépare deux valeurs. Un nombre s’écrit sans séparateur de milliers, `33085`, et sa partie décimale avec un "
        "point, `33.085`.",
    ),
    Slip(
        _replace(rf"{NUMBER}{SPACE}*% (?:de|du|des) ", r"\1 / 100 * "),
        "« 12 % de 300 » s’écrit `12 / 100 * 300`.",
    ),
    Slip(
        _replace(rf"{NUMBER}{SPACE}*(?:{UNITS})(?!\w|/|\s*[(\[])\.?", r"\1"),
        "écrivez le nombre seul, sans son unité : `33085`, et non `33085 habitants`.",
    ),
    Slip(
        _replace(rf"{NUMBER}{SPACE}*(?:millier|million|milliard)s?\b(?: de \w+| d['’]\w+)?", r"\1"),
        "écrivez le nombre en chiffres : `3000000`, et non `3 millions`.",
    ),
    Slip(
        _replace("^=", ""),
        "un nom vient avant `=` : `total = 3 + 4`. Un calcul seul s’écrit sans `=`, contrairement à un tableur : `3 + 4`.",
    ),
    Slip(
        _replace(";", ","),
        "entre parenthèses, les valeurs se séparent par des virgules : `round(3.14, 1)`, et non `round(3,14 ; 1)`.",
    ),
    Slip(_replace(EQUALS, _compared), "comparer s’écrit `==` : un seul `=` donne une valeur à un nom."),
    Slip(
        _replace_each(SWAPPED),
        "« inférieur ou égal » s’écrit `<=`, « supérieur ou égal » `>=`, et « différent » `!=`.",
    ),
    Slip(
        _replace_each(OPERATORS),
        "Python ne lit pas les signes `×`, `÷`, `–`, `²`, `≤`, `≥`, `≠` : écrivez `*`, `/`, `-`, `**2`, `<=`, `>=`, `!=`.",
    ),
    Slip(_replace(r"(?<=\d) *x *(?=\d)", "*"), "multiplier s’écrit `*` : `3 * 4`, et non `3 x 4`."),
    Slip(_replace(r"(?<=\d) : (?=\d)", "/"), "diviser s’écrit `/` : `50 / 2`, et non `50 : 2`."),
    Slip(
        _replace(r"\b(?:then|alors|do|faire) *(?=:?$)", ""),
        "rien ne sépare une condition de ses deux-points, ni `then` ni `alors` : `if age > 10:`.",
    ),
    Slip(_replace_each(CAPITALS), "les mots de Python s’écrivent en minuscules : `if`, et non `If`."),
    *(_word(french, python) for french, python in WORDS.items()),
    Slip(
        _replace(rf"^[^\W\d]\w*(?:(?: +|['’-])\w+)+{GIVEN}", _joined),
        "un nom de variable s’écrit sans espace, sans tiret et sans apostrophe : `population_nevers`.",
    ),
    Slip(
        _replace(rf"^(\d\w*[^\W\d]\w*){GIVEN}", r"_\1"),
        "un nom de variable ne commence pas par un chiffre : `population_2024`, et non `2024_population`.",
    ),
    Slip(
        _replace(rf"^({'|'.join(KEYWORDS)}){GIVEN}", r"\1_"),
        "ce nom est un mot de Python : choisissez un autre nom de variable, `classe` au lieu de `class` par exemple.",
    ),
    Slip(
        _replace(r"(?<=\w)\[ *([^\W\d]\w+(?: +\w{2,})+) *\]", _quoted),
        'un nom de colonne se met entre guillemets : `communes["population totale"]`.',
    ),
    Slip(_replace("…", "0"), "remplacez `…` par votre réponse."),
    Slip(
        _replace(r"(?<==) *None +(?=[\w\"(\[])", " "),
        "votre réponse prend la place de `None` : elle ne s’écrit pas à côté.",
    ),
    Slip(
        _replace(rf"(?<==)({SPACE}*\d+(?:\.\d+)?){SPACE}+([^\W\d_]{{2,}})$", _alone),
        "écrivez le nombre seul, sans le mot qui le suit : `4`, et non `4 villes`.",
    ),
    Slip(
        _replace(r'(?<![\w.])([^\W\d]\w*) +""$', _called),
        'ce que l’on donne à une fonction se met entre parenthèses : `habitants("Nevers")`.',
    ),
    Slip(
        _replace(r"(?<=\d)\.(?=[^\W\d]\w*\()", ")."),
        "une parenthèse qui s’ouvre devant un calcul se referme avant le point qui suit : `(2 > 1).sum()`.",
    ),
    Slip(
        _replace("[\u00a0\u2009\u202f\u200b\u2060\ufeff]", " "),
        "une espace insécable ou un signe invisible s’est glissé dans cette ligne, par un copier-coller : retapez la ligne.",
    ),
]
"""In the order in which they are told, when a line has several."""
