"""The list of the questions that a person marks, with how many answers wait."""

from collections.abc import Sequence

from markupsafe import Markup

from autograder.followup.reading.frame import Place, document, link
from autograder.followup.reading.questions import Count, Question
from autograder.html import cell, heading, table

TITLE = "Lire les réponses libres"
INTRO = Markup(
    "<p>Une page par question : toutes les réponses à la suite, le barème à côté. Les notes et les commentaires vont dans le carnet de "
    "notes de nbgrader : le formgrader, les retours et les relevés les y trouvent.</p>"
)
NONE = Markup(
    "<p>Aucune question à lire : aucun module publié n’a de réponse libre. Publiez-en un, ramassez et corrigez les copies, puis rechargez cette page.</p>"
)
HEADS = ("Question", "À lire", "Lues", "Sans réponse", "Seconde lecture")


def page(place: Place, rows: Sequence[tuple[Question, Count]]) -> str:
    """Return the list."""
    waiting = sum(count.waiting for _, count in rows)
    said = Markup("<p><strong>{}</strong></p>").format(_said(waiting))
    body = Markup("{}{}").format(said, _table(place, rows)) if rows else NONE
    return document(place, TITLE, Markup("<main><h1>{}</h1>{}{}</main>").format(TITLE, INTRO, body))


def _said(waiting: int) -> str:
    if not waiting:
        return "Aucune réponse n’attend de lecture."
    return f"{waiting} réponse{'s attendent' if waiting > 1 else ' attend'} une lecture."


def _table(place: Place, rows: Sequence[tuple[Question, Count]]) -> Markup:
    lines = [_line(place, question, count) for question, count in sorted(rows, key=_first)]
    made = table(
        "Questions à réponse libre", [heading(one, style="") for one in HEADS], lines, caption_style=""
    )
    return Markup(
        '<div class="wide" tabindex="0" role="region" aria-label="Questions à réponse libre">{}</div>'
    ).format(made)


def _first(row: tuple[Question, Count]) -> tuple[bool, bool, str]:
    """Return what puts a question in order: those that wait, those that have answers, the others; by modules' names."""
    question, count = row
    return not count.waiting, not (count.read or count.empty), question.module


def _line(place: Place, question: Question, count: Count) -> list[Markup]:
    address = f"{place.root}/{question.module}/{question.exercise}"
    named = Markup("{}<br><small>{}</small>").format(link(address, question.title), question.module)
    numbers = [cell(str(one), "") for one in (count.waiting, count.read, count.empty)]
    second = Markup("{} <br>{}").format(
        _named(f"{address}/seconde", "Lire", question), _named(f"{address}/accord", "Comparer", question)
    )
    return [heading(named, "row", ""), *numbers, cell(second, "")]


def _named(address: str, text: str, question: Question) -> Markup:
    """Return a link whose name says of which question, for who goes from link to link."""
    return Markup('<a href="{}">{}<span class="unseen"> en second : {}</span></a>').format(
        address, text, question.title
    )
