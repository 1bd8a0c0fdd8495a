"""The sheets' passages, the answers of the search and what answers are checked against, as HTML and as text."""

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from autograder.assistant.claims import Claim
from autograder.assistant.corpus import Passage
from autograder.assistant.layout import LINE
from autograder.assistant.search import METHODS, Answer
from autograder.french.dates import in_full
from autograder.french.marks import quoted
from autograder.french.numbers import number
from autograder.html import cell, heading, joined, listed, table

OLD = 3
"""Years after which a sheet's date deserves a warning: a convention of this course."""
SIDE = "text-align:left;vertical-align:top;white-space:normal"
"""Two texts to compare stand side by side, and begin at the same height."""


def answer_html(answer: Answer) -> Markup:
    """Return an answer as HTML: safe, and complete without the network."""
    measured = f"confiance {number(answer.confidence, 2)}, seuil {number(answer.threshold, 2)}, recherche {METHODS[answer.method]}"
    if not answer.absent:
        found = Markup(
            "<p><strong>« {asked} »</strong><br>{many}, à lire avant de répondre ({measured}).</p>{passages}"
        )
        return found.format(
            asked=answer.question,
            many="Les premiers passages" if len(answer.passages) > 1 else "Le premier passage",
            measured=measured,
            passages=joined(map(passage_html, answer.passages)),
        )
    near = Markup(
        "<details><summary>Les fiches les moins éloignées, qui ne sont pas une réponse</summary>{}</details>"
    ).format(listed(map(_source, answer.near)))
    return Markup(
        "<p><strong>« {asked} »</strong><br><strong>La source est absente.</strong> Aucune fiche ne répond assez sûrement "
        "({measured}). Ne devinez pas : reformulez avec les mots officiels, ou cherchez une autre source.</p>{near}"
    ).format(asked=answer.question, measured=measured, near=near if answer.near else "")


def answer_text(answer: Answer) -> str:
    """Return an answer as plain text."""
    if answer.absent:
        return f"{answer.question}\nLa source est absente."
    return "\n\n".join(
        [answer.question, *(f"{LINE.join(p.lines())}\n{reference(p)}" for p in answer.passages)]
    )


def passage_html(passage: Passage) -> Markup:
    """Return a passage as HTML, with its source; cut at a few lines."""
    kept = passage.text if len(passage.text) <= 500 else passage.text[:500].rsplit(" ", 1)[0]
    lines = passage.lines(0, len(kept))
    if kept != passage.text:
        lines[-1] += " […]"
    return Markup(
        '<figure style="margin:0.75em 0;border-left:4px solid #767676;padding-left:0.75em">'
        '<blockquote style="margin:0">{}</blockquote><figcaption>{}</figcaption></figure>'
    ).format(
        joined(Markup('<p style="margin:0.25em 0">{}</p>').format(line) for line in lines), _source(passage)
    )


def claims_html(rows: Iterable[tuple[Claim, Passage, tuple[str, ...]]], sheets: int) -> Markup:
    """Return what the real sheets say, an answer to check a line; `sheets` is how many were searched for a false title."""
    lines = []
    for letter, (claim, passage, extracts) in zip("ABCDEF", rows, strict=True):
        found = Markup("{}{} : {}").format(
            _absent(claim, sheets) if claim.cites else "",
            _dated(passage),
            " […] ".join(" ".join(one.splitlines()) for one in extracts),
        )
        lines.append([heading(letter, "row", SIDE), cell(claim.question, SIDE), cell(found, SIDE)])
    heads = (("", "3%"), ("Question", "27%"), ("La fiche, mot à mot", "70%"))
    caption = "Ce que disent les fiches"
    return table(caption, [heading(head, style=f"{SIDE};width:{width}") for head, width in heads], lines)


def _absent(claim: Claim, sheets: int) -> Markup:
    return Markup("<strong>Aucune des {} fiches copiées ne s’intitule « {} ».</strong> Une autre, ").format(
        sheets, claim.cites
    )


def _dated(passage: Passage) -> str:
    return f"{quoted(passage.title)}, mise à jour le {in_full(passage.updated)}"


def reference(passage: Passage) -> str:
    """Return the reference of a passage: title, producer, date, address."""
    return f"{quoted(passage.title)}, ministère du Travail, mise à jour le {in_full(passage.updated)}, {passage.url}"


def _source(passage: Passage) -> Markup:
    years = (date.today() - passage.updated).days // 365
    old = Markup(" <strong>Fiche de plus de {} ans : vérifiez qu’elle vaut encore.</strong>").format(years)
    return Markup("{}{}").format(
        f"{reference(passage)} (fiche {passage.sheet}).", old if years >= OLD else ""
    )
