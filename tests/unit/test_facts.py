"""The register of facts: what it refuses, how a notebook shows a source, and what is to be read again."""

import textwrap
from datetime import date

import pytest

from autograder import cli, paths
from autograder.authoring import facts as listing
from autograder.authoring.cells import notebook
from autograder.modules.errors import ModuleError
from autograder.modules.facts import CITATION, Fact, load_facts
from autograder.modules.load import load_module

FACT = """
facts:
  - id: population
    value: 68
    unit: millions
    label: Habitants
    source: Insee Focus n° 374
    url: https://www.insee.fr/fr/statistiques/8682718
    published: décembre 2025
    read: {on: 2026-11-30, how: copy}
    confidence: H
    check_again: 2026-12-31
"""


@pytest.fixture
def register(tmp_path):
    def written(old="", new=""):
        assert old in FACT
        path = tmp_path / "facts.yml"
        path.write_text(textwrap.dedent(FACT.replace(old, new, 1)), encoding="utf-8")
        return path

    return written


def test_a_fact_read_at_its_source_is_kept_with_its_address(register):
    fact = load_facts(register())["population"]
    assert fact.cited("source", linked=True) == (
        "[Insee Focus n° 374](https://www.insee.fr/fr/statistiques/8682718), décembre 2025"
    )
    assert fact.cited("source") == "Insee Focus n° 374, décembre 2025"


URL = "url: https://www.insee.fr/fr/statistiques/8682718"
READ = "read: {on: 2026-11-30, how: copy}"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (URL, "url: insee.fr", "l’adresse de la page elle-même"),
        (URL, "url: https://www.insee.fr", "l’adresse de la page elle-même"),
        (URL, "url: https://www.insee.fr/", "l’adresse de la page elle-même"),
        (URL, "url: https://www.insee.fr/une page", "l’adresse de la page elle-même"),
        (URL, "note: rien", "donnez l’adresse de la page"),
        (READ, "note: rien", "dites quand et comment la source a été lue"),
        (READ, f"{READ}\n    unread: la page ne répond pas", "dites quand et comment la source a été lue"),
        (READ, "unread: la page ne répond pas", "une adresse ne s’écrit que si la page, ou sa copie, a été lue"),
        (READ, "read: {on: 2026-11-30}", "il manque la clé « how »"),
        (READ, "read: {on: hier, how: copy}", "« read.on » : on attend une date, comme 2026-03-31"),
        (READ, "read: {on: 2026-11-30, how: fiche}", "choisissez parmi page, copy, package"),
        ("check_again: 2026-12-31", "check_again: 2026-11-30", "doit venir après la lecture du 30/11/2026"),
        ("check_again: 2026-12-31", "check_again: 2026-12-31\n    until: 2026-12-15", "après la fin que la source annonce, le 15/12/2026"),
        ("check_again: 2026-12-31", "check_again: 2026-12-31\n    until: bientôt", "« until » : on attend une date"),
        ("value: 68", "kind: law\n    value: 68", "un texte de droit se cite à sa source"),
        ("label: Habitants", "label: Délai (article 33 du RGPD)", "pas d’après insee.fr"),
        ("source: Insee Focus n° 374", "source: Commentaire de la délibération n° 2022-100", "pas d’après insee.fr"),
        ("source: Insee Focus n° 374", "source: Insee [Focus]", "sans crochets"),
    ],
)  # fmt: skip
def test_a_source_that_nobody_can_check_is_refused(register, old, new, message):
    with pytest.raises(ModuleError, match=r"facts.yml, ligne \d+ : .*") as refused:
        load_facts(register(old, new))
    assert message in str(refused.value)


@pytest.mark.parametrize(
    "address", ["https://www.cnil.fr/fr/textes/1", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"]
)
def test_law_is_accepted_from_its_text_or_from_who_applies_it(register, address):
    path = register(URL, f"kind: law\n    url: {address}")
    assert load_facts(path)["population"].url == address


def test_an_end_that_was_past_when_the_source_was_read_binds_no_later_reading(register):
    path = register("check_again: 2026-12-31", "check_again: 2027-12-31\n    until: 2026-06-30")
    assert load_facts(path)["population"].check_again == date(2027, 12, 31)


def test_a_source_that_was_not_read_is_said_so_and_has_no_link(register):
    path = register(URL, "unread: le site ne répond pas")
    path.write_text(path.read_text("utf-8").replace(f"    {READ}\n", ""), encoding="utf-8")
    assert load_facts(path)["population"].cited("source", linked=True) == (
        "Insee Focus n° 374, décembre 2025, source non relue"
    )


def test_an_undated_page_is_dated_by_its_reading_and_a_secondary_source_is_quoted(register):
    path = register("    published: décembre 2025\n")
    path.write_text(path.read_text("utf-8").replace("confidence: H", "confidence: M"), encoding="utf-8")
    assert (
        load_facts(path)["population"].cited("source")
        == "selon Insee Focus n° 374, page lue le 30 novembre 2026"
    )


def test_every_fact_that_the_modules_cite_is_in_the_register_and_shows_a_link_or_says_why_not():
    """The committed register passes its own rules; so do the sources that learners see."""
    known = load_facts()
    for folder in sorted(paths.modules().iterdir()):
        texts = (path.read_text("utf-8") for path in [folder / "notebook.md", *folder.rglob("*.svg")])
        for what, name in {found for text in texts for found in CITATION.findall(text)}:
            shown = known[name].cited(what, linked=True)
            assert what == "fact" or "](http" in shown or "source non relue" in shown


def test_a_notebook_shows_the_source_as_a_link_in_text_and_never_in_a_picture(modules, edit):
    edit("notebook.md", "Le tableau suivant compte", "Selon {source}`a`, le tableau suivant compte")
    fact = Fact("a", 1, "%", "Part", "Insee", "H", date(2027, 1, 1), "2026", "https://www.insee.fr/fr/1")
    cells = notebook(load_module(modules / "X01-essai"), {"a": fact}, [], {}).cells
    assert any("Selon [Insee](https://www.insee.fr/fr/1), 2026, le tableau" in cell.source for cell in cells)


TODAY = date(2027, 1, 1)


def fact(name: str, day: date, **more: object) -> Fact:
    return Fact(name, 1, "%", "Part", "Insee", "H", day, **more)  # type: ignore[arg-type]


def test_the_facts_to_read_again_are_listed_the_oldest_first():
    known = [fact("demain", date(2027, 1, 2)), fact("ce-jour", TODAY), fact("en-retard", date(2026, 5, 1))]
    assert [one.id for one in listing.due(known, TODAY)] == ["en-retard", "ce-jour"]


def test_a_line_tells_how_the_source_was_read_and_who_cites_it(tmp_path):
    (tmp_path / "X01-essai").mkdir()
    (tmp_path / "X01-essai" / "notebook.md").write_text("{fact}`lu`", encoding="utf-8")
    known = [
        fact("lu", TODAY, url="https://www.insee.fr/fr/1", read_on=date(2026, 11, 30), how="copy"),
        fact("non-lu", TODAY, unread="le site ne répond pas"),
    ]
    assert list(listing.lines(known, tmp_path)) == [
        "lu : 1\u00a0% ; https://www.insee.fr/fr/1, copie de la page lue le 30/11/2026 ; à relire le 01/01/2027 ; X01",
        "non-lu : 1\u00a0% ; Insee, source non relue (le site ne répond pas) ; à relire le 01/01/2027 ; aucun module",
    ]


def test_the_exit_code_tells_whether_something_is_to_be_read_again(capsys):
    first = min(one.check_again for one in load_facts().values())
    assert cli.main(["facts", "due", "--on", first.isoformat()]) == 1
    assert cli.main(["facts", "due", "--on", "2020-01-01"]) == 0
    assert cli.main(["facts"]) == 0
    assert "de source non relue" in capsys.readouterr().err
