"""The build: deterministic, incremental, and strict about mistakes and alternatives."""

import json
from dataclasses import replace

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.authoring import derive, running
from autograder.authoring.apart import build_apart
from autograder.authoring.lint import errors_of
from autograder.authoring.pipeline import build
from autograder.authoring.tables import OTHER_CASES
from autograder.checks.check import check
from autograder.checks.kinds import FORM_KINDS
from autograder.contract.names import PRIVATE_VARIABLE
from autograder.modules.errors import ModuleError
from autograder.modules.load import load_module
from autograder.modules.model import Attempt, Mistake


def files(folder):
    """What learners and graders get; a proof sheet tells times, which change."""
    found = [path for part in ("source", "private") for path in sorted((folder / part).rglob("*"))]
    return {path.relative_to(folder): path.read_bytes() for path in found if path.is_file()}


def findings(modules):
    with pytest.raises(ModuleError) as raised:
        build(["X01"], modules.parent / "course", root=modules)
    return str(raised.value)


def test_a_new_module_builds_and_passes_at_once(modules):
    assert errors_of(load_module(modules / "X01-essai")) == []
    (built,) = build(["X01"], modules.parent / "course", root=modules)
    notebook = nbformat.read(built.source / "X01-essai.ipynb", as_version=4)
    assert [c.metadata.get("nbgrader", {}).get("grade_id") for c in notebook.cells if "nombre" in c.source][
        -1
    ] == "compter-answer"


def test_two_builds_are_byte_identical(modules):
    build(["X01"], modules.parent / "one", root=modules)
    build(["X01"], modules.parent / "two", root=modules)
    assert files(modules.parent / "one") == files(modules.parent / "two")


def test_nothing_is_built_again_until_something_changes(modules, edit):
    course = modules.parent / "course"
    assert [b.fresh for b in build(["X01"], course, root=modules)] == [True]
    assert [b.fresh for b in build(["X01"], course, root=modules)] == [False]
    edit("notebook.md", "Pourquoi ce sujet compte", "Pourquoi ce beau sujet compte")
    assert [b.fresh for b in build(["X01"], course, root=modules)] == [True]


def test_another_vintage_gives_another_grader(modules):
    course = modules.parent / "course"
    build(["X01"], course, root=modules)
    first = json.loads((course / "private" / "X01-essai.json").read_text())
    build(["X01"], course, {"millesime": 2019}, root=modules)
    second = json.loads((course / "private" / "X01-essai.json").read_text())
    assert first["exercises"]["compter"]["form_value"] == 34969
    assert second["exercises"]["compter"]["form_value"] == 35064


def test_what_is_only_true_of_the_authors_vintage_is_set_aside_for_another(modules, edit):
    edit("answers.yml", "nombre = len(communes.query(\"type == 'commune-actuelle'\"))", "nombre = 34969")
    edit("answers.yml", "nombre = len(communes)\n", "nombre = 35064\n")
    course = modules.parent / "course"
    build(["X01"], course, {"millesime": 2019}, root=modules)
    table = json.loads((course / "private" / "X01-essai.json").read_text())["exercises"]["compter"]
    assert table["alternatives"] == []
    assert list(table["shares"]) == ["deleguees", "peuplees"]


def test_a_form_may_ask_for_what_the_notebook_computes(modules, edit):
    edit(
        "answers.yml",
        "unit: communes\n",
        'unit: communes\n    solution: {compute: "len(communes) - millesime"}\n',
    )
    edit(
        "answers.yml",
        "nombre = len(communes.query(\"type == 'commune-actuelle'\"))",
        'nombre = len(communes.query("type == \'commune-actuelle\'"))\n    - form: {compute: "math:fsum([len(communes), -millesime])"}',
    )
    course = modules.parent / "course"
    values = []
    for millesime in (2026, 2019):
        build(["X01"], course, {"millesime": millesime}, root=modules)
        table = json.loads((course / "private" / "X01-essai.json").read_text())["exercises"]["compter"]
        assert table["form_alternatives"] == {"1": table["form_value"]} and table["alternatives"] == [0, 1]
        values.append(table["form_value"])
    assert values[0] != values[1]


def test_a_solution_that_cannot_be_computed_is_refused(modules, edit):
    edit("answers.yml", "unit: communes\n", 'unit: communes\n    solution: {compute: "absent + 1"}\n')
    assert "la solution du formulaire ne se calcule pas (name 'absent' is not defined)" in findings(modules)


def test_a_parameter_that_the_module_does_not_have_is_refused(modules):
    with pytest.raises(ModuleError, match="n’a pas de paramètre « vintage »"):
        build(["X01"], modules.parent / "course", {"vintage": 2019}, root=modules)


def test_cells_follow_nbgraders_schema_and_forms_follow_their_statement(modules):
    (built,) = build(["X01"], modules.parent / "course", root=modules)
    cells = nbformat.read(built.source / "X01-essai.ipynb", as_version=4).cells
    roles = [
        c.metadata.nbgrader.grade_id
        for c in cells
        if "nbgrader" in c.metadata and "cell-" not in c.metadata.nbgrader.grade_id
    ]
    assert roles == [
        "setup",
        "recall-form",
        "parameters",
        "nommer-statement",
        "nommer-form",
        "nommer-check",
        "compter-statement",
        "compter-form",
        "compter-answer",
        "compter-check",
    ]
    check = next(c for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == "compter-check")
    assert check.metadata.nbgrader == {
        "grade": True,
        "grade_id": "compter-check",
        "locked": True,
        "points": 2.0,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }


def test_the_public_file_tells_neither_answers_nor_what_is_said_of_them(modules):
    (built,) = build(["X01"], modules.parent / "course", root=modules)
    public = json.loads((built.source / ".exercises.json").read_text(encoding="utf-8"))
    numbers = [exercise.pop("numbers") for exercise in public["exercises"].values()]
    assert {"34969", "2105", "471", "45"} <= set(numbers[1])  # all those of the table: the page shows them
    text = json.dumps(public)
    assert "34969" not in text
    assert '"solution"' not in text
    assert "Vous avez compté toutes les lignes" not in text


def test_hidden_cases_wait_for_grading_and_a_right_function_is_told_so(modules, edit, monkeypatch):
    edit("notebook.md", 'nombre = int((communes["type"] == "commune-actuelle").sum())', "nombre = abs")
    edit(
        "answers.yml",
        "{kind: number, name: nombre}",
        "{kind: function, name: nombre, cases: [[2]], hidden: [[-7]]}",
    )
    edit("answers.yml", "    unit: communes\n", "    solution: 34969\n")
    edit("answers.yml", "len(communes.query(\"type == 'commune-actuelle'\"))", "int.__abs__")
    edit("answers.yml", "nombre = len(communes)\n", "nombre = int\n")
    edit("answers.yml", 'int((communes["type"] == "commune-deleguee").sum())', "str")
    edit("answers.yml", 'int((communes["population"] > 0).sum())', "float.hex")
    (built,) = build(["X01"], modules.parent / "course", root=modules)
    monkeypatch.chdir(built.source)
    assert "-7" not in (built.source / ".exercises.json").read_text(encoding="utf-8")

    def verdict(function):
        return eval("check('compter')", {"check": check, "nombre": function})

    right = verdict(abs)
    assert (right.state, right.points) == ("right", 2)
    assert OTHER_CASES in right.messages[0]
    assert verdict(lambda x: x).points == 2
    monkeypatch.setenv(PRIVATE_VARIABLE, str(built.private.parent))
    assert verdict(abs).points == 2
    assert verdict(lambda x: x).points == 1


def test_a_mistake_that_would_pass_is_refused(modules, edit):
    edit(
        "answers.yml",
        "nombre = len(communes)\n",
        "nombre = len(communes.query(\"type == 'commune-actuelle'\"))\n",
    )
    assert "l’erreur « toutes » passerait pour juste" in findings(modules)


def test_two_mistakes_that_give_the_same_answer_are_refused(modules, edit):
    edit("answers.yml", 'int((communes["type"] == "commune-deleguee").sum())', "communes.shape[0]")
    assert "l’erreur « deleguees » ne se distingue pas" in findings(modules)
    assert "« toutes »" in findings(modules)


def test_an_alternative_that_would_fail_is_refused_with_its_line(modules, edit):
    edit("answers.yml", "nombre = len(communes.query(\"type == 'commune-actuelle'\"))", "nombre = 12")
    line = (modules / "X01-essai" / "answers.yml").read_text(encoding="utf-8").splitlines().index(
        "    - code: nombre = 12"
    ) + 1
    assert f"X01-essai/answers.yml, ligne {line}" in findings(modules)
    assert "l’alternative 1 est refusée" in findings(modules)


def test_a_solution_that_raises_names_the_line_of_the_text(modules, edit):
    edit("notebook.md", 'table(communes["type"]', 'table(communes["typ"]')
    assert "X01-essai/notebook.md, ligne" in findings(modules)
    assert "KeyError" in findings(modules)


def test_a_number_that_is_not_whole_needs_a_tolerance(modules, edit):
    edit(
        "notebook.md",
        '(communes["type"] == "commune-actuelle").sum())',
        '(communes["type"] == "commune-actuelle").sum()) + 0.5',
    )
    assert "donnez une « tolerance »" in findings(modules)


def test_a_build_that_is_refused_leaves_the_last_good_one(modules, edit):
    course = modules.parent / "course"
    build(["X01"], course, root=modules)
    before = files(course)
    edit("answers.yml", "nombre = len(communes)\n", "nombre = 34969\n")
    findings(modules)
    assert files(course) == before


SOLUTION = 'nombre = int((communes["type"] == "commune-actuelle").sum())'


def line_of(modules, name, text):
    lines = (modules / "X01-essai" / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_a_mistake_whose_code_raises_is_said_with_its_exception(modules, edit):
    edit("answers.yml", "nombre = len(communes)\n", "nombre = seuil\n")
    said = findings(modules)
    assert f"ligne {line_of(modules, 'answers.yml', 'id: toutes')} " in said
    assert "l’erreur « toutes » : son code s’arrête sur NameError : le nom « seuil » n’est pas connu" in said
    assert "Il remplace toute la solution" in said
    assert "Raised" not in said


def test_a_mistake_that_its_form_cannot_hold_is_said_so_and_nothing_else(modules, edit):
    edit("answers.yml", "code: nombre = len(communes)\n", "form: beaucoup\n")
    said = findings(modules)
    assert "l’erreur « toutes » (« beaucoup ») ne peut pas être saisie dans ce formulaire" in said
    assert said.count("\n") == 0


def test_an_alternative_that_fails_says_both_values(modules, edit):
    edit("answers.yml", "len(communes.query(\"type == 'commune-actuelle'\"))", "12")
    assert "elle donne 12, la solution donne 34969. Corrigez celle des deux qui a tort" in findings(modules)


def test_a_solution_that_changes_from_one_run_to_the_next_is_said_so(modules, edit):
    edit("notebook.md", SOLUTION, f"import random\n{SOLUTION} + random.random()")
    edit("answers.yml", "{kind: number, name: nombre}", "{kind: number, name: nombre, tolerance: 0.0001}")
    said = findings(modules)
    assert "la solution, exécutée deux fois, donne 34969" in said
    assert "élargissez" not in said


@pytest.mark.parametrize("code", ["exit()", "quit()", "raise SystemExit", "import sys; sys.exit(0)"])
def test_a_cell_that_leaves_python_is_refused_at_its_line(modules, edit, code):
    edit("notebook.md", "communes = load(", f"{code}\ncommunes = load(")
    line = line_of(modules, "notebook.md", code)
    assert f"notebook.md, ligne {line} : cette cellule quitte Python" in findings(modules)


def test_a_solution_that_leaves_python_is_refused(modules, edit):
    edit("notebook.md", SOLUTION, "exit()")
    assert "cette cellule quitte Python" in findings(modules)


def test_a_tab_in_code_is_said_at_its_line_and_quotes_nothing_else(modules, edit):
    edit("notebook.md", "communes = load(", "if True:\n        x = 1\n\ty = 2\ncommunes = load(")
    said = findings(modules)
    assert (
        f"notebook.md, ligne {line_of(modules, 'notebook.md', 'y = 2')} : cette cellule s’arrête sur TabError"
        in said
    )
    assert said.count("\n") == 0


def test_a_slow_cell_is_told_then_refused(modules, edit, monkeypatch):
    monkeypatch.setattr(running, "TOO_SLOW", 0)
    assert "s de calcul, pour 0 s permises" in findings(modules)
    monkeypatch.undo()
    monkeypatch.setattr(derive, "SLOW", 0)
    (built,) = build(["X01"], modules.parent / "course", root=modules)
    assert "c’est long pour qui attend" in str(built.warnings[0])


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("import os; os._exit(3)", "par os._exit() : ôtez cet appel"),
        ("import os; os.kill(os.getpid(), 9)", "par le signal SIGKILL"),
        ("import os; os.closerange(3, 99); os._exit(0)", "par os._exit() : ôtez cet appel"),
    ],
)
def test_a_cell_that_ends_its_process_is_told_at_its_line(modules, edit, code, how):
    edit("notebook.md", "communes = load(", f"{code}\ncommunes = load(")
    with pytest.raises(ModuleError) as raised:
        build_apart(["X01"], modules.parent / "course", root=modules)
    line = line_of(modules, "notebook.md", code)
    assert f"notebook.md, ligne {line} : cette cellule arrête Python tout entier, {how}" in str(raised.value)


def test_an_answer_that_ends_its_process_is_told_at_its_line_and_the_mended_module_is_built(modules, edit):
    ending = "code: import os; os._exit(0)\n"
    edit("answers.yml", "code: nombre = len(communes)\n", ending)
    with pytest.raises(ModuleError) as raised:
        build_apart(["X01"], modules.parent / "course", root=modules)
    line = line_of(modules, "answers.yml", "id: toutes")
    assert f"answers.yml, ligne {line} : exercice « compter » : l’erreur « toutes » : son code arrête" in str(
        raised.value
    )
    edit("answers.yml", ending, "code: nombre = len(communes)\n")
    told = []
    (built,) = build_apart(["X01"], modules.parent / "course", told.append, modules)
    assert (built.fresh, told, built.private.is_file()) == (True, ["X01-essai"], True)


def test_what_a_build_refuses_in_a_process_of_its_own_keeps_its_findings(modules, edit):
    edit("answers.yml", "code: nombre = len(communes)\n", "code: nombre = 34969\n")
    with pytest.raises(ModuleError) as raised:
        build_apart(["X01"], modules.parent / "course", root=modules)
    (finding,) = raised.value.findings
    assert finding.line == line_of(modules, "answers.yml", "id: toutes")


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("%matplotlib inline", "contient une commande de Jupyter"),
        ("!pip list", "contient une commande de Jupyter"),
        ("import asyncio; await asyncio.sleep(0)", "contient une commande de Jupyter"),
        ("x = input('?')", "attend une saisie au clavier, par input()"),
        ("return 3", "s’arrête sur SyntaxError"),
    ],
)
def test_code_that_only_a_notebook_runs_is_said_so_at_its_line(modules, edit, code, message):
    edit("notebook.md", "communes = load(", f"{code}\ncommunes = load(")
    assert (
        f"notebook.md, ligne {line_of(modules, 'notebook.md', code)} : cette cellule {message}"
        in findings(modules)
    )


@pytest.mark.parametrize(
    ("old", "what"),
    [
        ("code: nombre = len(communes)\n", "l’erreur « toutes »"),
        ("code: nombre = len(communes.query(\"type == 'commune-actuelle'\"))", "l’alternative 1"),
    ],
)
def test_code_that_names_no_answer_is_said_so(modules, edit, old, what):
    edit("answers.yml", old, "code: autre = 1\n")
    assert f"{what} : son code ne donne pas de valeur à « nombre »" in findings(modules)


def test_a_mark_of_solution_is_written_exactly(modules, edit):
    edit("notebook.md", "### BEGIN SOLUTION", "### BEGIN SOLUTIONS")
    assert "dépareillées" in findings(modules)


@pytest.mark.parametrize("code", ["while True: pass", "import time; time.sleep(60)"])
def test_a_cell_without_end_is_stopped(modules, edit, monkeypatch, code):
    monkeypatch.setattr(running, "LIMIT", 0.2)
    edit("notebook.md", SOLUTION, f"{code}\n{SOLUTION}")
    assert "cette cellule tourne encore au bout de 0.2 s" in findings(modules)


def test_a_cell_that_waits_for_a_busy_machine_is_not_stopped(modules, edit, monkeypatch):
    monkeypatch.setattr(running, "LIMIT", 1)
    monkeypatch.setattr(running, "PATIENCE", 100)  # however busy the machine that runs this test
    edit("notebook.md", "communes = load(", "import time\ntime.sleep(1.1)\ncommunes = load(")
    assert build(["X01"], modules.parent / "course", root=modules)[0].fresh


@pytest.mark.parametrize(
    ("solution", "message"),
    [
        (
            'nombre = "beaucoup"',
            "la solution du formulaire (« beaucoup ») ne peut pas être saisie dans ce formulaire",
        ),
        ("nombre = [1, 2]", "ne peut pas être saisie dans ce formulaire"),
        ("nombre = communes", "(un tableau de 37590 lignes) ne peut pas être saisie dans ce formulaire"),
        (
            "class X:\n    def __repr__(self): raise ValueError\nnombre = X()",
            "(un objet X) ne peut pas être saisie",
        ),
        (
            "class X(Exception):\n    def __str__(self): raise ValueError\nraise X",
            "cette cellule s’arrête sur X",
        ),
        ("nombre = None", "la solution ne donne pas de valeur à « nombre »"),
        ("nombre = (None)", "la solution ne donne pas de valeur à « nombre »"),
        ("nombre = float('nan')", "ne peut pas être saisie dans ce formulaire"),
        ("autre = 1\ndel nombre", "la solution ne donne pas de valeur à « nombre »"),
        ("nombre = 1 / 0", "cette cellule s’arrête sur ZeroDivisionError"),
    ],
)
def test_a_solution_that_no_form_can_hold_is_refused(modules, edit, solution, message):
    edit("notebook.md", SOLUTION, solution)
    assert message in findings(modules)


WIDGETS = {
    "choice": {"options": {"a": "A", "b": "B"}},
    "choices": {"options": {"a": "A", "b": "B"}},
    "order": {"options": {"a": "A", "b": "B"}},
    "match": {"items": {"x": "X", "y": "Y"}, "options": {"a": "A", "b": "B"}},
    "labels": {"items": {"x": "X", "y": "Y"}, "options": {"a": "A", "b": "B"}},
    "number": {},
    "slider": {"min": 0, "max": 10},
    "text": {},
    "log": {"items": {"x": "X", "y": "Y"}, "fields": {"f": {"label": "F", "options": {"a": "A", "b": "B"}}}},
}
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-20, 20),
    st.floats(),
    st.sampled_from(["a", "b", "x", "y", "z", ""]),
)
ANSWERS = st.one_of(
    PLAIN, st.lists(PLAIN, max_size=3), st.dictionaries(st.sampled_from("xyz"), PLAIN, max_size=3)
)


@pytest.mark.parametrize("widget", WIDGETS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(data=st.data())
def test_any_answer_written_for_a_form_is_taken_or_refused_in_words(modules, widget, data):
    module = load_module(modules / "X01-essai")
    form = {"widget": widget, "label": "L", **WIDGETS[widget], "solution": data.draw(ANSWERS)}
    mistakes = [Mistake(f"m{index}", f"message {index}", form=data.draw(ANSWERS)) for index in range(2)]
    spec = replace(
        module.exercises["nommer"],
        answer={"kind": FORM_KINDS[widget]},
        form=form,
        mistakes=tuple(mistakes),
        alternatives=(Attempt(form=data.draw(ANSWERS)),),
    )
    module = replace(module, cells=(), exercises={"nommer": spec})
    try:
        derive.derive(module, {})
    except ModuleError as error:
        assert "exercice « nommer » :" in str(error)


SHOWN = "  shown: Le tableau compte les lignes de chaque type. Le geste est de choisir la bonne.\n"
HINT = "Une seule ligne du tableau des types vous intéresse."
MESSAGE = "Vous avez compté les communes déléguées\u00a0; elles ont perdu"


@pytest.mark.parametrize("written", ["34969", "34 969", "34\u202f969", "34,969", "34969,0", "34 969.0"])
@pytest.mark.parametrize(
    ("text", "what"), [(HINT, "l’indice 1"), (MESSAGE, "le message de l’erreur « deleguees »")]
)
def test_the_answer_in_a_hint_or_a_message_is_refused(modules, edit, text, what, written):
    edit("answers.yml", text, f"Il y en a {written}. {text}")
    said = findings(modules)
    assert f"exercice « compter » : {what} donne la réponse ({written.removesuffix('.')})" in said
    assert f"ligne {line_of(modules, 'answers.yml', written)} :" in said


@pytest.mark.parametrize("written", ["34968", "3496", "349690"])
def test_another_number_is_not_the_answer(modules, edit, written):
    edit("answers.yml", HINT, f"Il y en a {written}. {HINT}")
    build(["X01"], modules.parent / "course", root=modules)


def test_the_answer_shown_before_the_question_needs_a_reason(modules, edit):
    edit("answers.yml", SHOWN, "")
    edit("notebook.md", "Combien de lignes sont", "Il y en a 34 969. Combien de lignes sont")
    said = findings(modules)
    assert (
        f"ligne {line_of(modules, 'notebook.md', '### Exercice 2')} : exercice « compter » : la question montre"
        in said
    )
    assert (
        f"ligne {line_of(modules, 'notebook.md', 'value_counts')} : exercice « compter » : ce qu’affiche"
        in said
    )


def test_what_is_shown_after_the_answer_is_free(modules, edit):
    edit("answers.yml", SHOWN, "")
    edit("notebook.md", ".value_counts(), caption", ".value_counts().tail(2), caption")
    path = modules / "X01-essai" / "notebook.md"
    path.write_text(
        path.read_text(encoding="utf-8") + "\n```{code-cell} python\nprint(34969)\n```\n", encoding="utf-8"
    )
    build(["X01"], modules.parent / "course", root=modules)


def test_a_reason_without_object_is_refused(modules, edit):
    edit("answers.yml", "    solution: b\n", '    solution: b\n  shown: "Pourquoi pas."\n')
    assert "rien ne montre plus la réponse avant la question ; ôtez « shown »" in findings(modules)
