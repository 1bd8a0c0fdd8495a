"""The glossary: a term is defined once, marked where a step first uses it, and listed on its page."""

import re
import textwrap

import pytest

from autograder.authoring import terms
from autograder.authoring.lint import errors_of
from autograder.lab import glossary
from autograder.modules.errors import ModuleError
from autograder.modules.glossary import Term, load_glossary
from autograder.modules.load import load_module, load_modules
from autograder.modules.notebook_text import TextCell
from autograder.modules.steps import Step, steps_of

MEDIAN = Term("médiane", "Valeur du milieu.", "F02", ("médianes",))
BASE = Term("base", "Le groupe qui vaut 100.", "F02", only_here=True)
PERSONAL = Term(
    "donnée personnelle", 'Information sur « une » personne & "elle".', "F11", ("données personnelles",)
)
SPAN = '<span class="campus-term" title="Valeur du milieu.">{}</span>'


def marked(*texts: str, module: str = "F02", own: tuple[Term, ...] = (MEDIAN, BASE)) -> list[str]:
    """Return the texts of a step of prose cells, marked."""
    cells = tuple(TextCell("markdown", text, "prose", 1) for text in texts)
    return [cell.source for cell in terms.marked([Step("Étape", False, cells)], own, module)]


def test_the_first_occurrence_in_a_step_carries_its_definition():
    assert marked("La médiane, puis la médiane.", "Encore la médiane.") == [
        f"La {SPAN.format('médiane')}, puis la médiane.",
        "Encore la médiane.",
    ]


def test_each_step_marks_a_term_again():
    cells = [TextCell("markdown", f"## {n}\nUne médiane.", "prose", 1, step=str(n)) for n in (1, 2)]
    found = terms.marked(steps_of(cells), [MEDIAN], "F02")
    assert [cell.source.count("campus-term") for cell in found] == [1, 1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Médianes locales", "Médianes"),
        ("l’ancienne médiane.", "médiane"),
        ("« médiane »", "médiane"),
        ("| médiane | 3 |", "médiane"),
        ("> - la *médiane*", "médiane"),
    ],
)
def test_plurals_capitals_and_markup_around_are_the_same_term(text, shown):
    assert marked(text) == [text.replace(shown, SPAN.format(shown))]


@pytest.mark.parametrize(
    "text",
    [
        "## La médiane\n\nUn texte.",
        "Le code `médiane` et ``la médiane``.",
        "```\nmédiane\n```",
        "[la médiane](https://exemple.test/médiane)",
        "![Une médiane](images/mediane.svg)",
        "<summary>La médiane</summary>",
        '<b title="médiane">x</b>',
        "https://exemple.test/médiane",
        "intermédiane, médiane-là, médianement",
        "La **médiane** est la valeur du milieu. La médiane…",
    ],
)
def test_no_term_is_marked_in_what_is_not_plain_text_nor_where_the_step_defines_it(text):
    assert marked(text) == [text]


def test_a_term_of_two_words_is_found_across_any_space_and_its_definition_is_escaped():
    (found,) = marked("Des données\u00a0personnelles.", own=(PERSONAL,))
    assert 'title="Information sur « une » personne &amp; &#34;elle&#34;."' in found
    assert ">données\u00a0personnelles</span>" in found


def test_a_word_of_several_meanings_is_marked_in_its_own_module_alone():
    assert "campus-term" in marked("La base.")[0]
    assert marked("La base.", module="F03") == ["La base."]


def test_what_the_learner_writes_and_code_are_left_alone():
    cells = (TextCell("markdown", "médiane", "answer", 1), TextCell("code", "# médiane", "example", 1))
    assert [one.source for one in terms.marked([Step("É", False, cells)], [MEDIAN], "F02")] == [
        "médiane",
        "# médiane",
    ]


def written(tmp_path, text):
    path = tmp_path / "glossaire.yml"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


ROW = "  - {{term: {}, definition: {}, module: F02}}\n"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (ROW.format("médiane", "Valeur du milieu.") + ROW.format("Médiane", "Autre définition."), "« Médiane » a deux définitions"),
        (ROW.format("médiane", "Valeur du milieu.").replace("module", "forms: [base], module") + ROW.format("base", "Groupe de cent."), "« base » a deux définitions"),
        (ROW.format("médiane", "sans majuscule."), "une phrase simple"),
        (ROW.format("médiane", "Sans point"), "une phrase simple"),
        (ROW.format("médiane", "A" * 200 + "."), "une phrase simple"),
        (ROW.format("médiane", "Valeur du milieu.").replace("module: F02", "module: statistique"), "un module, comme F02"),
    ],
)  # fmt: skip
def test_a_term_with_two_definitions_or_a_poor_one_is_refused(tmp_path, rows, message):
    with pytest.raises(ModuleError, match=r"glossaire.yml, ligne \d+") as refused:
        load_glossary(written(tmp_path, "terms:\n" + rows))
    assert message in str(refused.value)


def test_a_term_that_its_module_does_not_use_is_refused(modules, monkeypatch):
    unused = Term("quartile", "Valeur au quart.", "X01", line=7)
    monkeypatch.setattr("autograder.authoring.lint.load_glossary", lambda: [unused])
    (found,) = errors_of(load_module(modules / "X01-essai"))
    assert "glossaire.yml, ligne 7 : le module X01 ne contient pas « quartile »" in str(found)


def test_a_definition_whose_mark_could_begin_a_line_is_refused_with_its_mended_text(modules, monkeypatch):
    parted = Term("médiane", "Valeur du milieu ; la moyenne en est une autre.", "X01", line=7)
    monkeypatch.setattr("autograder.authoring.lint.load_glossary", lambda: [parted])
    first, _ = errors_of(load_module(modules / "X01-essai"))
    assert "glossaire.yml, ligne 7" in str(first)
    assert "« Valeur du milieu\u00a0; la moyenne en est une autre. »" in str(first)


def test_the_glossary_of_the_course_names_known_modules_and_every_page_entry_is_sorted():
    own, known = load_glossary(), {module.id for module in load_modules()}
    assert {term.module for term in own} <= known
    page = glossary.render(own, {"F02": "Lire un jeu de données"})
    shown = re.findall(r"<dt>(.*?)</dt>", page)
    assert shown == [term.term for term in own] and len(shown) == len(set(shown))
    assert shown.index("médiane") < shown.index("millésime") and shown.index("RSA") < shown.index(
        "sans objet"
    )
    assert (
        "Valeur du milieu, qui laisse autant de cas au-dessous qu’au-dessus. <small>(module F02 – Lire un jeu de données)"
        in page
    )


def test_the_page_escapes_what_it_shows():
    page = glossary.render([Term("<b>", "Un & deux.", "F02")], {"F02": "<i>"})
    assert "<dt>&lt;b&gt;</dt>" in page and "Un &amp; deux." in page and "&lt;i&gt;" in page


def test_a_glossary_that_cannot_be_read_is_told_on_its_page(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "autograder.lab.glossary.load_glossary", lambda: load_glossary(written(tmp_path, "terms: 3\n"))
    )
    page = glossary.page()
    assert 'role="alert"' in page and "glossaire.yml, ligne" in page and "<dt>" not in page
