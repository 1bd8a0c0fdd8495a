"""What module F11 shows: `from autograder.assistant import show as fiches`.

When the texts were never fetched, each function shows a French message in place of its table, and the notebook goes on.
"""

import functools
import html
from collections.abc import Callable
from datetime import date
from typing import Any

from pandas import DataFrame

from autograder.assistant import agent, masking, measure
from autograder.assistant.claims import evidence
from autograder.assistant.corpus import Passage
from autograder.assistant.endpoint import Draft, from_environment
from autograder.assistant.search import METHODS, THRESHOLD, Answer, assistant
from autograder.data.errors import DataError
from autograder.forms.static import Notice, widgets_allowed
from autograder.show import Html, number, table

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
OLD = 3
"""Years after which a sheet's date deserves a warning: a convention of this course."""


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
def ask(question: str, method: str = "fusion", threshold: float = THRESHOLD) -> Html:
    """Ask the sheets a question; show passages with their address and date, or that the source is absent."""
    answer = assistant().ask(question, method, threshold)
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
    from autograder.assistant.desk import Desk

    return Desk(widget)


def service() -> Notice:
    """Tell which service the environment describes, if any. The key is never shown."""
    known = from_environment()
    if not known.url:
        return Notice(
            "Aucun service n’est réglé sur cet ordinateur : rien ne peut partir, et le module se fait en entier sans lui. "
            "Pour en essayer un, donnez son adresse au formulaire."
        )
    key = "une clé est réglée" if known.key else "aucune clé n’est réglée"
    return Notice(f"Service réglé sur cet ordinateur : {known.url} ; {key}. Rien ne part sans votre accord.")


def preview(draft: Draft) -> Html:
    """Show what a draft would send, and send nothing."""
    rows = DataFrame(draft.preview().items(), columns=["quoi", "ce qui partirait"])
    return table(rows, caption="Ce qui partirait (rien n’est envoyé)")


@_or_notice
def finders(*texts: str) -> Html:
    """Show, for some of the course's questions, the rank of the first right sheet by words and by meaning."""
    rows = []
    for text in texts:
        question = next(q for q in measure.questions() if q.text == text)
        ranks = [measure.found_at(assistant(), question, method) for method in ("mots", "sens")]
        rows.append([text, *(_rank(rank) for rank in ranks)])
    frame = DataFrame(rows, columns=["question", "rang par les mots", "rang par le sens"])
    return table(frame, caption="Rang de la première bonne fiche, parmi 269", rows=len(rows))


def _rank(rank: int | None) -> str:
    if rank is None:
        return "absente de la liste"
    return f"{rank}{'re' if rank == 1 else 'e'} {'(dans les cinq)' if rank <= 5 else '(trop loin)'}"


def hits() -> DataFrame:
    """Return the measure of the three methods (see `measure.hits`). Raises DataError without the texts."""
    return measure.hits(assistant())


@_or_notice
def refusals(*thresholds: float) -> Html:
    """Show how many questions get « la source est absente » at some thresholds."""
    found = measure.refusals(assistant(), thresholds)
    found["seuil"] = [number(value, 2) for value in found["seuil"]]
    sizes = {w: sum(q.wording == w for q in measure.questions()) for w in found.columns[1:]}
    found = found.rename(columns={name: f"{name} ({size} questions)" for name, size in sizes.items()})
    return table(found, caption="Questions qui reçoivent « la source est absente », selon le seuil")


@_or_notice
def claims() -> Html:
    """Show the passages against which the twelve claims are checked, word for word."""
    parts = [passage_html(passage, whole=True) for passage in evidence()]
    return Html("".join(parts), "\n\n".join(passage.text for passage in evidence()))


def masked() -> Html:
    """Show the course's fictional texts before and after masking."""
    rows = [
        {"texte": one.id, "avant": one.text, "après": masking.mask(one.text)} for one in masking.examples()
    ]
    return table(DataFrame(rows), caption="Huit textes fictifs, avant et après le masquage")


def masking_report() -> Html:
    """Show what masking hides, kind by kind."""
    found = masking.report().groupby("genre", sort=True)["masque"].agg(["size", "sum"]).reset_index()
    found.columns = ["à cacher", "passages", "masqués"]
    total = DataFrame([["ensemble", found["passages"].sum(), found["masqués"].sum()]], columns=found.columns)
    return table(
        DataFrame([*found.to_dict("records"), *total.to_dict("records")]),
        caption="Ce que le masquage cache, dans les huit textes",
    )


def documents() -> Html:
    """Show the documents given to the simulated agent."""
    rows = [{"document": one.id, "texte": one.text} for one in agent.DOCUMENTS]
    return table(
        DataFrame(rows), caption="Cinq courriers écrits pour le cours (aucun modèle ne les a produits)"
    )


def agent_actions() -> Html:
    """Show what the simulated agent does with each document, under each protection."""
    rows = []
    for protection in agent.PROTECTIONS:
        row = {"protection": protection.name}
        for document in agent.DOCUMENTS:
            actions = [action.tool for action in agent.run(document.text, protection)]
            row[document.id] = ", ".join(actions) or "résumé seul"
        rows.append(row)
    return table(
        DataFrame(rows), caption="Ce que fait l’agent simulé, à qui l’on demande seulement un résumé"
    )


def answer_html(answer: Answer) -> str:
    """Return an answer as HTML: safe, and complete without the network."""
    asked = html.escape(answer.question)
    measured = f"confiance {number(answer.confidence, 2)}, seuil {number(answer.threshold, 2)}, recherche {METHODS[answer.method]}"
    if not answer.absent:
        parts = "".join(map(passage_html, answer.passages))
        return f"<p><strong>« {asked} »</strong><br>Trois passages au plus, à lire avant de répondre ({measured}).</p>{parts}"
    near = "".join(f"<li>{_source(passage)}</li>" for passage in answer.near)
    return (
        f"<p><strong>« {asked} »</strong><br><strong>La source est absente.</strong> Aucune fiche ne répond assez sûrement ({measured}). "
        "Ne devinez pas : reformulez avec les mots officiels, ou cherchez une autre source.</p>"
        + (
            f"<details><summary>Les fiches les moins éloignées, qui ne sont pas une réponse</summary><ul>{near}</ul></details>"
            if near
            else ""
        )
    )


def answer_text(answer: Answer) -> str:
    """Return an answer as plain text."""
    if answer.absent:
        return f"{answer.question}\nLa source est absente."
    return "\n\n".join([answer.question, *(f"{p.text}\n{reference(p)}" for p in answer.passages)])


def passage_html(passage: Passage, whole: bool = False) -> str:
    """Return a passage as HTML, with its source; cut at a few lines unless `whole`."""
    text = (
        passage.text if whole or len(passage.text) <= 500 else passage.text[:500].rsplit(" ", 1)[0] + " […]"
    )
    return (
        '<figure style="margin:0.75em 0;border-left:4px solid #767676;padding-left:0.75em">'
        f'<blockquote style="margin:0">{html.escape(text)}</blockquote>'
        f"<figcaption>{_source(passage)}</figcaption></figure>"
    )


def reference(passage: Passage) -> str:
    """Return the reference of a passage: title, producer, date, address."""
    return f"« {passage.title} », ministère du Travail, mise à jour le {french_date(passage.updated)}, {passage.url}"


def french_date(day: date) -> str:
    """Return a date as French readers write it: 1er mars 2026."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def _source(passage: Passage) -> str:
    years = (date.today() - passage.updated).days // 365
    old = (
        f" <strong>Fiche de plus de {years} ans : vérifiez qu’elle vaut encore.</strong>"
        if years >= OLD
        else ""
    )
    return html.escape(f"{reference(passage)} (fiche {passage.sheet}).") + old
