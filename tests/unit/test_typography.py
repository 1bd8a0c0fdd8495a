"""Typography: each slip has its word and its line, and is mended in the file itself without touching anything else."""

import pytest

from autograder.authoring import typography
from autograder.authoring.new import TEMPLATE, new
from autograder.french.marks import spaced
from autograder.modules.load import load_module


@pytest.fixture
def folder(modules):
    return modules / "X01-essai"


def said(folder):
    return [str(finding) for finding in typography.findings(folder)]


def test_what_campus_new_makes_has_nothing_to_mend(folder):
    assert said(TEMPLATE) == [] == said(folder)


def test_the_word_and_its_own_line_are_said(folder, edit):
    edit(
        "notebook.md",
        "Pourquoi ce sujet",
        "Une ligne.\nL'usage : on le dit « ainsi », à 12 %.\nPourquoi ce sujet",
    )
    line = (folder / "notebook.md").read_text(encoding="utf-8").split("L'usage")[0].count("\n") + 1
    assert said(folder) == [
        f"X01-essai/notebook.md, ligne {line} : typographie : « L'usage » demande une apostrophe courbe (’).",
        f"X01-essai/notebook.md, ligne {line} : typographie : « usage : » demande une espace insécable avant « : ».".replace(
            "« usage", "« L'usage"
        ),
        f"X01-essai/notebook.md, ligne {line} : typographie : « « ainsi » demande une espace insécable après « .",
        f"X01-essai/notebook.md, ligne {line} : typographie : « ainsi », » demande une espace insécable avant « » ».",
        f"X01-essai/notebook.md, ligne {line} : typographie : « 12 %. » demande une espace insécable avant « % ».",
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("message: L'usage : le mot", None),
        ("message: 'L''usage du « mot »'", "L’usage du «\u00a0mot\u00a0»"),
        ('message: "L\'usage : le mot !"', "L’usage\u00a0: le mot\u00a0!"),
        ("message: >-\n        L'usage ;\n        d'autres ?", "L’usage\u00a0; d’autres\u00a0?"),
        (
            "message: Que dit « Oui. » ? Et « Saint- »",
            "Que dit «\u00a0Oui.\u00a0»\u00a0? Et «\u00a0Saint-\u00a0»",
        ),
        ("message: Que dit\n        » ce mot\n        ?", "Que dit\u00a0» ce mot\u00a0?"),
        ("message: Lisez `type` ; puis [ceci] ?", "Lisez `type`\u00a0; puis [ceci]\u00a0?"),
        ("message: Le code `a : 'b'` reste", None),
    ],
)
def test_texts_are_mended_in_yaml_however_they_are_quoted(folder, edit, written, read):
    edit(
        "answers.yml",
        "message: C’est ce que le nom du fichier laisse attendre. Vérifiez dans la colonne «\u00a0type\u00a0».",
        written,
    )
    before = (folder / "answers.yml").read_text(encoding="utf-8")
    typography.fix(folder)
    if read is None:  # not YAML, or code: nothing is touched
        assert (folder / "answers.yml").read_text(encoding="utf-8") == before
    else:
        assert load_module(folder).exercises["nommer"].mistakes[2].message == read
        assert said(folder) == []


def test_code_ids_and_answers_are_left_alone(folder, edit):
    edit(
        "notebook.md",
        "Pourquoi ce sujet",
        "`l'un : l'autre` <b title='l'un'>x</b>\n\n```\nl'un : l'autre\n```\n\nPourquoi",
    )
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert typography.fix(folder) == 0
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_title_of_a_step_is_mended_and_the_keys_beside_it_are_not(folder, edit):
    edit(
        "notebook.md",
        '+++ {"step": "À écrire\u00a0: pourquoi ce sujet"}',
        '+++ {"step": "Où ? « Ici. »", "optional" : true}',
    )
    typography.fix(folder)
    first = (folder / "notebook.md").read_text(encoding="utf-8").split("\n")[0]
    assert first == '+++ {"step": "Où\u00a0? «\u00a0Ici.\u00a0»", "optional" : true}'


def test_an_image_is_no_exclamation(folder, edit):
    edit("notebook.md", "Pourquoi ce sujet", "Voyez (ici) ![une image](images/a.svg) !")
    assert [one.split(" : ", 1)[1] for one in said(folder)] == [
        "typographie : « image](images/a.svg) ! » demande une espace insécable avant « ! »."
    ]


def test_a_module_that_cannot_be_read_is_left_alone(tmp_path):
    folder = new("F15", "essai", tmp_path)
    (folder / "answers.yml").write_text("title: l'un: l'autre", encoding="utf-8")
    (folder / "notebook.md").write_bytes(b"\xff")
    assert typography.fix(folder) == 0


def test_a_closing_quote_never_begins_a_line() -> None:
    assert spaced("« Saint- » ; « (a) »") == "«\u00a0Saint-\u00a0»\u00a0; «\u00a0(a)\u00a0»"
    assert spaced("« Le nôtre est mieux. »") == "«\u00a0Le nôtre est mieux.\u00a0»"
    assert spaced("Vraiment ? 12 % ; oui") == "Vraiment\u00a0? 12\u00a0%\u00a0; oui"
