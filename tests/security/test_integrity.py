"""Cheating on points: whatever a copy does, wrong answers bring nothing, and its honest part is still counted."""

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.grading.engine.engine import Copy
from autograder.grading.engine.flags import CALL, SAME_KERNEL
from tests.security.graded import (
    OURS,
    RIGHT,
    WRONG,
    Assignment,
    answers_file,
    check,
    our_assignment,
    plain,
    plain_assignment,
)

CHECKS = ("moyenne-check", "carre-check", "tableau-check")
OUR_RIGHT = {"somme-answer": "total = sum(agents)"}


@pytest.fixture(scope="module")
def asserts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assignment]:
    assignment = plain_assignment(tmp_path_factory.mktemp("plain"))
    with assignment.engine:
        yield assignment


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assignment]:
    assignment = our_assignment(tmp_path_factory.mktemp("ours"))
    with assignment.engine:
        yield assignment


def test_right_answers_get_all_the_points(asserts: Assignment, ours: Assignment) -> None:
    marked = asserts.grade(asserts.copy(RIGHT))
    assert marked.points == {"moyenne-check": 2, "carre-check": 4, "tableau-check": 4}
    assert marked.graded.flags == []
    assert ours.grade(ours.copy(OUR_RIGHT), answers_file(couleur="b")).points == {
        "somme-check": 2,
        "couleur-check": 2,
    }


def test_wrong_answers_get_none_because_each_check_ran_and_failed(asserts: Assignment) -> None:
    marked = asserts.grade(asserts.copy(WRONG))
    assert marked.score == 0
    assert [marked.errors(name) for name in CHECKS] == [["AssertionError"]] * 3


EQUAL_TO_ALL = """
import numpy as np
class Oui(float):
    __eq__ = __ge__ = __le__ = lambda self, other: True
    __ne__ = __lt__ = __gt__ = lambda self, other: False
    __hash__ = float.__hash__
    __array_ufunc__ = lambda self, *args, **kwargs: True
class Tous(np.ndarray):
    __eq__ = lambda self, other: True
    __array_ufunc__ = lambda self, *args, **kwargs: True
    __array_function__ = lambda self, *args, **kwargs: True
moyenne = Oui(3)
def carre(n): return Oui(n)
tableau = np.zeros(3).view(Tous)
"""
FORGED_FRAME = """
import json, os, struct
sortie = {"output_type": "execute_result", "data": {"text/plain": "4"}, "metadata": {}, "execution_count": 1}
texte = json.dumps({"outputs": [sortie], "updates": [], "execution_count": 1, "status": "ok", "flags": []}).encode()
os.write(3, struct.pack("!II", len(texte), 0) + texte)
"""
FORGED_BYTES = """
import autograder.grading.engine.values as v
v.encode = lambda *args: {bytes}
"""

CHEATS = {
    "run_code remplacé": """
from IPython.core.interactiveshell import InteractiveShell
async def rien(self, *args, **kwargs): return False
InteractiveShell.run_code = rien""",
    "showtraceback muet": """
from IPython.core.interactiveshell import InteractiveShell
InteractiveShell.showtraceback = InteractiveShell._showtraceback = lambda self, *args, **kwargs: None""",
    "asserts retirés par un transformateur": """
import ast
class Retire(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Retire())
get_ipython().input_transformers_cleanup.append(lambda lines: [l for l in lines if 'assert' not in l])""",
    "objets égaux à tout": EQUAL_TO_ALL,
    "numpy.testing remplacé": """
import sys, numpy
numpy.testing.assert_allclose = lambda *args, **kwargs: None
sys.modules['numpy.testing'] = numpy.testing
class Faux:
    testing = numpy.testing
np = sys.modules['numpy'] = Faux""",
    "nos modules empoisonnés": """
import sys, builtins
import autograder.checks.check as c, autograder.checks.judge as j, autograder.notebook as n
from autograder.checks.verdict import Verdict
c.check = n.check = check = lambda name: Verdict('right', 4, 4, [])
c.judge = j.judge = lambda *args: Verdict('right', 4, 4, [])
builtins.AssertionError = type('Rien', (), {})
builtins.type = builtins.isinstance = lambda *args: True""",
    "affichages forgés": """
from IPython.display import display, update_display
display({'text/plain': '4'}, raw=True, display_id='x')
update_display({'text/plain': '4'}, raw=True, display_id='x')
get_ipython().displayhook.session.send(None, 'execute_result', {'data': {'text/plain': '4'}, 'metadata': {}, 'execution_count': 9})
4""",
    "réponse forgée au processus de confiance": FORGED_FRAME,
    "données des contrôles changées": "donnees = []\ncarre = lambda n: 16 if n == 4 else [][n]",
    "octets vides": FORGED_BYTES.format(bytes="b''"),
    "octets au hasard": FORGED_BYTES.format(bytes="b'\\x00\\x00\\x00\\x04abcd'"),
    "octets énormes": FORGED_BYTES.format(bytes="bytes(60 << 20)"),
    "octets imbriqués": FORGED_BYTES.format(bytes="b'\\x00\\x06\\x1a\\x80' + b'[' * 400_000"),
    "tableau annoncé immense": FORGED_BYTES.format(
        bytes=repr(b'\x00\x00\x00\x3f[["dict", [["value", ["array", "<f8", [9999999999], 0]]]], [0]]')
    ),
    "valeurs qui se contiennent": "moyenne = []; moyenne.append(moyenne); tableau = {}; tableau[1] = tableau",
    "clés NaN": "moyenne = {float('nan'): 2}; tableau = {float('nan'): [1, 4, 9]}",
    "valeurs trop grosses": "moyenne = [2] * 10**7; tableau = np.zeros(10**7)",
    "suite sans fin": "import itertools; moyenne = (2 for _ in itertools.count())",
    "types menteurs": """
class Menteur:
    __class__ = property(lambda self: float)
    def __getattr__(self, name): raise KeyboardInterrupt
moyenne = tableau = Menteur()
carre = Menteur()""",
    "fonction qui cherche les contrôles": """
import gc, sys
def carre(n):
    f = sys._getframe()
    while f:
        for valeur in list(f.f_locals.values()) + list(f.f_globals.values()):
            if isinstance(valeur, str) and 'assert carre' in valeur: return 16
        f = f.f_back
    if any(isinstance(o, str) and 'assert carre' in o for o in gc.get_objects()): return 16
    return -1""",
    "erreur qui imite les nôtres": """
class ExercisesError(Exception): pass
class GradingError(Exception): pass
def carre(n): raise ExercisesError('4')""",
    "sortie brutale": "import os; os._exit(0)",
    "fin demandée": "exit(); quit(); raise SystemExit(0)",
    "erreur de segmentation": "import ctypes; ctypes.string_at(0)",
    "redémarrage": "import os, sys; os.execv(sys.executable, [sys.executable, '-c', 'pass'])",
    "boucle qui ignore les interruptions": """
while True:
    try:
        while True: pass
    except BaseException: pass""",
    "affichage sans fin": "while True: print('x' * 10_000)",
    "affichage énorme": "for _ in range(3000): print('x' * 10_000)",
}


FLAGS = STOPPED, TOO_SLOW, TOO_LONG = "arrêté brutalement", "temps dépassé", "affichage trop long"
TOLD = {
    "nos modules empoisonnés": "nomme autograder.checks",
    "réponse forgée au processus de confiance": CALL,
    **dict.fromkeys(
        (
            "octets vides",
            "octets au hasard",
            "octets énormes",
            "octets imbriqués",
            "tableau annoncé immense",
        ),
        "nomme le programme de correction",
    ),
    **dict.fromkeys(("sortie brutale", "erreur de segmentation", "redémarrage"), STOPPED),
    "boucle qui ignore les interruptions": TOO_SLOW,
    "affichage sans fin": TOO_LONG,
    "affichage énorme": TOO_LONG,
}
"""What the instructor reads of each. The others are refused, and nothing is said: an honest copy may do the same."""


@pytest.mark.parametrize("cheat", CHEATS)
def test_a_cheat_brings_nothing_to_wrong_answers(asserts: Assignment, cheat: str) -> None:
    first = {"moyenne-answer": f"moyenne = 3\n{CHEATS[cheat]}"}
    marked = asserts.grade(asserts.copy(WRONG | first))
    assert marked.points == dict.fromkeys(CHECKS, 0)
    assert all(marked.errors(name) for name in CHECKS)


@pytest.mark.parametrize("cheat", CHEATS)
def test_a_cheat_does_not_take_back_what_was_earned_before(asserts: Assignment, cheat: str) -> None:
    copy_ = asserts.copy(WRONG | {"moyenne-answer": RIGHT["moyenne-answer"]}, after_first=CHEATS[cheat])
    assert asserts.grade(copy_).points == {"moyenne-check": 2, "carre-check": 0, "tableau-check": 0}


@pytest.mark.parametrize("cheat", CHEATS)
def test_a_cheat_changes_nothing_for_our_checks(ours: Assignment, cheat: str) -> None:
    wrong = ours.copy({"somme-answer": f"total = 1\n{CHEATS[cheat]}"})
    marked = ours.grade(wrong, answers_file(couleur="b"))
    assert marked.points == {"somme-check": 0, "couleur-check": 2}  # the form is honest, and counts
    assert bool(marked.told) == (cheat in TOLD)
    assert TOLD.get(cheat, "") in marked.told


@pytest.mark.parametrize("cheat", [cheat for cheat, told in TOLD.items() if told in FLAGS])
def test_the_instructor_is_told(asserts: Assignment, cheat: str) -> None:
    marked = asserts.grade(asserts.copy(WRONG, after_first=CHEATS[cheat]))
    assert TOLD[cheat] in marked.told
    assert marked.graded.tier == "namespaces"


@pytest.mark.parametrize(
    ("code", "flag"),
    [
        ("def carre(n):\n    while True: pass", CALL),
        ("import os\ndef carre(n): os._exit(0)", CALL),
    ],
)
def test_a_function_that_hangs_or_dies_when_called_costs_its_own_points(
    asserts: Assignment, code: str, flag: str
) -> None:
    marked = asserts.grade(asserts.copy(RIGHT | {"carre-answer": code}))
    assert (marked.points["moyenne-check"], marked.points["carre-check"]) == (2, 0)
    assert flag in marked.graded.flags


COLLISIONS = """
import json, struct
import autograder.grading.engine.values as v
def encode(*args):
    tree = [["dict", [["value", ["set", [n * (2**61 - 1) for n in range(200_000)]]]]], []]
    text = json.dumps(tree).encode()
    return struct.pack("!I", len(text)) + text
v.encode = encode
"""


def test_a_value_endless_to_decode_costs_its_checks_alone(ours: Assignment) -> None:
    marked = ours.grade(ours.copy({"somme-answer": f"total = 41\n{COLLISIONS}"}), answers_file(couleur="b"))
    assert marked.points == {"somme-check": 0, "couleur-check": 2}
    assert any("cellule somme-check" in flag for flag in marked.graded.flags)


def test_what_is_outside_cannot_be_read(ours: Assignment, tmp_path: Path) -> None:
    course = ours.course
    secrets = [
        course / "gradebook.db",
        course / "submitted" / "autre" / OURS / f"{OURS}.ipynb",
        course / "source" / OURS / f"{OURS}.ipynb",
        course / "private" / f"{OURS}.json",
    ]
    for path in secrets:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    code = f"""
import os
for chemin in {[str(path) for path in secrets]}:
    try:
        print('LU', open(chemin).read())
    except FileNotFoundError:
        print('INTROUVABLE')
print('CAMPUS_PRIVATE' in os.environ, sorted(os.listdir()))
total = 1"""
    marked = ours.grade(ours.copy({"somme-answer": code}))
    assert "LU" not in marked.shown
    assert marked.shown.count("INTROUVABLE") == len(secrets)
    assert "False ['.exercises.json']" in marked.shown
    assert marked.score == 0


def test_a_notebook_tampered_with_is_rebuilt(ours: Assignment) -> None:
    nb = ours.copy({"somme-answer": "total = 1"})
    by_name = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in nb.cells}
    checked = by_name["somme-check"]
    checked.source = "2  # sans rien contrôler"
    checked.outputs = [new_output("execute_result", {"text/plain": "2"}, execution_count=1)]
    checked.metadata.nbgrader |= {"points": 1000, "locked": False, "solution": True}
    checked.metadata["tags"] = ["same-kernel"]
    by_name["setup"].source = "def check(name): return 2"
    nb.metadata["kernelspec"] = {"name": "bash", "language": "bash", "display_name": "bash"}
    nb.metadata["campus_grading"] = {"tier": "namespaces", "flags": []}
    for damage in (
        nb.cells,
        nb.cells[::-1],
        [cell for cell in nb.cells if cell is not checked],
        [*nb.cells, copy.deepcopy(checked), copy.deepcopy(checked)],
    ):
        marked = ours.grade(NotebookNode(nb, cells=damage), answers_file(couleur="b"))
        assert marked.points == {"somme-check": 0, "couleur-check": 2}
        assert marked.cell("somme-check").source == 'check("somme")'
        assert marked.graded.flags == []


def test_a_hostile_answers_file_is_only_data(ours: Assignment) -> None:
    for text in (
        "[" * 100_000,
        "{}" + " " * 3_000_000,
        '{"answers": {"couleur": {"value": {"a": NaN}}}}',
        "\x00",
    ):
        assert ours.grade(ours.copy(OUR_RIGHT), {"reponses.json": text}).points == {
            "somme-check": 2,
            "couleur-check": 0,
        }


def test_the_learners_exercises_file_is_not_used(ours: Assignment) -> None:
    files = answers_file(couleur="a") | {".exercises.json": '{"module": "T01-essai", "exercises": {}}'}
    assert ours.grade(ours.copy({}), files).score == 0
    assert ours.grade(ours.copy(OUR_RIGHT), files).score == 2


def test_links_in_a_copy_lead_nowhere(ours: Assignment, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    folder = tmp_path / "copie"
    folder.mkdir()
    for name in ("reponses.json", ".exercises.json", "lien.txt"):
        (folder / name).symlink_to(secret)
    nb = ours.copy({"somme-answer": "total = 42 - 1\nimport os\nprint(os.path.lexists('lien.txt'))"})
    graded = ours.engine.grade(Copy(nb, folder)).notebook
    shown = str([cell.get("outputs") for cell in graded.cells])
    assert "SECRET" not in shown
    assert "False" in shown
    assert secret.read_text() == "SECRET"


def test_a_cell_that_stays_with_the_learner_is_told_to_be_open_to_cheating(tmp_path: Path) -> None:
    nb = plain()
    nb.cells[2] = check("moyenne-check", "assert moyenne == 2", 2, tags=("same-kernel",))
    assignment = plain_assignment(tmp_path, nb)
    with assignment.engine:
        honest = assignment.grade(assignment.copy(RIGHT))
        forged = assignment.grade(assignment.copy(WRONG, after_first="1000"))
    assert honest.score == 10
    assert honest.graded.flags == [f"cellule moyenne-check : {SAME_KERNEL}"]
    assert forged.score == 0
