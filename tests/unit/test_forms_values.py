"""What learners type and pick, and what is kept of it."""

import pytest

from autograder.authoring.questions import public_form
from autograder.contract.forms import UnreadableAnswer
from autograder.forms.values import read_value
from autograder.french.numbers import short
from autograder.modules.load import load_modules

OPTIONS = {"a": "une commune", "b": "un EPCI", "c": "un département"}
NUMBER = {"widget": "number", "label": "Population"}
SLIDER = {"widget": "slider", "label": "Part", "min": 0, "max": 100, "step": 5}
LOG = {
    "widget": "log",
    "items": {"x": "X"},
    "fields": {"choix": {"label": "C", "options": OPTIONS}, "texte": {"label": "T"}},
}
MATCH = {"widget": "match", "items": {"x": "X", "y": "Y"}, "options": OPTIONS}


def form(widget: str) -> dict[str, object]:
    return {"widget": widget, "options": OPTIONS}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("459", 459),
        (" 1 959,9 ", 1959.9),
        ("environ 459", 459),
        ("1\u00a0959,9", 1959.9),
        ("1\u202f959,9", 1959.9),
        ("1959.9", 1959.9),
        ("−3", -3),
        ("+2,5", 2.5),
        ("12,", 12.0),
        (459, 459),
        ("", None),
    ],
)
def test_numbers_are_read_as_french_people_write_them(written: object, kept: float | None) -> None:
    value = read_value(NUMBER, written)
    assert value == kept
    assert type(value) is type(kept)


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("12 %", "sans le signe %"),
        ("1.959,9", "une seule virgule"),
        ("459 habitants", "sans « habitants »"),
        ("douze", "en chiffres"),
        ("€ 12", "le nombre seul"),
        ("1e400", "en chiffres"),
        ("nan", "en chiffres"),
        ("9" * 400, "trop grand"),
        ("-", "en chiffres"),
        (True, "en chiffres"),
        (float("nan"), "en chiffres"),
    ],
)
def test_a_wrong_writing_is_explained(written: object, advice: str) -> None:
    with pytest.raises(UnreadableAnswer, match=advice):
        read_value(NUMBER, written)


@pytest.mark.parametrize("number", [459, -3, 1959.9, 0.1, 1e-7, 12345678.25])
def test_a_number_shown_is_read_back(number: float) -> None:
    assert read_value(NUMBER, short(number)) == number


@pytest.mark.parametrize(
    ("unit", "written", "kept"),
    [
        ("habitants", "33 085 habitants", 33085),
        ("%", "25 %", 25),
        ("%", "25\u202fpour cent", 25),
        ("pour 100", "25 %", 25),
        ("pour 100", "25 pour 100", 25),
        ("mois", "12 mois", 12),
        ("€", "1 234 €", 1234),
        ("€", "\u22121\u00a0234,50 euros", -1234.5),
        ("villes", "1 ville", 1),
    ],
)
def test_the_unit_of_the_question_may_follow_the_number(unit: str, written: str, kept: float) -> None:
    assert read_value(NUMBER | {"unit": unit}, written) == kept


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("habitants", "25 %"),
        ("habitants", "33 milliers d’habitants"),
        ("€", "12 k€"),
        ("%", "5 ‰"),
        ("mois", "1 an"),
    ],
)
def test_another_unit_is_told_and_never_taken_for_that_of_the_question(unit: str, written: str) -> None:
    with pytest.raises(UnreadableAnswer, match=f"attendu en « {unit} »") as told:
        read_value(NUMBER | {"unit": unit}, written)
    assert f"« {written.split(' ', 1)[1]} »" in str(told.value)


QUESTION = "Plus petit indice majoré, ou nombre de jours de besoin par an"


@pytest.mark.parametrize(
    ("unit", "written", "kept"),
    [
        ("", "indice 380", 380),
        ("", "l’indice majoré 380", 380),
        ("", "Indice \u22123,5", -3.5),
        ("jours", "147 jours par an", 147),
        ("jours", "147 par an", 147),
        ("jours", "147 j par an", 147),
    ],
)
def test_words_of_the_question_may_go_with_the_number(unit: str, written: str, kept: float) -> None:
    assert read_value({"widget": "number", "label": QUESTION, "unit": unit}, written) == kept


@pytest.mark.parametrize(
    "written", ["147 jours par mois", "plus 147", "plus petit 147", "le seuil 147", "147 heures par an"]
)
def test_other_words_are_told(written: str) -> None:
    with pytest.raises(UnreadableAnswer):
        read_value({"widget": "number", "label": QUESTION, "unit": "jours"}, written)


@pytest.mark.parametrize("unit", ["", None])
def test_a_percentage_is_never_taken_for_a_share(unit: str | None) -> None:
    with pytest.raises(UnreadableAnswer, match="une part entre 0 et 1 s’écrit 0,25"):
        read_value(NUMBER | {"unit": unit}, "25 %")


OF_THE_COURSE = {
    f"{module.id} {key}": public_form(exercise)
    for module in load_modules()
    for key, exercise in module.exercises.items()
    if exercise.form["widget"] in ("number", "slider")
}


@pytest.mark.parametrize("name", OF_THE_COURSE)
def test_each_number_of_the_course_is_read_alone(name: str) -> None:
    for written in ("8", "8,0", "+8"):
        assert read_value(OF_THE_COURSE[name], written) == 8


@pytest.mark.parametrize("name", [name for name, form in OF_THE_COURSE.items() if "unit" in form])
def test_each_number_of_the_course_is_read_with_its_unit(name: str) -> None:
    form = OF_THE_COURSE[name]
    for written in (f"8 {form['unit']}", f"8\u00a0{form['unit'].upper()}"):
        assert read_value(form, written) == 8
    if form["widget"] == "number":
        assert read_value(form, f"\u22121\u202f234,5 {form['unit']}") == -1234.5
    with pytest.raises(UnreadableAnswer, match=f"attendu en « {form['unit']} »"):
        read_value(form, "8 kilomètres")
    with pytest.raises(UnreadableAnswer):
        read_value(form, f"8 milliers de {form['unit']}")


def test_a_slider_keeps_any_number_between_its_ends() -> None:
    assert read_value(SLIDER, "52,5") == 52.5
    with pytest.raises(UnreadableAnswer, match="entre 0 et 100"):
        read_value(SLIDER, "150")


def test_choices_are_kept_in_the_order_of_the_form() -> None:
    assert read_value(form("choice"), "b") == "b"
    assert read_value(form("choices"), ["c", "a"]) == ["a", "c"]
    assert read_value(form("choices"), []) is None


def test_an_order_needs_every_option_once() -> None:
    assert read_value(form("order"), ["c", "a", "b"]) == ["c", "a", "b"]
    for wrong in (["a", "b"], ["a", "a", "b"], ["a", "b", "z"]):
        with pytest.raises(UnreadableAnswer):
            read_value(form("order"), wrong)


def test_pairs_may_be_incomplete() -> None:
    assert read_value(MATCH, {"x": "a", "y": ""}) == {"x": "a"}
    assert read_value(MATCH, {"x": "", "y": ""}) is None


@pytest.mark.parametrize(
    ("widget", "strange"),
    [("choice", "z"), ("choice", ["a"]), ("choices", "a"), ("order", 3), ("match", ["a"]), ("text", 3)],
)
def test_a_strange_value_is_refused_in_french(widget: str, strange: object) -> None:
    with pytest.raises(UnreadableAnswer, match=r"Choisissez|Écrivez"):
        read_value(MATCH if widget == "match" else form(widget), strange)


def test_blank_text_is_no_answer() -> None:
    assert read_value({"widget": "text"}, " \n ") is None
    assert read_value({"widget": "text"}, " Médiane ") == " Médiane "


def test_a_log_keeps_the_cells_that_are_filled():
    assert read_value(LOG, {"x.texte": "27000", "x.choix": ""}) == {"x.texte": "27000"}
    assert read_value(LOG, {"x.texte": " ", "x.choix": ""}) is None


@pytest.mark.parametrize(
    "strange", [["x"], {"y.choix": "a"}, {"x.choix": "z"}, {"x.texte": "9" * 201}, {"x.texte": 3}]
)
def test_a_log_refuses_what_it_does_not_show(strange):
    with pytest.raises(UnreadableAnswer):
        read_value(LOG, strange)
