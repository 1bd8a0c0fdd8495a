"""The page of a question: the answers one after the other, and the scheme as buttons. `page/reading.js` makes it work."""

import json
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from autograder.followup.reading.answers import Answer
from autograder.followup.reading.frame import Place, document, link, told, ways
from autograder.followup.reading.questions import Question
from autograder.followup.reading.second import MAX_NAME
from autograder.followup.reading.state import MAX_COMMENT
from autograder.followup.reading.texts import rendered
from autograder.french.numbers import short
from autograder.html import joined

MAIN = Markup(
    '<main id="reading" data-save="{save}" data-xsrf="{xsrf}" data-most="{most}" data-reader="{reader}">'
    "<h1>{title}</h1>{ways}{said}"
    '<details class="question"><summary>Énoncé de la question</summary><div class="text">{statement}</div></details>'
    '{body}<noscript><p role="alert">Cette page a besoin de JavaScript : autorisez-le pour ce serveur, ou notez dans le formgrader.</p></noscript></main>'
)
NOBODY = Markup(
    "<p><strong>Aucune réponse à lire pour l’instant.</strong> Ramassez et corrigez les copies, puis rechargez cette page.</p>"
)
MOVES = Markup(
    '<div class="bar"><p id="progress"></p><div class="moves" role="group" aria-label="Passer d’une réponse à l’autre">'
    '<button type="button" id="previous" aria-keyshortcuts="Alt+ArrowUp">Précédente</button>'
    '<button type="button" id="next" aria-keyshortcuts="Alt+ArrowDown">Suivante</button>'
    '<button type="button" id="unread">Prochaine à lire</button>'
    '<button type="button" id="undo" disabled>Annuler le dernier changement</button></div>'
    '<p id="status" role="status"></p><div id="trouble" role="alert"></div></div>'
    '<p class="hint">Au clavier : Alt + ↓ et Alt + ↑ passent d’une réponse à l’autre. Dans la réponse et le barème, hors des champs, un chiffre coche l’élément de ce numéro, et 0 les décoche tous.</p>'
)
DESK = Markup('<div class="desk"><section aria-label="Réponse">{articles}</section>{form}</div>')
ARTICLE = Markup(
    '<article data-id="{id}" data-text="{text}" data-state="{state}"><h2 tabindex="-1">Réponse {number} sur {total}'
    '<span class="badge"></span></h2>{who}<p class="changed" hidden></p><div class="text">{html}</div></article>'
)
FORM = Markup(
    '<form id="marking" aria-label="Note de cette réponse"><h2>Barème</h2>{said}<ol class="criteria">{criteria}</ol>'
    '<p class="points"><label for="points">Points, de 0 à {most}</label> '
    '<input id="points" type="text" inputmode="decimal" autocomplete="off" aria-describedby="wrong"> '
    '<button type="button" id="none">Aucun : 0</button> {all}<span id="wrong" class="wrong"></span></p>'
    '<p><button type="button" id="confirm" hidden></button></p>{comment}'
    "</form>"
)
CRITERION = Markup(
    '<li><button type="button" aria-pressed="false" data-criterion="{number}" data-points="{points}" aria-describedby="criterion-{number}">'
    '{number}. {title} <span class="worth">+ {worth}</span></button><div id="criterion-{number}" class="text">{text}</div></li>'
)
COMMENT = Markup(
    '<p><label for="comment">Commentaire pour l’apprenant</label><textarea id="comment" rows="4" maxlength="{most}"></textarea></p>'
    '<details id="again"><summary>Reprendre un commentaire déjà donné</summary><ul></ul></details>'
)
NO_CRITERIA = Markup("<p>Ce barème n’a pas de liste numérotée : donnez les points dans le champ.</p>")
NAMES_HIDDEN = "Montrer les identifiants"
NAMES_SHOWN = "Cacher les identifiants"
BLIND = Markup(
    "<p><strong>Seconde lecture de {reader}.</strong> {count} réponses tirées au sort. Vous ne voyez ni les notes ni les commentaires de la première "
    "lecture ; les vôtres ne changent aucune note.</p>"
)
ASK = Markup(
    "<main><h1>Seconde lecture : {title}</h1>{ways}<p>Une autre personne relit un tirage des réponses : une sur cinq, dix au moins, ou toutes s’il y en a moins. Elle ne voit ni "
    "les notes ni les commentaires de la première lecture, et n’en change aucune. La page « Comparer » dit ensuite si les deux lectures s’accordent.</p>"
    '<form method="get"><p><label for="reader">Votre nom ou vos initiales</label> <input id="reader" name="lecteur" required maxlength="{most}" autocomplete="off"></p>'
    "<p><button>Commencer</button></p></form></main>"
)


def page(place: Place, question: Question, answers: Sequence[Answer], named: bool) -> str:
    """Return the page of the first reading; `named` shows who wrote each answer."""
    address = f"{place.root}/{question.module}/{question.exercise}"
    other = link(address, NAMES_SHOWN) if named else link(f"{address}?noms=1", NAMES_HIDDEN)
    return _page(place, question, answers, ways(_back(place), other), "note", named=named)


def second_page(place: Place, question: Question, answers: Sequence[Answer], reader: str) -> str:
    """Return the page of a second reading."""
    said = BLIND.format(reader=reader, count=len(answers))
    return _page(place, question, answers, ways(_back(place)), "seconde", said=said, reader=reader)


def ask_page(place: Place, question: Question) -> str:
    """Return the page that asks a second reader for a name."""
    content = ASK.format(title=question.title, ways=ways(_back(place)), most=MAX_NAME)
    return document(place, f"Seconde lecture : {question.title}", content)


def _back(place: Place) -> Markup:
    return link(place.root, "Toutes les questions")


def _page(
    place: Place,
    question: Question,
    answers: Sequence[Answer],
    around: Markup,
    save: str,
    said: str = "",
    reader: str = "",
    named: bool = False,
) -> str:
    content = MAIN.format(
        save=f"{place.root}/{save}",
        xsrf=place.xsrf,
        most=question.most,
        reader=reader,
        title=question.title,
        ways=around,
        said=Markup("<p>{}</p>{}").format(question.module, said),
        statement=rendered(question.statement),
        body=_body(question, answers, named, has_comment=not reader) if answers else NOBODY,
    )
    return document(place, f"Lire : {question.title}", content)


def _body(question: Question, answers: Sequence[Answer], named: bool, has_comment: bool) -> Markup:
    return MOVES + DESK.format(articles=joined(_articles(answers, named)), form=_form(question, has_comment))


def _articles(answers: Sequence[Answer], named: bool) -> Iterable[Markup]:
    for number, one in enumerate(answers, start=1):
        yield ARTICLE.format(
            id=one.id,
            text=one.text,
            state=json.dumps(one.state.written()),
            number=number,
            total=len(answers),
            who=Markup('<p class="who">Copie de {}</p>').format(one.learner) if named else Markup(""),
            html=one.html,
        )


def _form(question: Question, has_comment: bool) -> Markup:
    scheme, most = question.scheme, short(question.most, 6)
    every = Markup('<button type="button" id="all">Tous : {}</button> ').format(most)
    return FORM.format(
        said=rendered(scheme.said) if scheme.said else NO_CRITERIA,
        criteria=joined(_criteria(question)),
        most=most,
        all=every if scheme.criteria else Markup(""),
        comment=COMMENT.format(most=MAX_COMMENT) if has_comment else Markup(""),
    )


def _criteria(question: Question) -> Iterable[Markup]:
    for one in question.scheme.criteria:
        points = question.scheme.points(question.most)
        yield CRITERION.format(
            number=one.number, points=points, worth=told(points), title=one.title, text=rendered(one.text)
        )
