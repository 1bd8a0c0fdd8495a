"""A SyntaxError explained in French: by the slip of its line, else by what Python says of it."""

import itertools
import re
from collections.abc import Iterator

from autograder.checks.one_line import is_readable
from autograder.checks.slips import SLIPS, Slip

LONGEST = 300
"""A longer line was not written by hand."""

COMPARED = (
    "un seul `=` donne une valeur à un nom, placé à gauche : `total = 12`. Pour comparer, on écrit `==`."
)

MESSAGES: list[tuple[str, str]] = [
    (
        "expected an indented block",
        "la ligne qui suit des deux-points commence par quatre espaces, comme toutes celles du même bloc.",
    ),
    (
        "unexpected indent",
        "cette ligne commence par des espaces en trop. Alignez-la sur la ligne du dessus.",
    ),
    (
        "was never closed",
        "une parenthèse, un crochet ou une accolade s’ouvre dans cette ligne et ne se referme jamais.",
    ),
    (
        "^incomplete input|unexpected EOF",
        "la cellule s’arrête trop tôt : une parenthèse, un crochet ou une accolade ne se referme jamais, ou rien ne suit des "
        "deux-points.",
    ),
    (
        r"^unmatched '",
        "une parenthèse, un crochet ou une accolade se referme ici sans avoir été ouvert.",
    ),
    (
        "does not match opening",
        "un signe se referme par un autre : `(` va avec `)`, `[` avec `]`, et `{` avec `}`.",
    ),
    (
        "^unterminated",
        'un texte n’est pas fermé. Il commence et finit par le même guillemet, comme `"Nevers"`.',
    ),
    (
        "^expected ':'",
        "il manque les deux-points `:`, le plus souvent à la fin de la ligne.",
    ),
    (
        "Missing parentheses in call",
        "ce que l’on affiche se met entre parenthèses : `print(total)`.",
    ),
    (
        "^leading zeros",
        'un nombre ne commence pas par 0. Un code ou une date se met entre guillemets, comme un texte : `"01"`.',
    ),
    (
        "^invalid decimal literal",
        'un nombre est collé à des lettres. Un code se met entre guillemets, comme un texte : `"2A"`.',
    ),
    (
        "^invalid character",
        "l’un des signes de cette ligne n’est permis que dans un texte entre guillemets.",
    ),
    (
        "^invalid non-printable",
        "un signe invisible s’est glissé dans cette ligne, par un copier-coller : retapez la ligne.",
    ),
    (
        "^cannot (?:assign|delete)|Maybe you meant '=='",
        COMPARED,
    ),
    (
        "Perhaps you forgot a comma",
        "il manque sans doute quelque chose entre deux valeurs : une virgule, un signe de calcul ou un guillemet.",
    ),
    (
        "positional argument follows keyword",
        "entre les parenthèses d’une fonction, les valeurs sans nom viennent avant les options de la forme `nom=valeur`.",
    ),
    (
        "keyword argument repeated",
        "la même option est donnée deux fois à une fonction.",
    ),
    (
        "'return' outside function",
        "`return` ne s’emploie que dans une fonction, dans le bloc de son `def`.",
    ),
    (
        "outside loop|not properly in loop",
        "`break` et `continue` ne s’emploient que dans une boucle `for` ou `while`.",
    ),
    (
        "^f-string",
        'dans un texte `f"…"`, chaque `{` va avec un `}`, autour d’un nom ou d’un calcul.',
    ),
    (
        "unicodeescape",
        'dans le nom d’un fichier, écrivez `/` au lieu de `\\` : `"C:/Users/moi/communes.csv"`.',
    ),
    (
        "expected 'else'",
        "un `if` dans un calcul va avec un `else` : `1 if age > 10 else 0`.",
    ),
    (
        "expected 'except'",
        "un bloc `try` est suivi d’un bloc `except`, aligné sur lui.",
    ),
]
"""What Python says of a line, in English, and the same for somebody who does not program."""


def cause(error: SyntaxError) -> str | None:
    """Return why Python cannot read a line, in French; None when neither the line nor Python's message says it."""
    line = None if isinstance(error, IndentationError) else error.text
    told = (said for mark, said in MESSAGES if re.search(mark, error.msg))
    return (slip_in(line) if line else None) or next(told, None)


def slip_in(line: str) -> str | None:
    """Return what is wrong with a line that Python cannot read, in French; None when that is not certain.

    For example, `x = 33 085` cannot be read, and `x = 33085` can: the space is the cause. `x = somme / 2 arrondi` has no
    known cause.
    """
    line = line.strip()
    if len(line) > LONGEST or is_readable(line):  # when it is readable, the cause is in another line
        return None
    found = [slip for slip in SLIPS if slip.repair(line) != line]
    return next((slips[0].advice for slips in _subsets(found) if is_readable(_repaired(line, slips))), None)


def _subsets(slips: list[Slip]) -> Iterator[tuple[Slip, ...]]:
    """Give each slip alone, then the slips by two, then by three."""
    return itertools.chain.from_iterable(itertools.combinations(slips, size) for size in (1, 2, 3))


def _repaired(line: str, slips: tuple[Slip, ...]) -> str:
    for slip in slips:
        line = slip.repair(line)
    return line
