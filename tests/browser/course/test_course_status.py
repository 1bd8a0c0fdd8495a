"""What the view says is true at any time: Python that restarts, dies, works for ever; a file gone; a view that fails."""

from playwright.sync_api import expect

from tests.browser.course.conftest import Shown
from tests.browser.course.test_course_view import ANSWER, CHECK, LESSON, MODULE, SETUP, STEPS, TABLE


def test_after_a_restart_the_module_is_prepared_again_and_says_so(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    shown.becomes("restarting")
    expect(shown.news).to_have_text("Python redémarre : le module se prépare de nouveau…")
    assert shown.ran == ["setup", "tableau", "formulaire"]
    shown.becomes("idle")
    assert shown.ran[3:] == ["setup", "tableau", "formulaire"]
    expect(shown.news).to_have_text(
        "Le module est prêt de nouveau. Vos réponses enregistrées sont là ; refaites votre dernier geste s’il manque."
    )


def test_no_click_is_lost_while_python_starts_again(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    form = shown.output("formulaire")
    expect(form).not_to_have_attribute("inert", "")
    shown.becomes("restarting")
    expect(form).to_have_attribute("inert", "")
    shown.becomes("idle")
    expect(form).not_to_have_attribute("inert", "")


def test_a_restart_in_the_middle_of_a_cell_begins_again_from_the_first(shown: Shown) -> None:
    shown.show(STEPS, [LESSON, SETUP, {**TABLE, "pending": True}])
    shown.becomes("restarting")
    shown.becomes("idle")
    shown.page.evaluate("host.cells()[2].release()")
    shown.wait(0.1)
    assert shown.ran == ["setup", "tableau", "setup", "tableau"]


def test_a_cell_that_python_gave_up_is_run_again(shown: Shown) -> None:
    shown.show(STEPS, [LESSON, SETUP, {**TABLE, "ends": ["stopped", "ok"]}])
    assert shown.ran == ["setup", "tableau", "tableau"]
    expect(shown.news).to_be_empty()


def test_a_cell_that_fails_is_told_and_can_be_prepared_again(shown: Shown) -> None:
    shown.show(STEPS, [LESSON, SETUP, {**TABLE, "ends": ["error", "ok"]}])
    expect(shown.news).to_have_text("Une partie de cette étape n’a pas pu être préparée.")
    shown.press("Préparer de nouveau")
    assert shown.ran[-1] == "tableau"
    expect(shown.news).to_be_empty()


def test_an_endless_loop_can_be_interrupted(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    shown.becomes("busy")
    expect(shown.news).to_be_empty()
    shown.wait(5)
    expect(shown.news).to_have_text("Python est occupé : le reste attend.")
    shown.press("Interrompre")
    assert shown.did[-1] == "interrupt"
    shown.becomes("idle")
    expect(shown.news).to_be_empty()


def test_a_form_answered_beside_a_loop_does_not_hide_the_loop(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    shown.becomes("busy")
    shown.wait(5)
    shown.page.evaluate("host.saved = {...host.saved, points: 2, max: 2}")
    shown.becomes("busy")
    shown.wait(0.5)
    expect(shown.page.locator(".campus-points")).to_have_text("2 points sur 2")
    expect(shown.news).to_have_text("Python est occupé : le reste attend.")


def test_a_python_that_does_not_answer_at_opening_can_be_interrupted(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    shown.becomes("starting")
    shown.wait(5)
    expect(shown.page.get_by_role("button", name="Interrompre")).to_be_hidden()
    shown.wait(8)
    expect(shown.news).to_contain_text("Python n’a pas encore répondu")
    shown.press("Interrompre")
    assert shown.did[-1] == "interrupt"
    shown.becomes("idle")
    expect(shown.page.get_by_role("button", name="Interrompre")).to_be_hidden()


def test_a_python_that_dies_is_started_again_but_not_for_ever(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    for _ in range(4):
        shown.becomes("dead")
    assert shown.did.count("relaunch") == 3
    expect(shown.news).to_contain_text("Python s’est arrêté plusieurs fois.")
    shown.press("Relancer Python")
    assert shown.did.count("relaunch") == 4
    shown.becomes("idle")
    expect(shown.news).to_contain_text("prêt de nouveau")


def test_a_server_that_is_away_is_told(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    shown.becomes("away")
    expect(shown.news).to_contain_text("Le cours ne répond pas.")
    shown.becomes("idle")
    expect(shown.news).to_be_empty()


def test_a_missing_file_is_put_back_and_the_module_prepared_again(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    shown.learn(missing=True)
    shown.wait(0.1)
    assert shown.did.count("complete") == 1
    assert shown.ran[3:] == ["setup", "tableau", "formulaire"]
    expect(shown.news).to_contain_text("il est remis en place")


def test_a_newer_version_is_told_at_opening(shown: Shown) -> None:
    shown.show(STEPS, MODULE, newer=True)
    expect(shown.news).to_contain_text("Une nouvelle version de ce module existe.")


def test_each_answer_of_python_asks_where_the_learner_stands(shown: Shown) -> None:
    shown.show(STEPS, MODULE, max=2)
    shown.page.evaluate("host.saved = {...host.saved, points: 2}")
    shown.becomes("busy")
    shown.becomes("idle")
    shown.wait(0.5)
    expect(shown.page.locator(".campus-points")).to_have_text("2 points sur 2")


def test_a_verdict_older_than_the_code_is_greyed_and_said(shown: Shown) -> None:
    shown.show(STEPS, MODULE, was=1)
    shown.press("Répondre par le code")
    shown.press("Vérifier mon code")
    note = shown.cell("verification").get_by_text("Vous avez changé votre code")
    expect(note).to_have_count(0)
    shown.page.evaluate("host.cells().find(cell => cell.id === 'reponse').edited = true; host.hearers.code()")
    shown.wait(0.1)
    expect(note).to_be_visible()
    shown.press("Vérifier mon code")
    expect(note).to_be_hidden()
    shown.press("Exécuter")
    expect(note).to_be_visible()


def test_a_view_that_fails_gives_the_notebook_back(shown: Shown) -> None:
    shown.show(STEPS, [LESSON, TABLE, ANSWER, CHECK])
    shown.page.evaluate("() => void (host.bare = () => { throw new Error('boum') })")
    shown.press("Continuer")
    assert shown.page.evaluate("failures.splice(0)") == ["Error: boum"]
    for name in ("titre", "tableau", "reponse", "verification"):
        assert shown.cell(name).get_attribute("data-campus") is None
