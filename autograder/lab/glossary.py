"""The page « Glossaire »: every term, in alphabetical order, with its definition and the module that teaches it."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import groupby

from markupsafe import Markup

from autograder.french.order import alphabetical
from autograder.html import joined, listed
from autograder.lab import publication
from autograder.lab.home import PROBLEM
from autograder.modules.errors import ModuleError
from autograder.modules.glossary import Term, load_glossary

PAGE = Markup(
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Glossaire du cours</title><style>{style}</style></head><body><main><h1>Glossaire</h1>"
    "<p>Les termes du cours, dans l’ordre alphabétique. Dans un module, un terme souligné de points donne sa définition : "
    "placez-vous dessus, ou touchez-le. Cette page s’imprime (Ctrl + P).</p>{problem}{letters}{terms}</main></body></html>"
)


def page() -> str:
    """Return the page, as HTML; of a glossary that cannot be read, what is wrong."""
    titles = {card.id: card.title for card in publication.published()}
    try:
        return render(load_glossary(), titles)
    except ModuleError as error:
        return render([], {}, PROBLEM.format(finding=error.findings[0]))


def render(terms: list[Term], titles: dict[str, str], problem: str = "") -> str:
    """Return the page of these terms, sorted; `titles` of the modules, by their ids; `problem`: why there are none."""
    groups = [(letter, list(group)) for letter, group in groupby(terms, key=_letter)]
    style = Markup(files("autograder.lab").joinpath("glossary.css").read_text(encoding="utf-8"))
    letters = listed(Markup('<a href="#{0}">{0}</a>').format(letter) for letter, _ in groups)
    return PAGE.format(
        style=style,
        problem=Markup('<p role="alert"><strong>À savoir.</strong> {}</p>').format(problem)
        if problem
        else "",
        letters=Markup('<nav aria-label="Lettres">{}</nav>').format(letters),
        terms=joined(_group(letter, group, titles) for letter, group in groups),
    )


def _letter(term: Term) -> str:
    return alphabetical(term.term)[0].upper()


def _group(letter: str, terms: list[Term], titles: dict[str, str]) -> Markup:
    return Markup('<section aria-labelledby="{0}"><h2 id="{0}">{0}</h2><dl>{1}</dl></section>').format(
        letter, joined(_entries(terms, titles))
    )


def _entries(terms: list[Term], titles: dict[str, str]) -> Iterator[Markup]:
    for term in terms:
        where = f"{term.module} – {titles[term.module]}" if term.module in titles else term.module
        yield Markup("<div><dt>{}</dt><dd>{} <small>{}</small></dd></div>").format(
            term.term, term.definition, f"(module {where})"
        )
