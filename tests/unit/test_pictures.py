"""Pictures: found or refused, embedded in the notebook, and still there on the feedback page, without any network."""

import base64

import jinja2
import nbformat
import pytest
from traitlets.config import Config

from autograder.authoring import pictures
from autograder.authoring.lint import errors_of, warnings_of
from autograder.authoring.pipeline import build
from autograder.grading.pages import markdown
from autograder.modules.errors import ModuleError
from autograder.modules.load import load_module
from autograder.proofs.released import released

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">
<rect width="10" height="10" fill="#fff"/>
<text>{fact}`rsa-non-recours` de {data}`len(communes)` lignes</text>
</svg>
"""
CITED = "![Une commune et ses six lignes](images/carte.svg)\n\nPourquoi ce sujet"


@pytest.fixture
def folder(modules, edit):
    edit("notebook.md", "Pourquoi ce sujet", CITED)
    folder = modules / "X01-essai"
    (folder / "images").mkdir()
    (folder / "images" / "carte.svg").write_text(SVG, encoding="utf-8")
    return folder


def said(folder):
    return "\n".join(map(str, errors_of(load_module(folder))))


def warned(folder):
    return "\n".join(map(str, warnings_of(load_module(folder))))


def test_a_picture_travels_with_the_release_and_the_feedback(folder):
    (built,) = build(["X01"], folder.parent.parent / "course", root=folder.parent)
    notebook = released(built.source / "X01-essai.ipynb", Config())
    (cell,) = [cell.source for cell in notebook.cells if "data:image" in cell.source]
    assert (
        cell.startswith("# À écrire")
        and "![Une commune et ses six lignes](data:image/svg+xml;base64," in cell
    )
    page = markdown(jinja2.Environment().from_string("").new_context({}), cell)
    assert 'alt="Une commune et ses six lignes"' in page and 'src="data:image/svg+xml;base64,' in page


def test_its_figures_are_those_of_the_facts_and_of_the_data(folder):
    (built,) = build(["X01"], folder.parent.parent / "course", root=folder.parent)
    text = nbformat.read(built.source / "X01-essai.ipynb", as_version=4).cells[0].source
    svg = base64.b64decode(text.split("base64,")[1].split(")")[0]).decode()
    assert "34\u00a0% de 37\u202f590 lignes" in svg
    assert errors_of(load_module(folder)) == [] == warnings_of(load_module(folder))


def test_a_value_that_cannot_be_computed_is_refused_at_its_line(folder):
    (folder / "images" / "carte.svg").write_text(SVG.replace("len(communes)", "absent"), encoding="utf-8")
    with pytest.raises(
        ModuleError, match=r"images/carte.svg, ligne 3 : la valeur « absent » ne se calcule pas"
    ):
        build(["X01"], folder.parent.parent / "course", root=folder.parent)


@pytest.mark.parametrize(
    ("old", "text", "message"),
    [
        ("<rect", "<script>x</script><rect", "« <script » : une image ne contient ni script"),
        ("<rect", '<rect onload="x()"', "« onload= »"),
        ("<rect", '<image href="https://exemple.test/a.png"/><rect', "ni fichier extérieur"),
        ("</svg>", "", "n’est pas un SVG bien formé"),
        (' viewBox="0 0 10 10"', "", "xmlns et viewBox"),
        ("rsa-non-recours", "inconnu", "carte.svg, ligne 3 : fait inconnu « inconnu »"),
        ("</svg>", f"<!-- {'x' * 15_000} --></svg>", "la limite est de 15 ko"),
    ],
)
def test_a_picture_that_would_not_be_shown_is_refused(folder, old, text, message):
    (folder / "images" / "carte.svg").write_text(SVG.replace(old, text, 1), encoding="utf-8")
    assert message in said(folder)


def test_figures_typed_by_hand_a_missing_background_and_unused_files_are_told(folder):
    svg = SVG.replace("lignes", "sur 78 258").replace("<rect", "<circle")
    (folder / "images" / "carte.svg").write_text(svg, encoding="utf-8")
    (folder / "images" / "autre.png").write_bytes(b"x")
    assert "le chiffre « 78 258 » est écrit à la main" in warned(folder)
    assert "pas de fond" in warned(folder)
    assert "autre.png : aucun texte de notebook.md ne montre cette image" in warned(folder)


def test_a_picture_between_code_fences_is_text(folder, edit):
    edit("notebook.md", CITED, f"\n\n```\n{CITED}\n```\n")
    assert list(pictures.pictures(load_module(folder))) == []
