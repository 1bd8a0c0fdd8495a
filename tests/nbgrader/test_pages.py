"""What graders and learners see of a copy: formulas, pictures, and nothing that runs."""

import jinja2
import pytest
from nbformat.v4 import new_output

from autograder.grading.feedback import hide
from autograder.grading.pages import clean, markdown
from tests.nbgrader.cells import check


def render(source: str) -> str:
    context = jinja2.Environment().from_string("").new_context({})
    return markdown(context, source)


def test_formulas_are_mathml() -> None:
    page = render(r"La moyenne : $\frac{a}{b}$")
    assert "<mfrac>" in page and "$" not in page


def test_amounts_in_dollars_are_not_lost() -> None:
    assert "3" in render("De 3 $ à 4 $ l’unité") and "4" in render("De 3 $ à 4 $ l’unité")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>steal()</script>",
        '<img src="x" onerror="steal()">',
        '<a href="javascript:steal()">lien</a>',
        '<a href="data:text/html,steal()">lien</a>',
        '<iframe src="https://exemple.fr"></iframe>',
        '<img src="https://exemple.fr/pixel.png" alt="">',
        '<p style="background:url(https://exemple.fr/pixel.png)">a</p>',
        "<style>@import 'https://exemple.fr/a.css'</style>",
    ],
)
def test_nothing_active_or_remote_is_left(attack: str) -> None:
    left = clean(attack) + render(attack)
    for dangerous in (
        "<script",
        "onerror",
        "javascript:",
        "data:text",
        "<iframe",
        "exemple.fr/pixel",
        "<style",
    ):
        assert dangerous not in left


def test_a_verdict_keeps_its_look_and_its_role() -> None:
    verdict = '<div role="status" data-state="right" style="border-left:0.4em solid #1a7f37">Juste</div>'
    assert clean(verdict) == verdict


def test_embedded_pictures_stay() -> None:
    picture = '<img alt="Courbe" src="data:image/png;base64,AAAA">'
    assert clean(picture) == picture


def test_a_missing_attachment_is_told() -> None:
    assert "Image jointe introuvable ou trop lourde : a.png" in render("![ma photo](attachment:a.png)")


@pytest.mark.parametrize(
    "bomb",
    ["*a " * 3_000 + "b* " * 3_000, "[" * 20_000, "`" * 20_000],
    ids=["emphasis", "links", "code"],
)
def test_a_text_with_too_many_signs_is_shown_as_typed(bomb: str) -> None:
    """Reading it takes time squared in their number."""
    assert f"<pre>{bomb}</pre>" in render(bomb)


def test_the_learner_chooses_no_grammar_of_colours() -> None:
    assert render("```sml\nlet x = 1 < 2\n```").strip() == "<pre><code>let x = 1 &lt; 2\n</code></pre>"


@pytest.mark.parametrize(
    "formula",
    [r"\frac{" * 300, "{" * 900, r"\begin{matrix}" * 100, "a" * 50_000],
    ids=["frac", "brace", "matrix", "long"],
)
def test_a_formula_that_cannot_be_read_is_shown_as_typed(formula: str) -> None:
    assert "<code>" in render(f"${formula}$")


def test_no_text_of_a_learner_can_stop_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> str:
        raise RecursionError

    monkeypatch.setattr("autograder.grading.pages.MarkdownWithMath.render", fails)
    assert "<pre>a &lt; b</pre>" in render("a < b")


def test_hidden_tests_and_the_tracebacks_that_quote_them_are_removed() -> None:
    cell = check("un")
    cell.source = "assert un\n### BEGIN HIDDEN TESTS\nassert un == 42\n### END HIDDEN TESTS\nassert un > 0"
    cell.outputs = [new_output("error", ename="AssertionError", evalue="raté", traceback=["assert un == 42"])]
    hide(cell)
    assert cell.source == "assert un\nassert un > 0"
    assert cell.outputs[0].traceback == ["AssertionError: raté"]


def test_an_unclosed_mark_scheme_is_removed_to_the_end() -> None:
    cell = check("un")
    cell.source = "Question\n### BEGIN MARK SCHEME\ncompter 1 point"
    hide(cell)
    assert cell.source == "Question\n"
