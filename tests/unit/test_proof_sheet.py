"""After a build: a page for a human reviewer, with each question, right value, mistake, message, credit and time."""

import pytest

from autograder.build import build, minutes, running
from autograder.build.watch import watch
from autograder.modules.errors import ModuleError
from autograder.modules.load import load_module


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
    assert text.count("construit et prouvé en") == 2  # at first, and once mended
    assert text.count("« toutes » passerait pour juste") == 1
    assert text.count("donnez form.solution") == 2  # after each of the last two changes
    assert text.count("1 remarque(s) ; « campus check --fix X01 »") == 1


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
    assert "n’est pas finie au bout de" in text and "quitte Python" in text and "n’est pas en UTF-8" in text


def test_watch_needs_a_module_that_exists(modules):
    with pytest.raises(ModuleError, match="aucun module de ce nom"):
        watch("Z99", print, root=modules)
