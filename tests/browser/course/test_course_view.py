"""One step on the screen, prepared by itself; a prediction before its result; code for those who ask; a true end."""

import pytest
from playwright.sync_api import expect

from autograder.forms.recall import _heading
from tests.browser.course.conftest import Shown

LESSON = {"id": "titre", "kind": "markdown", "step": 0, "role": "prose", "text": "<h2>Une ligne</h2>"}
SETUP = {"id": "setup", "step": 0, "role": "setup", "ours": True}
TABLE = {"id": "tableau", "step": 0, "role": "example", "ours": True, "text": "34 969 lignes"}
QUESTION = {
    "id": "question",
    "kind": "markdown",
    "step": 1,
    "role": "statement",
    "exercise": "unite",
    "text": "<h3>Combien ?</h3>",
}
FORM = {
    "id": "formulaire",
    "step": 1,
    "role": "form",
    "exercise": "unite",
    "ours": True,
    "text": "<label>Réponse <input></label>",
}
ANSWER = {"id": "reponse", "step": 1, "role": "answer", "exercise": "unite"}
CHECK = {"id": "verification", "step": 1, "role": "check", "exercise": "unite", "text": "Juste"}
MODULE = [LESSON, SETUP, TABLE, QUESTION, FORM, ANSWER, CHECK]
STEPS = ["Ce que décrit une ligne", "Compter"]
PREDICTED = {**TABLE, "predict": ["moins", "autant", "plus"]}
AFTER = {"id": "suite", "kind": "markdown", "step": 0, "role": "prose", "text": "Il y en a plus."}
DONE = {"unite": {"state": "right", "points": 2, "max": 2, "lost": 0}}
WRONG = {"unite": {"state": "wrong", "points": 0, "max": 2, "lost": 0}}
TRIED = {"points": 2, "max": 2, "exercises": DONE}


def test_a_check_without_an_answer_by_code_is_never_on_the_screen(shown: Shown) -> None:
    """Who codes is shown code in all modules: a form alone has none."""
    shown.show(STEPS, MODULE, was=1)
    shown.press("Répondre par le code")
    shown.page.evaluate("document.querySelector('.campus-course').remove()")
    shown.show(STEPS, [LESSON, SETUP, QUESTION, FORM, CHECK], was=1)
    expect(shown.cell("verification")).to_be_hidden()
    expect(shown.page.get_by_role("button", name="Vérifier mon code")).to_be_hidden()


def test_one_step_is_on_the_screen_with_its_evidence_and_without_code(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    expect(shown.cell("titre")).to_be_visible()
    expect(shown.output("tableau")).to_be_visible()
    expect(shown.cell("tableau").locator(".jp-Cell-inputWrapper")).to_be_hidden()
    for name in ("setup", "question", "formulaire", "reponse", "verification"):
        expect(shown.cell(name)).to_be_hidden()
    shown.press("Continuer")
    for name in ("question", "formulaire"):
        expect(shown.cell(name)).to_be_visible()
    for name in ("titre", "tableau", "reponse", "verification"):
        expect(shown.cell(name)).to_be_hidden()


def test_what_the_course_runs_is_run_at_opening_in_the_order_of_the_notebook(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    assert shown.ran == ["setup", "tableau", "formulaire"]


def test_a_step_says_that_it_is_being_prepared_until_its_own_cells_are(shown: Shown) -> None:
    shown.show(STEPS, [LESSON, SETUP, TABLE, QUESTION, {**FORM, "pending": True}])
    expect(shown.news).to_be_empty()
    shown.press("Continuer")
    expect(shown.news).to_have_text("Préparation…")
    shown.page.evaluate("host.cells().find(cell => cell.id === 'formulaire').release()")
    shown.wait(0.1)
    expect(shown.news).to_be_empty()


def test_the_code_of_an_example_is_shown_on_demand(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    button = shown.page.get_by_role("button", name="Voir le code")
    button.click()
    expect(shown.cell("tableau").locator(".jp-Cell-inputWrapper")).to_be_visible()
    shown.page.get_by_role("button", name="Cacher le code").click()
    expect(shown.cell("tableau").locator(".jp-Cell-inputWrapper")).to_be_hidden()


def test_answering_by_code_is_one_gesture_remembered_for_the_next_module(shown: Shown) -> None:
    shown.show(STEPS, MODULE, was=1)
    shown.press("Répondre par le code")
    assert shown.did[-1] == "scroll to reponse", "it may be below what is on the screen"
    expect(shown.cell("reponse").locator(".jp-Cell-inputWrapper")).to_be_visible()
    expect(shown.cell("verification").locator(".jp-Cell-inputWrapper")).to_be_hidden()
    shown.press("Vérifier mon code")
    assert shown.ran[-2:] == ["reponse", "verification"], "the answer runs before its check"
    shown.page.evaluate("document.querySelector('.campus-course').remove()")
    shown.show(STEPS, MODULE, was=1)
    expect(shown.cell("reponse")).to_be_visible()


def test_a_step_with_nothing_to_write_offers_no_code(shown: Shown) -> None:
    shown.show(STEPS, [LESSON, TABLE, QUESTION, FORM, CHECK], was=1)
    expect(shown.page.get_by_role("button", name="par le code")).to_have_count(0)


def test_a_step_with_a_text_for_who_codes_and_nothing_to_run_offers_a_text(shown: Shown) -> None:
    text = {"id": "plus", "kind": "markdown", "step": 0, "role": "bycode", "text": "Comptez les communes."}
    shown.show(STEPS, [LESSON, text])
    expect(shown.page.get_by_role("button", name="par le code")).to_have_count(0)
    shown.press("Explication pour qui code")
    expect(shown.cell("plus")).to_be_visible()


def test_a_cell_that_the_learner_adds_stays_in_the_step_before_it(shown: Shown) -> None:
    shown.show(STEPS, [*MODULE, {"id": "essai"}], was=1)
    expect(shown.cell("essai")).to_be_hidden()
    shown.press("Répondre par le code")
    expect(shown.cell("essai")).to_be_visible()


# --- Predictions


def test_the_result_and_what_follows_wait_for_the_prediction(shown: Shown) -> None:
    shown.show(STEPS, [LESSON, PREDICTED, AFTER])
    assert shown.ran == ["tableau"], "it is ready behind"
    expect(shown.output("tableau")).to_be_hidden()
    expect(shown.cell("suite")).to_be_hidden()
    shown.page.get_by_label("plus").check()
    shown.press("Voir le résultat")
    expect(shown.output("tableau")).to_be_visible()
    expect(shown.cell("suite")).to_be_visible()
    said = shown.page.get_by_text("Vous aviez prédit : plus.")
    expect(said).to_be_focused()
    assert "predict tableau plus" in shown.did


def test_continue_reveals_before_it_goes_on(shown: Shown) -> None:
    shown.show(STEPS, [LESSON, PREDICTED, AFTER, QUESTION])
    shown.press("Continuer")
    expect(shown.output("tableau")).to_be_visible()
    shown.press("Continuer")
    expect(shown.cell("question")).to_be_visible()


def test_the_result_of_a_prediction_comes_in_sight(shown: Shown) -> None:
    shown.page.set_viewport_size({"width": 1366, "height": 500})
    long, table = '<p style="height: 600px">Long</p>', '<p style="height: 120px">Tableau</p>'
    shown.show(STEPS, [{**LESSON, "text": long}, {**PREDICTED, "text": table}, AFTER])
    shown.page.add_style_tag(content="body { padding-bottom: 600px }")
    shown.page.get_by_role("button", name="Voir le résultat").evaluate(
        "button => { button.scrollIntoView({block: 'end'}); button.click(); }"
    )
    box = shown.output("tableau").bounding_box()
    assert box and box["y"] + box["height"] <= 500


def test_a_prediction_made_before_is_told_again(shown: Shown) -> None:
    shown.show(STEPS, [LESSON, PREDICTED, AFTER], predictions={"tableau": "moins"})
    expect(shown.page.get_by_text("Vous aviez prédit : moins.")).to_be_visible()
    expect(shown.cell("suite")).to_be_visible()


# --- Where one is


@pytest.mark.parametrize(
    ("progress", "step"),
    [({}, "Étape 1 sur 2"), ({"exercises": WRONG, "max": 2}, "Fin du module"), (TRIED, "Fin du module")],
)
def test_it_resumes_at_the_first_question_without_an_answer(shown: Shown, progress: dict, step: str) -> None:
    shown.show(STEPS, MODULE, **progress)
    expect(shown.page.locator("button.campus-where")).to_have_text(step)


def test_it_resumes_at_the_lesson_before_the_question(shown: Shown) -> None:
    lesson = {"id": "lecon", "kind": "markdown", "step": 2, "role": "prose", "text": "<h2>La suite</h2>"}
    second = {**QUESTION, "id": "deuxieme", "step": 3, "exercise": "rhone"}
    exercises = {**DONE, "rhone": {"state": "", "points": 0, "max": 2, "lost": 0}}
    shown.show([*STEPS, "Leçon", "Deuxième"], [*MODULE, lesson, second], exercises=exercises)
    expect(shown.page.locator("button.campus-where")).to_have_text("Étape 3 sur 4")


def test_a_reload_comes_back_to_the_step_on_the_screen(shown: Shown) -> None:
    shown.show(STEPS, MODULE, was=1)
    expect(shown.page.locator("button.campus-where")).to_have_text("Étape 2 sur 2")
    assert shown.page.locator(".campus-course").get_attribute("data-step") == "1"


def test_points_and_states_follow_what_the_server_says(shown: Shown) -> None:
    shown.show(["Leçon", "Compter", {"title": "Pour aller plus loin", "optional": True}], MODULE, max=18)
    expect(shown.page.locator(".campus-points")).to_have_text("0 point sur 18")
    entries = shown.page.locator(".campus-sheet ol > li")
    shown.learn(points=1.5, exercises={"unite": {"state": "partial", "points": 1.5, "max": 2}})
    expect(shown.page.locator(".campus-points")).to_have_text("1,5 point sur 18")
    shown.press("Étape 1 sur 3")
    assert entries.all_inner_texts() == [
        "Leçon",
        "Compter\nà revoir",
        "Pour aller plus loin\nfacultative",
        "Fin du module",
    ]
    expect(entries.nth(0).get_by_role("button")).to_be_focused()
    entries.nth(1).get_by_role("button").click()
    expect(shown.cell("question")).to_be_visible()


def test_an_answer_that_a_person_reads_is_saved_and_not_judged(shown: Shown) -> None:
    shown.show(STEPS, MODULE, answered=["unite"])
    shown.press("Fin du module")
    expect(shown.page.locator(".campus-sheet li").nth(1)).to_contain_text("enregistrée")


def test_the_heading_of_a_step_takes_the_focus(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    shown.press("Continuer")
    expect(shown.page.get_by_role("heading", name="Combien ?")).to_be_focused()
    assert "activate question" in shown.did


def test_the_end_takes_the_focus_when_one_comes_back_to_it(shown: Shown) -> None:
    """JupyterLab gives it to the notebook, which is hidden there: its furniture would stay around the course."""
    shown.show(STEPS, MODULE, was=2, **TRIED)
    heading = shown.page.get_by_role("heading", name="Module terminé")
    heading.evaluate("node => node.blur()")
    shown.page.evaluate("host.hearers.activated()")
    shown.wait(0.1)
    expect(heading).to_be_focused()


def test_at_a_step_the_focus_that_jupyterlab_gives_is_left_alone(shown: Shown) -> None:
    shown.show(STEPS, MODULE, was=1)
    shown.page.locator("#formulaire input").focus()
    shown.page.evaluate("host.hearers.activated()")
    shown.wait(0.1)
    expect(shown.page.locator("#formulaire input")).to_be_focused()


def test_the_end_says_points_what_is_left_and_what_is_next(shown: Shown) -> None:
    following = {"path": "F03/F03.ipynb", "title": "F03 – Contrôler", "why": ""}
    free = {
        "id": "redaction",
        "kind": "markdown",
        "step": 1,
        "role": "answer",
        "exercise": "note",
        "points": 2,
    }
    shown.show(STEPS, [*MODULE, free], was=2, max=10, points=5, exercises=WRONG, next=following)
    end = shown.page.get_by_role("region", name="Fin du module")
    expect(end.get_by_role("heading", name="Fin du module")).to_be_focused()
    expect(end).to_contain_text("Vous avez 5 points sur 10.")
    expect(end).to_contain_text("Il en faut 7 pour terminer ce module : encore 2 points.")
    expect(end).to_contain_text("Elle vaut 2 points de plus, que donne un formateur.")
    shown.press("Module suivant : F03 – Contrôler")
    shown.press("Rendre mon travail")
    assert shown.did[-2:] == ["open F03/F03.ipynb", "handIn"]
    end.get_by_role("button", name="Compter").click()
    expect(shown.cell("question")).to_be_visible()


def test_a_last_answer_worth_less_than_a_try_of_before_is_to_see_again(shown: Shown) -> None:
    exercises = {"unite": {**DONE["unite"], "lost": 1.5}}
    shown.show(STEPS, MODULE, was=2, points=2, max=2, exercises=exercises)
    end = shown.page.get_by_role("region", name="Fin du module")
    expect(end).to_contain_text("La note, elle, compte votre dernière réponse")
    expect(end).to_contain_text("Elle donne aujourd’hui 1,5\u00a0point de moins", use_inner_text=True)
    expect(end).not_to_contain_text("Bravo")
    expect(end.get_by_role("button", name="Compter")).to_be_visible()


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("", "Module suivant : F03 – Contrôler"),
        ("déjà commencé", "Module suivant : F03 – Contrôler (déjà commencé)"),
    ],
)
def test_the_end_says_why_a_module_is_next_when_it_is_not_simply_so(
    shown: Shown, why: str, said: str
) -> None:
    following = {"path": "F03/F03.ipynb", "title": "F03 – Contrôler", "why": why}
    shown.show(STEPS, MODULE, was=2, **TRIED, next=following)
    expect(shown.page.get_by_role("button", name=said, exact=True)).to_be_visible()
    expect(shown.page.get_by_text("le dernier module proposé")).to_have_count(0)


def test_the_end_of_the_last_module_says_so(shown: Shown) -> None:
    shown.show(STEPS, MODULE, was=2, **TRIED)
    expect(shown.page.get_by_text("C’était le dernier module proposé")).to_be_visible()
    expect(shown.page.get_by_role("button", name="Module suivant")).to_have_count(0)


def test_a_module_done_is_congratulated(shown: Shown) -> None:
    shown.show(STEPS, MODULE, was=2, **TRIED)
    expect(shown.page.get_by_role("heading", name="Module terminé")).to_be_visible()
    expect(shown.page.get_by_text("À revoir")).to_have_count(0)


def test_a_module_is_done_without_its_optional_steps(shown: Shown) -> None:
    steps = ["Ce que décrit une ligne", "Compter", {"title": "Pour aller plus loin", "optional": True}]
    more = {**QUESTION, "id": "bonus", "step": 2, "exercise": "bonus"}
    left = {"bonus": {"state": "", "points": 0, "max": 1, "lost": 0}}
    shown.show(steps, [*MODULE, more], was=3, points=2, max=2, exercises={**DONE, **left})
    expect(shown.page.get_by_role("heading", name="Module terminé")).to_be_visible()
    expect(shown.page.get_by_text("sans réponse")).to_have_count(0)


FURTHER = [
    {**QUESTION, "id": "bonus", "step": 2, "exercise": "bonus"},
    {"id": "fin", "kind": "markdown", "step": 3, "role": "prose", "text": "<h2>Derrière</h2>"},
]
OPTIONAL = [*STEPS, {"title": "Le carnet", "optional": True}, {"title": "Derrière", "optional": True}]


def test_the_end_comes_before_the_optional_steps_and_leads_to_them(shown: Shown) -> None:
    shown.show(OPTIONAL, [*MODULE, *FURTHER], was=1)
    shown.press("Terminer")
    end = shown.page.get_by_role("region", name="Fin du module")
    expect(end.get_by_role("heading", name="Fin du module")).to_be_focused()
    expect(end.get_by_role("heading", name="Pour aller plus loin, si vous voulez")).to_be_visible()
    shown.press("Précédent")
    expect(shown.cell("question")).to_be_visible()
    shown.press("Terminer")
    end.get_by_role("button", name="Le carnet").click()
    shown.press("Continuer")
    expect(shown.cell("fin")).to_be_visible()
    shown.press("Terminer")
    shown.press("Précédent")
    expect(shown.cell("fin")).to_be_visible()


def test_before_the_last_common_step_one_goes_on(shown: Shown) -> None:
    shown.show(OPTIONAL, [*MODULE, *FURTHER], was=0)
    expect(shown.page.get_by_role("button", name="Terminer")).to_have_count(0)


def test_the_card_is_the_learner_s_from_its_step_on_and_the_end_leads_to_it(shown: Shown) -> None:
    card = {"id": "fiche", "kind": "markdown", "step": 1, "role": "takeaway", "text": "<p>Deux gestes</p>"}
    shown.show(STEPS, [*MODULE, card], was=0)
    assert "reached" not in shown.did
    shown.page.evaluate("view.open(1)")
    expect(shown.cell("fiche")).to_be_visible()
    shown.press("Terminer")
    shown.press("Ma fiche à emporter")
    assert shown.did.count("reached") == 1 and shown.did[-1] == "takeaway"


def test_a_module_without_a_card_offers_none(shown: Shown) -> None:
    shown.show(STEPS, MODULE, was=2)
    expect(shown.page.get_by_role("button", name="Ma fiche à emporter")).to_have_count(0)


def test_the_menu_says_whether_the_text_is_larger(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    larger = shown.page.locator(".campus-menu").get_by_role("button", name="Agrandir le texte")
    for pressed in ("true", "false"):
        shown.press("Menu")
        larger.click()
        assert shown.did[-1] == "larger"
        shown.page.evaluate(
            "async large => (await import('/autograder/lab/extension/size.js')).setSize(large)",
            pressed == "true",
        )
        shown.press("Menu")
        expect(larger).to_have_attribute("aria-pressed", pressed)
        shown.page.keyboard.press("Escape")


def test_the_whole_notebook_is_given_back_and_left_again(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    shown.press("Voir le carnet entier")
    for cell in MODULE:
        expect(shown.cell(str(cell["id"]))).to_be_visible()
        assert shown.cell(str(cell["id"])).get_attribute("data-campus") is None
    assert shown.did[-2:] == ["furnished", "scroll to titre"]
    shown.press("Revenir au parcours")
    expect(shown.cell("question")).to_be_hidden()
    assert "bare" in shown.did


# --- Accessibility


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (768, 900), (683, 384)])
@pytest.mark.parametrize("was", [0, 2])
def test_nothing_of_ours_is_refused_by_axe_nor_cut(shown: Shown, was: int, width: int, height: int) -> None:
    shown.page.set_viewport_size({"width": width, "height": height})
    shown.show(STEPS, [LESSON, PREDICTED, AFTER, QUESTION, FORM], was=was, max=4)
    for bar in (".campus-course-bar", ".campus-moves"):
        sizes = shown.page.locator(bar).evaluate("node => [node.scrollWidth, node.clientWidth]")
        assert sizes[0] <= sizes[1], bar
    shown.check_accessibility()


def test_what_is_said_of_the_preparation_is_written_once(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    shown.page.evaluate("""() => {
        window.written = 0;
        new MutationObserver(() => window.written++).observe(document.querySelector('.campus-news p'), {childList: true, characterData: true, subtree: true});
    }""")
    for _ in range(5):
        shown.learn(points=2)
    shown.becomes("restarting")
    shown.becomes("restarting")
    assert shown.page.evaluate("window.written") == 1


@pytest.mark.parametrize(
    "key", ["b", "d", "x", "z", "0", "ArrowDown", "Shift+Enter", "Control+Enter", "Control+f"]
)
def test_no_key_reaches_what_jupyterlab_does_to_cells(shown: Shown, key: str) -> None:
    shown.show(STEPS, MODULE, was=1)
    shown.page.evaluate(
        "window.heard = []; document.addEventListener('keydown', event => heard.push(event.key))"
    )
    shown.page.locator("#formulaire input").focus()
    shown.page.keyboard.press(key)
    assert "".join(shown.page.evaluate("heard")) in {"", "Shift", "Control"}


def test_typed_text_and_saving_go_through(shown: Shown) -> None:
    shown.show(STEPS, MODULE, was=1)
    shown.page.locator("#formulaire input").focus()
    shown.page.keyboard.type("abcd")
    expect(shown.page.locator("#formulaire input")).to_have_value("abcd")
    shown.page.evaluate(
        "window.heard = []; document.addEventListener('keydown', event => heard.push(event.key))"
    )
    shown.page.keyboard.press("Control+s")
    assert "s" in shown.page.evaluate("heard")


def test_commands_act_on_a_cell_that_is_on_the_screen(shown: Shown) -> None:
    shown.show(STEPS, MODULE)
    shown.page.evaluate("host.hearers.active(host.cells().find(cell => cell.id === 'reponse'))")
    shown.wait(0.1)
    assert shown.did[-1] == "activate tableau"


def test_every_step_is_printed_with_its_results_and_without_code(shown: Shown) -> None:
    shown.show(STEPS, [LESSON, SETUP, PREDICTED, AFTER, QUESTION, FORM, ANSWER, CHECK])
    shown.page.emulate_media(media="print")
    for name in ("titre", "tableau", "suite", "question", "formulaire"):
        expect(shown.cell(name)).to_be_visible()
    expect(shown.output("tableau")).to_be_visible()
    for name in ("setup", "reponse", "verification"):
        expect(shown.cell(name)).to_be_hidden()
    expect(shown.cell("tableau").locator(".jp-Cell-inputWrapper")).to_be_hidden()


RECALL = {
    "id": "rappel",
    "step": 0,
    "role": "form",
    "exercise": "recall",
    "ours": True,
    "text": f"""<div class="jp-OutputArea"><div class="jp-OutputArea-child">{_heading(3)}</div>
    <div class="jp-OutputArea-child">Une question de rappel</div></div>""",
}


def test_questions_of_earlier_modules_are_one_line_until_they_are_asked_for(shown: Shown) -> None:
    shown.show(STEPS, [SETUP, RECALL, LESSON, *MODULE[2:]])
    line = shown.page.get_by_text("Répondre aux 3 questions de rappel (facultatif)")
    question = shown.page.get_by_text("Une question de rappel", exact=True)
    expect(line).to_be_visible()
    expect(question).to_be_hidden()
    line.focus()
    shown.page.keyboard.press("Enter")
    expect(question).to_be_visible()
    expect(shown.page.get_by_text("Sans note")).to_be_visible()
    shown.check_accessibility()


def test_questions_of_earlier_modules_are_printed_only_once_opened(shown: Shown) -> None:
    shown.show(STEPS, [SETUP, RECALL, LESSON, *MODULE[2:]])
    line = shown.page.get_by_text("Répondre aux 3 questions de rappel (facultatif)")
    question = shown.page.get_by_text("Une question de rappel", exact=True)
    shown.page.emulate_media(media="print")
    expect(line).to_be_hidden()
    expect(question).to_be_hidden()
    shown.page.emulate_media(media="screen")
    line.click()
    shown.page.emulate_media(media="print")
    expect(question).to_be_visible()
    expect(line).to_be_hidden()
