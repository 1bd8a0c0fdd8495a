"""After a build: a page for a human reviewer, with each question, right value, mistake, message, credit and time."""

import pytest

from autograder.authoring import minutes, running
from autograder.authoring.derive import derive
from autograder.authoring.pipeline import build
from autograder.authoring.trials_shown import shown_trials
from autograder.checks.answers import AnswersFile
from autograder.checks.check import judge_form
from autograder.forms.values import read_value
from autograder.modules.errors import ModuleError
from autograder.modules.load import load_module
from autograder.proofs.watch import watch


@pytest.fixture
def course(modules):
    return modules.parent / "course"


def page(modules, course):
    (built,) = build(["X01"], course, root=modules)
    return built.proof.read_text(encoding="utf-8")


def test_the_sheet_shows_what_a_reviewer_judges(modules, course):
    text = page(modules, course)
    for words in (
        "Combien de lignes sont des communes actuelles",  # the question
        "34969 communes",  # the right value, by form and by code
        "<code>nombre</code> = 34969",
        "b\u00a0: une commune d’aujourd’hui, ou un territoire",  # the label of the right option
        "<td>37590</td>",  # what a mistake gives
        "Vous avez compté toutes les lignes",
        "<td>0 %</td>".replace(" %", "\u00a0%"),
        "len(communes.query(",  # an alternative
        "Le geste est de choisir la bonne.",  # why the answer is shown before, and where
        "34\u202f969 : ce qu’affiche cette cellule".replace(" :", "\u00a0:"),
        "20\u00a0min annoncées",
    ):
        assert words in text, words


def test_a_lesson_that_gives_an_answer_is_listed_and_not_refused(modules, course, edit):
    edit(
        "notebook.md",
        "Le tableau suivant compte",
        "La France a 34 969 communes.\n\nLe tableau suivant compte",
    )
    lines = (modules / "X01-essai" / "notebook.md").read_text(encoding="utf-8").splitlines()
    line = lines.index("La France a 34 969 communes.") + 1
    assert f"<li>34 969 : la leçon, notebook.md, ligne {line}</li>" in page(modules, course).replace(
        "\u00a0", " "
    )


def test_the_lesson_after_an_exercise_gives_nothing_away(modules, course):
    path = modules / "X01-essai" / "notebook.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n\n+++\n\nIl y en a 34 969.\n", encoding="utf-8")
    assert "la leçon, notebook.md" not in page(modules, course)


TRIALS = """rounds:
  - round: 1
    release: 2aa61d582510
    answers:
      nommer:
        right: [{form: b}, {form: a}]
        wrong: [{form: c}]
      compter:
        right: [{form: "34 969"}, {code: nombre = 34969}]
        wrong: [{form: 37590}, {form: beaucoup <b>}]
"""


def test_trials_are_shown_with_what_the_tables_say_of_them(modules, course):
    (modules / "X01-essai" / "trials.yml").write_text(TRIALS, encoding="utf-8")
    text = page(modules, course)
    rows = [row for row in text.split("<tr>") if "<td>juste</td>" in row or "<td>fausse</td>" in row]
    assert len(rows) == 7
    b, a, c, number, code, every, words = rows
    assert "acceptée" in b and "Verdict contraire" not in b
    assert "Verdict contraire" in a and "La colonne « population » donne envie" in a.replace("\u00a0", " ")
    assert "Le département figure bien" in c and "Verdict contraire" not in c
    assert "acceptée" in number
    assert "<code>nombre = 34969</code>" in code and "campus run" in code
    assert "Vous avez compté toutes les lignes" in every
    assert "Écrivez le nombre seul, en chiffres" in words and "<b>" not in words


NUMBERS = "{form: 45}, {form: 45 communes}, {form: 12}, {form: 25 %}, {form: 4}"


def test_trials_are_told_what_the_form_tells_a_learner(modules, course, monkeypatch):
    """45, a number of the table beside the question, is known as such: the sheet judges with all that a panel has."""
    text = TRIALS.replace("{form: 37590}", NUMBERS)
    (modules / "X01-essai" / "trials.yml").write_text(text, encoding="utf-8")
    (built,) = build(["X01"], course, root=modules)
    one = derive(built.module, {})["compter"]
    shown = {str(one.trial.attempt.form): one.said for one in shown_trials(built.module, "compter", one)}
    assert "se lit dans le tableau « Nombre de lignes par type »" in shown["45"]
    assert "attendu en « communes »" in shown["25 %"]
    monkeypatch.chdir(built.source)
    for value in ("45", "45 communes", "12", "4"):
        form = built.module.exercises["compter"].form
        AnswersFile(built.source).set("compter", read_value(form, value), module="X01-essai", version=1)
        assert shown[value] == " ".join(judge_form("compter", built.source).messages)


@pytest.mark.parametrize("written", ["{form: {a: {b: c}}}", "{form: [[a], {b: c}]}"])
def test_a_trial_of_a_shape_that_no_form_holds_stops_no_build(modules, course, written):
    """Blind writers do not know how a form keeps an answer; `campus run` then tells what is refused."""
    (modules / "X01-essai" / "trials.yml").write_text(TRIALS.replace("{form: b}", written), encoding="utf-8")
    assert "Verdict contraire" in page(modules, course)


def test_trials_teach_the_build_nothing(modules, course):
    (built,) = build(["X01"], course, root=modules)
    before = (built.source / ".exercises.json").read_bytes()
    (modules / "X01-essai" / "trials.yml").write_text(TRIALS, encoding="utf-8")
    build(["X01"], course, root=modules)
    assert (built.source / ".exercises.json").read_bytes() == before
    (modules / "X01-essai" / "trials.yml").write_text("rounds: [", encoding="utf-8")
    build(["X01"], course, root=modules)
    assert (built.source / ".exercises.json").read_bytes() == before


def test_a_raw_html_of_the_author_is_not_run(modules, course, edit):
    edit("module.yml", 'summary: "', 'summary: "<script>x</script> ')
    assert "<script>" not in page(modules, course)


def test_minutes_are_counted_from_what_there_is_to_do(modules, edit):
    folder = modules / "X01-essai"
    before = minutes.counted(load_module(folder))
    path = folder / "notebook.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{'mot ' * 2000}\n", encoding="utf-8")
    assert minutes.counted(load_module(folder)) == before + 10  # 200 words a minute


def steps(*changes):
    """A pause that makes one change at a time, then stops as Ctrl + C does."""
    left = list(changes)

    def pause(_seconds):
        if not left:
            raise KeyboardInterrupt
        left.pop(0)()

    return pause


def test_watch_answers_at_once_then_after_each_change(modules, course, edit):
    said = []
    pause = steps(
        lambda: None,
        lambda: edit("answers.yml", "nombre = len(communes)\n", "nombre = 34969\n"),
        lambda: edit("answers.yml", "nombre = 34969\n", "nombre = len(communes)\n"),
        lambda: edit("answers.yml", "    solution: b\n", ""),
        lambda: edit("notebook.md", "Pourquoi ce sujet", "L'usage. Pourquoi ce sujet"),
    )
    with pytest.raises(KeyboardInterrupt):
        watch("X01", said.append, pause, course, modules)
    text = "\n".join(said)
    assert text.count("construit en") == 2  # at first, and once mended
    assert text.count("« toutes » passerait pour juste") == 1
    assert text.count("donnez form.solution") == 2  # after each of the last two changes
    assert text.count("1 remarque(s) ; « campus check --fix X01 »") == 1
    assert text.count("copies jugées, tout est comme prévu") == 2  # each time that it could be built


def test_watch_tells_what_judging_shows_once_it_is_built(modules, course):
    said = []
    trials = modules / "X01-essai" / "trials.yml"
    text = "rounds:\n  - round: 1\n    release: '000000000000'\n    answers:\n      compter: {right: [{form: 12}], wrong: []}\n"
    pause = steps(lambda: trials.write_text(text, encoding="utf-8"))
    with pytest.raises(KeyboardInterrupt):
        watch("X01", said.append, pause, course, modules)
    before, after = "\n".join(said).split("construit en")[1:]
    assert "tout est comme prévu" in before
    assert "une bonne réponse est refusée" in after and "tout est comme prévu" not in after


def test_watch_outlives_whatever_a_module_does(modules, course, edit, monkeypatch):
    monkeypatch.setattr(running, "LIMIT", 0.2)
    said = []
    (modules / "X01-essai" / "images").mkdir()
    pause = steps(
        lambda: edit("notebook.md", "communes = load(", "while True: pass\ncommunes = load("),
        lambda: edit("notebook.md", "while True: pass\n", "exit()\n"),
        lambda: (modules / "X01-essai" / "answers.yml").write_bytes(b"\xff"),
    )
    with pytest.raises(KeyboardInterrupt):
        watch("X01", said.append, pause, course, modules)
    text = "\n".join(said)
    assert "tourne encore au bout de" in text and "quitte Python" in text and "n’est pas en UTF-8" in text


def test_watch_needs_a_module_that_exists(modules):
    with pytest.raises(ModuleError, match="aucun module de ce nom"):
        watch("Z99", print, root=modules)
