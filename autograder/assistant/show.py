"""What module F11 shows: `from autograder.assistant import show as fiches`.

When the texts were never fetched, each function shows a French message in place of its table, and the notebook goes on.
"""

import functools
from collections.abc import Callable
from typing import Any

from pandas import DataFrame

from autograder.assistant import agent, masking, measure
from autograder.assistant.claims import claims, evidence
from autograder.assistant.pages import answer_html, answer_text, claims_html
from autograder.assistant.search import THRESHOLD, assistant
from autograder.data.errors import DataError
from autograder.forms.static import Notice, widgets_allowed
from autograder.show import Html, table


def _or_notice(function: Callable[..., Any]) -> Callable[..., Any]:
    """Turn a DataError (texts that were never fetched) into a message shown in place of the result."""

    @functools.wraps(function)
    def safe(*arguments: Any, **options: Any) -> Any:
        try:
            return function(*arguments, **options)
        except (DataError, ValueError) as error:
            return Notice(str(error))

    return safe


@_or_notice
def ask(question: str, method: str = "fusion", threshold: float = THRESHOLD, shown: int = 3) -> Html:
    """Ask the sheets a question; show `shown` passages with their address and date, or that the source is absent."""
    answer = assistant().ask(question, method, threshold, shown)
    return Html(answer_html(answer), answer_text(answer))


def search_form() -> Any:
    """Show the search without code."""
    return _form("ask")


def sending_form() -> Any:
    """Show how to mask, show and send a text to a model of one's choice, without code."""
    return _form("send")


def _form(widget: str) -> Any:
    if not widgets_allowed():
        return Notice(
            "Ce formulaire ne sert qu’à essayer : rien n’y est noté, et rien ne part pendant la correction."
        )
    from autograder.assistant.desk import Desk  # here: grading has no use for widgets

    return Desk(widget)


def hits() -> DataFrame:
    """Return the measure of the three methods (see `measure.hits`). Raises DataError without the texts."""
    return measure.hits(assistant())


@_or_notice
def sheets_of_answers() -> Html:
    """Show what the real sheets say, word for word, of the six questions whose answers are checked."""
    rows = [(claim, *evidence(claim)) for claim in claims()]
    text = "\n\n".join(f"{claim.question}\n{' […] '.join(extracts)}" for claim, _, extracts in rows)
    return Html(claims_html(rows, len(assistant().corpus.sheets)), text)


def masked() -> Html:
    """Show how many things masking hides, of those that have a form that it knows and of the others."""
    found = masking.report()
    known = found["genre"].isin([kind for kind, _, _ in masking.PATTERNS])
    names = {True: "ce qui a une forme reconnue", False: "le reste"}
    rows = [
        {
            "à cacher": names[form],
            "choses": int((known == form).sum()),
            "cachées": int(found["masque"][known == form].sum()),
        }
        for form in names
    ]
    return table(DataFrame(rows), caption="Ce que le masquage cache, dans huit textes fictifs")


def documents() -> Html:
    """Show the documents given to the simulated program."""
    rows = [{"courrier": one.id, "texte": one.text} for one in agent.DOCUMENTS]
    return table(
        DataFrame(rows), caption="Cinq courriers écrits pour le cours (aucun modèle ne les a produits)"
    )


def agent_actions() -> Html:
    """Show what the simulated program does under each protection, beside what the simulation takes for granted."""
    rows = []
    for protection in agent.PROTECTIONS:
        obeyed = [one.id for one in agent.DOCUMENTS if one.hostile and agent.run(one, protection)]
        rows.append(
            {
                "protection": protection.name,
                "supposé, par construction": protection.assumption,
                "attaques réussies (sur 4)": len(obeyed),
                "la demande légitime": _honest(protection),
            }
        )
    return table(DataFrame(rows), caption="Ce que fait le programme simulé, selon la protection")


def _honest(protection: agent.Protection) -> str:
    """Tell what a protection costs whoever asks for something honest."""
    (honest,) = (one for one in agent.DOCUMENTS if not one.hostile)
    done = "copie envoyée" if agent.run(honest, protection) else "copie refusée : à envoyer à la main"
    return f"{done}, mais une phrase honnête est effacée" if agent.removed(honest, protection) else done
