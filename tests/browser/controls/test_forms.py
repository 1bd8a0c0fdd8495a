"""The ordinary controls: answered by keyboard, shown again, empty until answered, accessible; a kernel that is away is told."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.controls.conftest import SAVED, Drawn

Traits = Callable[..., dict[str, Any]]
PAUSED = "Formulaire en pause : Python ne répond pas."

BY_KEYBOARD: dict[str, tuple[str, list[str], object]] = {
    "unite": ("radio", ["Space", "ArrowDown"], "b"),
    "vides": ("checkbox", ["Space", "Tab", "Tab", "Space"], ["a", "c"]),
    "paires": ("combobox", ["ArrowDown", "Tab", "ArrowDown", "ArrowDown"], {"epci": "g", "insee": "i"}),
    "moyenne": ("textbox", ["1", "2", ",", "5"], "12,5"),
    "part": ("slider", ["ArrowRight"], 55),
    "mot": ("textbox", ["m", "o", "t"], "mot"),
    "avis": ("textbox", ["o", "u", "i"], "oui"),
}
"""exercise -> role of what is focused first, keys pressed, answer sent."""
KEPT: dict[str, object] = {
    "unite": "b",
    "vides": ["a", "c"],
    "etapes": ["c", "a", "b"],
    "paires": {"epci": "g"},
    "moyenne": "1959,9",
    "part": 55,
    "mot": "médiane",
    "avis": "Deux mots.",
}


@pytest.mark.parametrize("exercise", BY_KEYBOARD)
def test_an_answer_given_by_keyboard_is_sent(drawn: Drawn, panel_traits: Traits, exercise: str) -> None:
    role, keys, answer = BY_KEYBOARD[exercise]
    drawn.draw("form", panel_traits(exercise))
    drawn.form.get_by_role(role).first.focus()  # type: ignore[arg-type]
    drawn.press(*keys)
    drawn.wait(1)
    assert (drawn.sent[-1]["action"], drawn.sent[-1]["value"]) == ("save", answer)
    expect(drawn.form.locator(".saved")).to_have_text("Enregistré à 10 h 05")


def test_an_order_is_changed_by_buttons_that_keep_the_focus(drawn: Drawn, panel_traits: Traits) -> None:
    drawn.draw("form", panel_traits("etapes"))
    down = drawn.form.get_by_role("button", name="Descendre : une commune")
    down.focus()
    drawn.press("Space", "Space")
    assert drawn.sent[-1]["value"] == ["b", "c", "a"]
    expect(down).to_be_focused()
    expect(down).to_have_attribute("aria-disabled", "true")
    drawn.press("Space")
    expect(drawn.form).to_contain_text("Déjà en dernière position.")


@pytest.mark.parametrize("exercise", KEPT)
def test_a_saved_answer_is_shown_and_read_again(drawn: Drawn, panel_traits: Traits, exercise: str) -> None:
    drawn.draw("form", panel_traits(exercise, value=KEPT[exercise]))
    drawn.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert (drawn.sent[-1]["action"], drawn.sent[-1]["value"]) == ("check", KEPT[exercise])


@pytest.mark.parametrize(("typed", "place", "told"), [("1 2,5 %", "15", "12,5 %"), ("\u22125", "0", "-5 %")])
def test_a_number_typed_moves_the_cursor_whatever_follows_it(
    drawn: Drawn, panel_traits: Traits, typed: str, place: str, told: str
) -> None:
    drawn.draw("form", panel_traits("part"))
    drawn.form.get_by_label("Valeur").fill(typed)
    drawn.wait(1)
    expect(drawn.form.get_by_role("slider")).to_have_value(place)
    expect(drawn.form.get_by_role("slider")).to_have_attribute("aria-valuetext", told.replace(" ", "\u00a0"))
    assert drawn.sent[-1]["value"] == typed, "the kernel reads it, and judges the unit"


@pytest.mark.parametrize("exercise", [one for one in KEPT if one != "etapes"])
def test_nothing_is_an_answer_before_the_learner_gives_one(
    drawn: Drawn, panel_traits: Traits, exercise: str
) -> None:
    drawn.draw("form", panel_traits(exercise))
    drawn.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert drawn.sent[-1]["value"] is None


def test_an_order_is_no_answer_until_it_is_moved_or_verified_as_it_is_shown(
    drawn: Drawn, panel_traits: Traits
) -> None:
    drawn.draw("form", panel_traits("etapes"))
    verify, erase = (
        drawn.form.get_by_role("button", name=name) for name in ("Vérifier ma réponse", "Effacer ma réponse")
    )
    erase.click()
    assert (drawn.sent[-1]["action"], drawn.sent[-1]["value"]) == ("save", None)
    verify.click()
    assert (drawn.sent[-1]["action"], drawn.sent[-1]["value"]) == ("check", ["a", "b", "c"])
    expect(drawn.form.locator(".saved")).to_have_text("Enregistré à 10 h 05")
    erase.click()
    assert drawn.saved is None
    verify.click()
    assert drawn.saved == ["a", "b", "c"]


@pytest.mark.parametrize("exercise", KEPT)
def test_each_form_is_accessible(drawn: Drawn, panel_traits: Traits, exercise: str) -> None:
    drawn.draw("form", panel_traits(exercise, value=KEPT[exercise], verdict="<p>Juste.</p>", outdated=True))
    drawn.form.get_by_text("Indice 1").click()
    drawn.check_accessibility()


def test_a_kernel_that_does_not_answer_is_told_until_it_does(drawn: Drawn, panel_traits: Traits) -> None:
    drawn.draw("form", panel_traits("mot"), reply=None)
    banner = drawn.form.locator(".paused")
    drawn.wait(2.9)
    expect(banner).to_be_hidden()
    drawn.wait(0.2)
    expect(banner).to_contain_text(PAUSED)
    assert banner.get_attribute("role") == "note"
    drawn.form.get_by_role("textbox").fill("médiane")
    drawn.wait(4)
    expect(banner).to_contain_text("n’est pas encore enregistré")
    assert banner.get_attribute("role") == "alert"
    drawn.receive(action="save", **SAVED)
    expect(banner).to_be_hidden()


def test_a_closed_connection_is_told_at_once(drawn: Drawn, panel_traits: Traits) -> None:
    drawn.draw("form", panel_traits("mot"))
    drawn.page.evaluate("void (model.send = () => { throw new Error('closed') })")
    drawn.form.get_by_role("button", name="Vérifier ma réponse").click()
    expect(drawn.form.locator(".paused")).to_contain_text(PAUSED)


def test_a_reply_meant_for_another_view_is_passed_over(drawn: Drawn, panel_traits: Traits) -> None:
    drawn.draw("form", panel_traits("mot"), reply=None)
    drawn.page.evaluate("model.receive({request: 'another', action: 'save', error: 'Une erreur.'})")
    expect(drawn.form.locator(".error")).to_be_empty()


def test_plain_keys_stay_in_the_form_and_an_answer_goes_before_a_command(
    drawn: Drawn, panel_traits: Traits
) -> None:
    drawn.draw("form", panel_traits("mot"))
    drawn.page.evaluate("heard = []; void (document.body.onkeydown = event => void heard.push(event.key))")
    drawn.form.get_by_role("textbox").focus()
    drawn.press("d", "d", "Escape")
    assert drawn.page.evaluate("heard") == ["Escape"]
    assert drawn.sent[-1]["action"] == "hello"  # what is typed is sent once the typing stops
    drawn.press("Control+s")
    assert drawn.page.evaluate("heard.at(-1)") == "s"
    assert (drawn.sent[-1]["action"], drawn.sent[-1]["value"]) == ("save", "dd")


def test_what_is_typed_goes_before_the_page_is_left(drawn: Drawn, panel_traits: Traits) -> None:
    drawn.draw("form", panel_traits("mot"))
    drawn.form.get_by_role("textbox").focus()
    drawn.press("d", "d")
    drawn.page.evaluate("void window.dispatchEvent(new Event('pagehide'))")
    assert (drawn.sent[-1]["action"], drawn.sent[-1]["value"]) == ("save", "dd")


def test_ids_are_unique_between_copies_of_the_script(drawn: Drawn, panel_traits: Traits) -> None:
    for _ in range(2):
        for exercise in KEPT:
            drawn.draw("form", panel_traits(exercise))
    ids = drawn.page.evaluate("[...document.querySelectorAll('[id]')].map(node => node.id)")
    assert len(ids) == len(set(ids)) > 40
    assert drawn.page.locator("style[data-campus]").count() == 1


def test_an_answer_that_changes_greys_its_verdict_at_once(drawn: Drawn, panel_traits: Traits) -> None:
    """Whatever the kernel will say: it may be busy, or refuse what is being typed."""
    for exercise, role in (("mot", "textbox"), ("moyenne", "textbox"), ("part", "slider")):
        drawn.draw("form", panel_traits(exercise, verdict="<p>Juste.</p>"))
        outdated = drawn.form.locator(".outdated")
        expect(outdated).to_be_hidden()
        drawn.form.get_by_role(role).first.focus()  # type: ignore[arg-type]
        drawn.press("ArrowRight" if role == "slider" else "d")
        expect(outdated).to_have_text("Vous avez modifié votre réponse depuis cette vérification.")
        drawn.wait(1)
        expect(outdated).to_be_hidden()  # the kernel has read it, and says that the answer is the same


def test_what_cannot_be_read_leaves_the_verdict_greyed(drawn: Drawn, panel_traits: Traits) -> None:
    drawn.draw("form", panel_traits("moyenne", verdict="<p>Juste.</p>"), reply={"error": "À compléter."})
    drawn.form.get_by_role("textbox").fill("douze")
    drawn.wait(1)
    expect(drawn.form.locator(".error")).to_have_text("À compléter.")
    expect(drawn.form.locator(".outdated")).to_be_visible()


REFUSED = "À compléter. Écrivez le nombre seul, en chiffres. Cette saisie n’est pas enregistrée."


def test_what_is_refused_at_the_bottom_of_the_window_is_told_in_sight(
    drawn: Drawn, panel_traits: Traits
) -> None:
    drawn.page.set_viewport_size({"width": 683, "height": 384})
    drawn.page.evaluate("document.body.style.padding = '500px 0'")
    drawn.draw("form", panel_traits("moyenne"), reply=None)
    field, told = drawn.form.get_by_role("textbox"), drawn.form.locator(".error")
    field.evaluate("node => node.scrollIntoView({block: 'end'})")
    field.focus()
    drawn.press("d", "i", "x")
    expect(told).to_be_hidden()
    drawn.wait(1)
    drawn.receive(action="save", error=REFUSED)
    expect(told).to_have_text(REFUSED)
    expect(told).to_be_in_viewport(ratio=0.9)
    expect(field).to_be_in_viewport(ratio=0.9)
    expect(field).to_be_focused()


def test_a_refusal_far_below_what_is_being_typed_leaves_it_in_sight(
    drawn: Drawn, panel_traits: Traits
) -> None:
    drawn.page.set_viewport_size({"width": 683, "height": 384})
    drawn.draw("form", panel_traits("moyenne"), reply={"error": REFUSED})
    drawn.form.locator(".error").evaluate("node => void (node.style.paddingTop = '600px')")
    field = drawn.form.get_by_role("textbox")
    field.fill("dix")
    drawn.wait(1)
    expect(drawn.form.locator(".error")).to_have_text(REFUSED)
    expect(field).to_be_in_viewport(ratio=0.9)


def test_an_answer_that_changes_without_a_verdict_says_nothing(drawn: Drawn, panel_traits: Traits) -> None:
    drawn.draw("form", panel_traits("mot"))
    drawn.form.get_by_role("textbox").fill("d")
    expect(drawn.form.locator(".outdated")).to_be_hidden()


def test_nothing_answered_is_not_said_to_be_saved(drawn: Drawn, panel_traits: Traits) -> None:
    drawn.draw("form", panel_traits("mot"))
    drawn.form.get_by_role("button", name="Vérifier ma réponse").click()
    assert drawn.sent[-1]["action"] == "check"
    expect(drawn.form.locator(".saved")).to_be_empty()


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("villes", ["0\u00a0ville", "1\u00a0ville", "2\u00a0villes"]),
        ("points de pourcentage", ["0\u00a0point de pourcentage", "1\u00a0point de pourcentage"]),
        ("mois", ["0\u00a0mois", "1\u00a0mois", "2\u00a0mois"]),
        ("%", ["0\u00a0%", "1\u00a0%"]),
        ("", ["0", "1", "2"]),
    ],
)
def test_below_two_a_unit_is_in_the_singular(
    drawn: Drawn, panel_traits: Traits, unit: str, told: list[str]
) -> None:
    traits = panel_traits("part")
    drawn.draw("form", {**traits, "form": {**traits["form"], "unit": unit, "min": 0, "max": 2, "step": 1}})
    for number, said in enumerate(told):
        drawn.form.get_by_label("Valeur").fill(str(number))
        assert drawn.form.get_by_role("slider").get_attribute("aria-valuetext") == said


def test_a_cursor_repeats_a_number_and_no_other_text(drawn: Drawn, panel_traits: Traits) -> None:
    drawn.draw("form", panel_traits("part"))
    drawn.form.get_by_label("Valeur").fill("douze villes")
    expect(drawn.form.get_by_role("slider")).to_have_attribute("aria-valuetext", "à écrire en chiffres")


def test_a_cursor_is_named_by_its_question_and_moves_by_keyboard(drawn: Drawn, panel_traits: Traits) -> None:
    traits = panel_traits("part")
    drawn.draw("form", traits)
    slider, field = drawn.form.get_by_role("slider"), drawn.form.get_by_label("Valeur")
    expect(slider).to_have_accessible_name(drawn.form.locator("legend").inner_text())
    expect(slider).to_have_attribute("aria-valuetext", "pas encore de réponse")
    slider.focus()
    for key, value in (("ArrowRight", "55"), ("ArrowDown", "50"), ("Home", "0"), ("End", "100")):
        drawn.press(key)
        expect(field).to_have_value(value)
        expect(slider).to_have_attribute("aria-valuetext", f"{value}\u00a0%")
    drawn.wait(1)
    assert drawn.saved == 100
    expect(drawn.form.get_by_role("button", name="Répondre")).to_have_count(0)


def test_a_cursor_pressed_where_it_was_found_is_an_answer(drawn: Drawn, panel_traits: Traits) -> None:
    drawn.draw("form", panel_traits("part"))
    drawn.form.get_by_role("slider").click()
    assert drawn.saved == 50


LONG = "les femmes seules avec enfants qui ont droit au RSA et ne le touchent pas"


@pytest.mark.parametrize(("width", "long"), [(1366, "long"), (683, "long"), (320, "long"), (1366, "short")])
def test_a_choice_longer_than_its_list_is_written_whole_below(
    drawn: Drawn, panel_traits: Traits, width: int, long: str
) -> None:
    drawn.page.set_viewport_size({"width": width, "height": 768})
    traits = panel_traits("paires")
    if long == "long":
        traits["form"]["options"] = [
            ["g", f"{LONG}, quel que soit leur âge, dans tout le pays"],
            ["i", "zéro"],
        ]
    drawn.draw("form", traits)
    select = drawn.form.get_by_role("combobox").first
    whole = drawn.form.locator(".whole")
    label = drawn.form.locator(".pair label").first
    boxes = select.bounding_box(), label.bounding_box()
    assert boxes[0] and boxes[1]
    assert (boxes[0]["y"] >= boxes[1]["y"] + boxes[1]["height"]) == (long == "long" or width < 400)
    expect(whole).to_have_count(0)
    select.select_option("g")
    expect(whole).to_have_count(int(long == "long"))
    if long == "long":
        expect(whole).to_have_text(f"{LONG}, quel que soit leur âge, dans tout le pays")
        expect(whole).to_have_attribute("aria-hidden", "true")  # the list says it already
    select.select_option("i")
    expect(whole).to_have_count(0)
    size = drawn.form.evaluate("node => [node.scrollWidth, node.clientWidth]")
    assert size[0] <= size[1]


def test_a_choice_is_written_whole_when_it_comes_from_the_file_or_when_the_page_narrows(
    drawn: Drawn, panel_traits: Traits
) -> None:
    traits = panel_traits("paires", value={"epci": "g"})
    traits["form"]["options"] = [["g", LONG]]
    drawn.draw("form", traits)
    whole = drawn.form.locator(".whole")
    expect(whole).to_have_count(0)
    drawn.page.set_viewport_size({"width": 480, "height": 768})
    expect(whole).to_have_text(LONG)
    drawn.page.set_viewport_size({"width": 1366, "height": 768})
    expect(whole).to_have_count(0)


PROOFS = [["a", "une liste de référence donne ou confirme la valeur"], ["b", "le doute"]]


@pytest.mark.parametrize(("width", "lines"), [(1000, 1), (683, 2), (320, 3)])
def test_a_line_of_a_log_takes_as_little_height_as_it_can(
    drawn: Drawn, panel_traits: Traits, width: int, lines: int
) -> None:
    drawn.page.set_viewport_size({"width": width, "height": 768})
    traits = panel_traits("mot")
    fields = [
        ["decision", "Décision", [["c", "corriger"]]],
        ["apres", "Nouvelle valeur", []],
        ["preuve", "Preuve", PROOFS],
    ]
    traits["form"] |= {
        "widget": "log",
        "items": [["evreux", "Évreux"], ["prouvy", "Prouvy"]],
        "fields": fields,
    }
    drawn.draw("form", traits)
    group = drawn.form.locator(".entry-group").first
    legend, box = group.locator("legend").bounding_box(), group.bounding_box()
    assert legend and box and legend["y"] > box["y"], "the line of the box cuts through no legend"
    tops = group.locator(".columns > div").evaluate_all(
        "all => all.map(node => node.getBoundingClientRect().top)"
    )
    assert len({round(top) for top in tops}) == lines
    group.get_by_label("Preuve").select_option("a")
    whole = group.locator(".whole")
    expect(whole).to_have_count(int(width < 400))
    size = drawn.form.evaluate("node => [node.scrollWidth, node.clientWidth]")
    assert size[0] <= size[1]
