"""Each control of the course, answered with keys alone: space, arrows, enter, letters."""

import re
from typing import Any, cast

from playwright.sync_api import Locator, expect

from autograder.activities.casefile.form import DRAWN, CasefileForm
from autograder.activities.casefile.show import board
from autograder.activities.inbox.bank import bank
from autograder.activities.inbox.words import RIGHT_SORTS
from autograder.activities.incident.case import hours
from autograder.activities.repair.form import LABELS
from autograder.modules.model import ExerciseSpec

RIGHT_SORTS_BY_SUBJECT = {message.subject: RIGHT_SORTS[message.kind] for message in bank().values()}


def answer_by_keyboard(form: Locator, widget: str, value: object) -> None:
    """Give an answer with keys alone: space, arrows, enter, letters."""
    press, kind = form.page.keyboard.press, form.page.keyboard.type
    match widget, value:
        case ("choice", key) | ("passages", str(key)):
            form.locator(f'input[value="{key}"]').focus()
            press("Space")
        case (("choices" | "passages"), list()):
            for key in value:
                form.locator(f'input[value="{key}"]').focus()
                press("Space")
        case "order", list():
            for place, key in enumerate(value):
                row = form.locator(f'li[data-key="{key}"]')
                row.get_by_role("button", name="Monter").focus()
                while row.evaluate("row => [...row.parentNode.children].indexOf(row)") > place:
                    press("Enter")
        case "passages", dict():
            for passage, key in value.items():
                choose_by_keyboard(form.locator(f'select[name="{passage}"]'), key)
        case "match", dict():  # in the order of the page
            for select, key in zip(form.locator("select").all(), value.values(), strict=True):
                choose_by_keyboard(select, key)
        case "log", dict():
            for key, text in value.items():
                entry = form.locator(f'[name="{key}"]')
                if entry.evaluate("node => node.tagName") == "SELECT":
                    choose_by_keyboard(entry, text)
                else:
                    entry.focus()
                    kind(text)
        case "committee", dict():
            for key, decision in value["half_years"][-1]["decisions"].items():
                form.get_by_role("button", name=f"{key} – ").press("Enter")
                card = form.locator("section", has_text=f"Dossier {key} –")
                card.locator(f"input[value={decision['choice']}]").focus()
                press("Space")
                if "proof" in decision:
                    choose_by_keyboard(card.get_by_label("Preuve demandée"), decision["proof"])
                choose_by_keyboard(card.get_by_label("Ce qui décide"), decision["ground"])
            expect(form.locator(".todo")).to_contain_text("avec leurs raisons")
            form.get_by_role("button", name="Clôturer le semestre").press("Enter")
            form.get_by_role("button", name="Oui, clôturer le semestre").press("Enter")
            return
        case "restore", dict():
            form.locator(f'button[value="{value["copy"]}"]').last.focus()  # to open it, then to restore it
            press("Enter")
            expect(form.locator(".state")).to_contain_text("restauré depuis")
            form.get_by_role("button", name="Calculer l’empreinte").focus()
            press("Enter")
            expect(form.locator(".state")).to_contain_text("Son empreinte")
            choose_by_keyboard(form.get_by_label("Votre fichier est identique à"), value["line"])
        case "inbox", dict():
            # The messages of this learner's own draw, not of the table's.
            for button in form.locator(".mails button").all():
                button.focus()
                press("Enter")
                right = RIGHT_SORTS_BY_SUBJECT[form.locator(".mail h4").text_content() or ""]
                form.locator(f'.mail input[value="{right}"]').focus()
                press("Space")
        case "generalise", dict():
            for name, step in value.items():
                cursor = form.locator(f'[data-cursor="{name}"]')
                if cursor.get_by_role("slider").count():
                    cursor.get_by_role("slider").press("Home")
                    while cursor.get_attribute("data-step") != step:
                        press("ArrowRight")
                else:
                    cursor.locator(f'input[value="{step}"]').press("Space")
        case "generator", dict():
            form.get_by_role("button", name=re.compile("tirer", re.I)).press("Enter")
            for name, step in value.items():
                cursor = form.locator(f'[data-cursor="{name}"]')
                if cursor.get_by_role("slider").count():
                    cursor.get_by_role("slider").press("Home")
                    while cursor.get_attribute("data-step") != f"{step:g}":
                        press("ArrowRight")
            expect(form.locator(".said")).to_contain_text("but atteint")
        case "rule", dict():
            for place, (column, test, bound) in enumerate(value["conditions"]):
                if place:
                    form.get_by_role("button", name="Ajouter une condition").press("Enter")
                condition = form.locator("fieldset.condition").nth(place)
                choose_by_keyboard(condition.get_by_label("Colonne"), column)
                choose_by_keyboard(condition.get_by_label("Comparaison"), test)
                condition.get_by_label("Valeur").focus()
                kind(str(bound).replace(".", ","))
            if len(value["conditions"]) > 1:
                form.locator(f'.join input[value="{value["join"]}"]').press("Space")
        case "incident", dict():
            play_by_keyboard(form, value["decisions"])
            return
        case "casefile", dict():
            fields = form.locator(".casefile :is(input, select)").all()
            for entry, answer in zip(
                fields, list(value.values())[1:], strict=True
            ):  # the first names the file
                if entry.evaluate("node => node.tagName") == "SELECT":
                    choose_by_keyboard(entry, str(answer))
                else:
                    entry.focus()
                    kind(str(answer))
        case "repair", dict():
            for name, option in value.items():
                phrase = form.get_by_role("group", name=LABELS[name], exact=True).locator(
                    f'input[value="{option}"]'
                )
                if phrase.count():
                    phrase.focus()
                    press("Space")
                else:
                    choose_by_keyboard(form.get_by_label(LABELS[name], exact=True), option)
        case "table", dict():
            for step in value["steps"]:
                add_by_keyboard(form, step)
            form.get_by_role("button", name="Répondre avec ce tableau").press("Enter")
            expect(form).to_contain_text("Vous répondez avec le tableau montré.")
        case "estimator", number:  # what is tried above is no answer
            form.locator(".estimator > .tool ~ * input.entry, .estimator > .tool ~ input.entry").first.focus()
            kind(str(number))
        case (("number" | "slider" | "generator"), number):
            form.locator("input.entry.number").first.focus()
            kind(str(number).replace(".", ","))
        case _, text:
            form.locator(".entry").first.focus()
            kind(str(text))
    form.get_by_role("button", name="Vérifier ma réponse").press("Enter")


def add_by_keyboard(form: Locator, step: dict[str, Any]) -> None:
    """Add a step to a table that is being built, by keys; the table is shown again."""
    made = form.locator(".sentence").count()
    if step["op"] == "group":
        group_by_keyboard(form, step)
    else:
        open_by_keyboard(form, step)
    expect(form.locator(".sentence")).to_have_count(made + 1)


def group_by_keyboard(form: Locator, step: dict[str, Any]) -> None:
    """Group rows, from the part where a step is described."""
    form.get_by_text("Ajouter une étape").press("Enter")
    choose_by_keyboard(form.get_by_label("Que faire ?"), step["op"])
    choose_by_keyboard(form.get_by_label("Par", exact=True), step["column"])
    choose_by_keyboard(form.get_by_label("Calculer", exact=True), step["by"])
    choose_by_keyboard(form.get_by_label("De la colonne").first, step["of"])
    form.get_by_role("button", name="Ajouter cette étape").press("Enter")


def open_by_keyboard(form: Locator, step: dict[str, Any]) -> None:
    """Sort or filter, from the header of a column."""
    form.locator("th", has=form.page.get_by_text(step["column"], exact=True)).get_by_role("button").press(
        "Enter"
    )
    column = form.get_by_role("dialog")
    if step["op"] == "sort":
        way = "Trier du plus grand" if step["descending"] else "Trier du plus petit"
        column.get_by_role("button", name=way).press("Enter")
    elif step["test"] == "eq":
        column.get_by_label("Chercher une valeur").focus()
        form.page.keyboard.type(step["value"])
        form.page.keyboard.press("Enter")
        column.get_by_role(
            "checkbox", name=re.compile(rf"^{re.escape(step['value'])}\s+[\d\s]+lignes?$")
        ).press("Space")
        column.get_by_role("button", name="Garder les lignes cochées").press("Enter")
    else:
        choose_by_keyboard(column.get_by_label("Condition"), step["test"])
        column.get_by_role("group", name="Comparer").get_by_role("textbox").focus()
        form.page.keyboard.type(str(step["value"]))
        form.page.keyboard.press("Enter")


def play_by_keyboard(form: Locator, decisions: dict[str, Any]) -> None:
    """Play an incident to its end, hour by hour; closing the last hour asks for the verdict."""
    for hour in hours():
        expect(form.get_by_role("heading", name=hour.at)).to_be_visible()
        for name, decision in hour.decisions.items():
            part = form.get_by_role("group", name=decision.label, exact=True)
            part.locator(f'[type=radio][value="{decisions[name]["choice"]}"]').press("Space")
            for line in decisions[name]["proofs"]:
                part.locator(f'[type=checkbox][value="{line}"]').press("Space")
        form.get_by_role("button", name=re.compile("^Clore")).press("Enter")


def right_of_its_draw(form: Locator, exercise: ExerciseSpec, value: dict[str, Any]) -> dict[str, Any]:
    """Return the right answer on the file that this learner drew; the author's `value` is on one file."""
    others = {file: {DRAWN: file, **rights[0]} for file, rights in exercise.answer["also"].items()}
    same = "(node, html) => { const made = document.createElement('div'); made.innerHTML = html; return made.innerHTML === node.innerHTML }"
    text = form.locator(".casefile .text")
    return next(
        right
        for file, right in {value[DRAWN]: value, **others}.items()
        if text.evaluate(same, board(cast(CasefileForm, exercise.form), file)["html"])
    )


def choose_by_keyboard(select: Locator, key: str) -> None:
    select.focus()
    select.page.keyboard.press("Home")
    for _ in range(20):
        if select.input_value() == key:
            break
        select.page.keyboard.press("ArrowDown")
