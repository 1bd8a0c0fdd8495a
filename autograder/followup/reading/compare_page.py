"""The page that compares a second reading with the marks: figures, and under 0.6 what parts the readers."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from autograder.followup.reading.agreement import LEVEL, LOW, Agreement
from autograder.followup.reading.answers import Answer
from autograder.followup.reading.frame import Place, document, link, told, ways
from autograder.followup.reading.questions import Question
from autograder.followup.reading.second import Compared, Pair
from autograder.french.numbers import number, percent
from autograder.html import cell, heading, joined, table

FEW = 30
"""Double readings under which the interval is too wide to conclude."""
NONE = Markup(
    "<p><strong>Rien à comparer pour l’instant.</strong> Il faut des réponses notées, puis lues par une seconde personne : "
    "ouvrez « Lire en second » dans la liste des questions.</p>"
)
HEADS = (
    "Second lecteur",
    "Lues deux fois",
    "Mêmes points",
    "Kappa pondéré",
    f"Intervalle à {LEVEL} %",
    "AC1 de Gwet",
)
HOW = Markup(
    "<details><summary>Comment lire ces nombres</summary><ul>"
    "<li><strong>Mêmes points</strong> : la part des réponses auxquelles les deux personnes ont donné exactement les mêmes points.</li>"
    "<li><strong>Kappa pondéré</strong> (Cohen, 1968 ; poids au carré de l’écart) : 1 pour un accord parfait, 0 pour celui du hasard. En dessous de {low}, cette page montre les désaccords.</li>"
    "<li><strong>Intervalle</strong> : ce que le kappa pourrait être avec d’autres réponses. Il est large quand peu de réponses sont lues deux fois.</li>"
    "<li><strong>AC1 de Gwet</strong> (2008) : quand presque toutes les réponses ont la même note, le kappa tombe sans que personne se trompe ; l’AC1, non.</li>"
    "</ul></details>"
)
LOW_SAID = "{reader} : kappa de {kappa}, en dessous de {low}. Relisez ensemble les réponses ci-dessous ; précisez le barème s’il prête à deux lectures."
PARADOX = " L’AC1 est de {ac1} : presque toutes les réponses ont la même note, et le kappa en souffre. Les désaccords sont peut-être rares."
GOOD_SAID = "{reader} : accord suffisant (kappa de {kappa}, {low} ou plus)."
SAME_SAID = "{reader} : une seule et même note pour toutes les réponses ; le kappa ne se calcule pas."
FEW_SAID = " Avec {count}, l’intervalle est large : n’en concluez rien seul."


def page(place: Place, question: Question, compared: Sequence[Compared]) -> str:
    """Return the comparison of all the second readers of a question with the marks."""
    body = Markup("{}{}{}").format(
        _table(compared), HOW.format(low=number(LOW, 1)), joined(map(_reader, compared))
    )
    content = Markup(
        "<main><h1>Accord entre lecteurs : {title}</h1>{ways}<p>{module}</p>{body}</main>"
    ).format(
        title=question.title,
        ways=ways(link(place.root, "Toutes les questions")),
        module=question.module,
        body=body if compared else NONE,
    )
    return document(place, f"Accord entre lecteurs : {question.title}", content)


def _table(compared: Sequence[Compared]) -> Markup:
    lines = [_line(one.reader, one.figures) for one in compared]
    made = table("Seconde lecture, à côté des notes", [heading(one, style="") for one in HEADS], lines, "")
    return Markup('<div class="wide" tabindex="0" role="region" aria-label="Accord">{}</div>').format(made)


def _line(reader: str, figures: Agreement) -> list[Markup]:
    low, high = figures.interval or (None, None)
    cells = (
        str(figures.answers),
        percent(100 * figures.raw),
        _coefficient(figures.kappa),
        f"{_coefficient(low)} à {_coefficient(high)}" if figures.interval else "—",
        _coefficient(figures.ac1),
    )
    return [heading(reader, "row", ""), *(cell(one, "") for one in cells)]


def _coefficient(value: float | None) -> str:
    return "—" if value is None else number(value, 2)


def _reader(one: Compared) -> Markup:
    said = Markup("<p>{}</p>").format(_said(one))
    return said + _disagreements(one) if one.figures.is_low else said


def _said(one: Compared) -> str:
    figures = one.figures
    words = SAME_SAID if figures.kappa is None else LOW_SAID if figures.is_low else GOOD_SAID
    said = words.format(reader=one.reader, kappa=_coefficient(figures.kappa), low=number(LOW, 1))
    if figures.is_low and figures.ac1 >= LOW:
        said += PARADOX.format(ac1=_coefficient(figures.ac1))
    if figures.answers < FEW:
        said += FEW_SAID.format(
            count=f"{figures.answers} réponse{'s' if figures.answers > 1 else ''} lue{'s' if figures.answers > 1 else ''} deux fois"
        )
    return said


def _disagreements(one: Compared) -> Markup:
    articles = joined(_article(number, one.reader, pair) for number, pair in enumerate(one.disagreements, 1))
    return Markup("<section><h2>Désaccords avec {}</h2>{}</section>").format(one.reader, articles)


def _article(place: int, reader: str, pair: Pair) -> Markup:
    lines = [
        _reading("Note", pair.answer),
        [
            heading(reader, "row", ""),
            cell(told(pair.second.points), ""),
            cell(_ticked(pair.second.criteria), ""),
        ],
    ]
    heads = [heading(one, style="") for one in ("Lecture", "Points", "Éléments cochés")]
    return Markup('<article><h3>Désaccord {}</h3><div class="text">{}</div>{}</article>').format(
        place, pair.answer.html, table(f"Les deux lectures du désaccord {place}", heads, lines, "")
    )


def _reading(named: str, answer: Answer) -> list[Markup]:
    state = answer.state
    return [heading(named, "row", ""), cell(told(state.points), ""), cell(_ticked(state.criteria), "")]


def _ticked(criteria: Iterable[int]) -> str:
    return ", ".join(map(str, criteria)) or "—"
