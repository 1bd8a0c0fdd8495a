"""Masking hides what has a form, and misses the rest; the simulated agent shows what protects it."""

import pytest

from autograder.assistant import agent, masking, show


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Écrivez à a.b@c.example.", "Écrivez à [courriel]."),
        ("Tél. 0639980123, 06.39.98.01.23", "Tél. [téléphone], [téléphone]"),
        ("+33 6 39 98 01 23", "[téléphone]"),
        ("NIR 2 84 99 99 999 999 04", "NIR [numéro de sécurité sociale]"),
        ("NIR 2 84 99 99 999 999 40", "NIR 2 84 99 99 999 999 40"),
        ("FR14 2004 1010 0505 0001 3M02 606", "[IBAN]"),
        ("FR14 2004 1010 0505 0001 3M02 607", "FR14 2004 1010 0505 0001 3M02 607"),
        ("Dossier 2026-000123, le 12 03 2026", "Dossier 2026-000123, le 12 03 2026"),
        ("", ""),
    ],
)
def test_what_is_recognised(text, masked):
    assert masking.mask(text) == masked


def test_masking_misses_most_of_what_names_somebody():
    report = masking.report()
    assert len(masking.examples()) >= 8
    assert 0 < report["masque"].mean() < 0.5
    missed = set(report[~report["masque"]]["genre"])
    assert {"nom", "santé", "personne reconnaissable", "date de naissance"} <= missed


def test_every_label_is_in_its_text():
    assert all(words in one.text for one in masking.examples() for _, words in one.hide)


PROTECTIONS = {protection.name: protection for protection in agent.PROTECTIONS}
ATTACKS = [document for document in agent.DOCUMENTS if document.hostile]
(HONEST,) = (document for document in agent.DOCUMENTS if not document.hostile)


def done(protection, document):
    return [action.tool for action in agent.run(document, PROTECTIONS[protection])]


def test_an_unprotected_program_obeys_every_attack_and_does_what_is_honestly_asked():
    assert all(done("aucune", attack) for attack in ATTACKS)
    assert done("aucune", HONEST) == ["envoyer"]


def test_a_filter_stops_only_the_attack_that_it_foresaw_and_erases_an_honest_sentence():
    filtering = "filtre de mots interdits"
    assert [bool(done(filtering, attack)) for attack in ATTACKS].count(False) == 1
    assert agent.removed(HONEST, PROTECTIONS[filtering]) and done(filtering, HONEST) == ["envoyer"]


@pytest.mark.parametrize("protection", [p.name for p in agent.PROTECTIONS[2:5]])
def test_what_does_not_depend_on_words_holds(protection):
    assert not any(done(protection, attack) for attack in ATTACKS)


@pytest.mark.parametrize("protection", [p.name for p in agent.PROTECTIONS[2:4]])
def test_a_protection_that_takes_tools_away_refuses_what_is_honestly_asked(protection):
    assert done(protection, HONEST) == []


def test_a_person_who_reads_lets_through_what_is_honestly_asked():
    assert done("validation par une personne qui lit", HONEST) == ["envoyer"]


def test_approving_without_reading_protects_nothing():
    assert all(done("validation cliquée sans lire", attack) for attack in ATTACKS)


def test_the_table_says_what_it_assumes_and_what_it_costs():
    shown = show.agent_actions().content
    assert "par construction" in shown and "copie refusée" in shown
