"""The take-away card of a module: what `campus check` wants of it, and where the build puts it."""

import pytest

from autograder.authoring.lint import errors_of, warnings_of
from autograder.lab.card import card
from autograder.modules.load import load_module

CARD = '+++ {"role": "takeaway"}\n> **Deux gestes**\n>\n> 1. Lire une ligne.\n> 2. Compter.\n'
LAST = 'check("compter")\n```'


def said(modules):
    module = load_module(modules / "X01-essai")
    return "\n".join(map(str, [*errors_of(module), *warnings_of(module)]))


def add(edit, text=CARD):
    edit("notebook.md", LAST, f"{LAST}\n\n{text}")


def test_a_card_is_told_with_its_module(modules, edit):
    assert card(load_module(modules / "X01-essai")).takeaway == ""
    add(edit)
    module = load_module(modules / "X01-essai")
    assert card(module).takeaway.startswith("> **Deux gestes**")
    assert "fiche" not in said(modules)


def test_a_published_module_without_a_card_deserves_a_look(modules, edit):
    assert "fiche" not in said(modules)
    edit("module.yml", "status: draft", "status: published")
    assert "n’a pas de fiche à emporter" in said(modules)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CARD + "\n" + CARD, "deux fiches"),
        (CARD + "> " + "mot " * 400, "1200 au plus"),
        (CARD.replace("> **Deux", "## Titre\n> **Deux"), "ni titre"),
        (CARD + "> Voyez ci-dessus.", "ni « ci-dessus »"),
        (CARD + "> {fact}`anssi-ia-recommandations`", "fait daté"),
        (CARD + '\n+++ {"step": "Encore"}\nDu texte.', "la dernière étape qui n’est pas facultative"),
    ],
)
def test_a_broken_rule_is_said(modules, edit, text, message):
    add(edit, text)
    assert message in said(modules)


def test_optional_steps_come_after_the_card(modules, edit):
    add(edit, CARD + '\n+++ {"step": "Encore", "optional": true}\nDu texte.')
    assert "fiche" not in said(modules)
