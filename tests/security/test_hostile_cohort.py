"""A cohort where nearly every copy is hostile or broken, graded at once: the honest ones lose nothing, and all is told."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from nbgrader.api import Gradebook

from autograder.grading.batch.run import Report
from autograder.grading.engine.engine import Engine
from autograder.sandbox import Limits
from tests.nbgrader.batch_course import MODULE, BatchCourse, cell_of, make_course

pytestmark = pytest.mark.filterwarnings("ignore::nbformat.warnings.DuplicateCellId")

WRONG = "total = 1"
LIMITS = Limits(cell_seconds=6, notebook_seconds=60, output_bytes=1 << 16)
FORM = {"couleur": "b"}
HONEST = ("honnête-1", "honnête-2", "honnête-3")
FULL, FORM_ONLY, CODE_ONLY = 4, 2, 2


@dataclass(frozen=True)
class Case:
    """What one learner hands in. `points`: what must come of it, None when the copy cannot be graded.

    `told` is what the instructor must read, in the flags or in the reason; `shown`, what the learner's page must hold.
    """

    change: Callable[[Path], object]
    points: float | None
    told: str = ""
    shown: str = ""


def code(source: str) -> Callable[[Path], object]:
    """Answer with `source`, after a wrong answer."""
    return lambda folder: edit(folder, lambda nb: answer(nb, f"{WRONG}\n{source}"))


def answer(nb: NotebookNode, source: str) -> None:
    cell_of(nb, "somme-answer").source = source


def edit(folder: Path, change: Callable[[NotebookNode], object]) -> None:
    path = folder / f"{MODULE}.ipynb"
    nb = nbformat.read(path, as_version=4)
    change(nb)
    path.write_text(json.dumps(nb), encoding="utf-8")


def raw(content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / f"{MODULE}.ipynb").write_bytes(content)


def truncated(folder: Path) -> None:
    path = folder / f"{MODULE}.ipynb"
    path.write_bytes(path.read_bytes()[:700])


def format_3(folder: Path) -> None:
    path = folder / f"{MODULE}.ipynb"
    path.write_text(nbformat.writes(nbformat.read(path, as_version=3), version=3), encoding="utf-8")


def many_cells(nb: NotebookNode) -> None:
    nb.cells[2:2] = [new_code_cell("1", id=f"c{number}") for number in range(5_000)]


def huge_output(nb: NotebookNode) -> None:
    text = "x" * 50_000_000
    cell_of(nb, "somme-answer").outputs = [new_output("stream", name="stdout", text=text)]


def forged(nb: NotebookNode) -> None:
    """Wrong answers, and all the rest as if they were right."""
    answer(nb, WRONG)
    check = cell_of(nb, "somme-check")
    check.source = "2"
    check.metadata.nbgrader |= {"points": 1000, "locked": False, "solution": True, "grade": True}
    check.metadata["tags"] = ["same-kernel"]
    check.outputs = [new_output("execute_result", {"text/plain": "2"}, execution_count=1)]
    nb.metadata["kernelspec"] = {"name": "bash", "language": "bash", "display_name": "bash"}
    nb.metadata["campus_grading"] = {"tier": "namespaces", "flags": []}


def answers_of(folder: Path, **origin: object) -> None:
    path = folder / "reponses.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | origin), encoding="utf-8")


def reordered(nb: NotebookNode) -> None:
    answer(nb, WRONG)
    nb.cells = [*nb.cells[::-1], *nb.cells]


def without_checks(nb: NotebookNode) -> None:
    answer(nb, WRONG)
    nb.cells = [cell for cell in nb.cells if not cell.metadata.get("nbgrader", {}).get("locked")]


def link_to_secret(folder: Path) -> None:
    path = folder / f"{MODULE}.ipynb"
    path.unlink()
    path.symlink_to(folder.parents[2] / "source" / MODULE / f"{MODULE}.ipynb")


def odd_files(folder: Path) -> None:
    names = ["-rf", "a\nb", "\u202etxt.exe", "é" * 120, ".. ", "…", "*", "$(touch x)", "con.txt", "'\"<b>"]
    for name in names:
        (folder / name).write_text("x", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe")).write_bytes(b"x")
    os.mkfifo(folder / "tuyau")
    (folder / "boucle").symlink_to(folder)


FORGED_ANSWERS = (
    "import json; json.dump({'answers': {'couleur': {'value': 'b'}}}, open('reponses.json', 'w'))"
)
OUTSIDE = "import os\nfor p in {paths}:\n    try: open(p, 'a').write('x'); print('ÉC' 'RIT')\n    except OSError as e: print(e)"

CASES = {
    "fichier vide": Case(raw(b""), None, "n’est pas lisible"),
    "fichier tronqué": Case(truncated, None, "n’est pas lisible"),
    "pas un carnet": Case(raw(b"[1, 2]"), None, "ce n’est pas un carnet"),
    "octets": Case(raw(bytes(range(256)) * 50), None, "n’est pas lisible"),
    "imbriqué": Case(raw(b"[" * 1_000_000), None, "n’est pas lisible"),
    "lien vers le corrigé": Case(link_to_secret, None, "manque dans le dossier rendu"),
    "format 3": Case(format_3, FULL),
    "5 000 cellules": Case(lambda folder: edit(folder, many_cells), FULL),
    "sortie de 50 Mo": Case(lambda folder: edit(folder, huge_output), FULL),
    "fichiers aux noms étranges": Case(odd_files, FULL, "ne sont pas des fichiers ordinaires"),
    "points et métadonnées forgés": Case(
        lambda folder: edit(folder, forged), FORM_ONLY, "points ou verrou changés dans somme-check"
    ),
    "table scellée remplacée": Case(
        lambda folder: (folder / ".exercises.json").write_text('{"exercises": {}}'), FULL, "le bon a servi"
    ),
    "table scellée cherchée": Case(
        code("open('.exercises.json').read()"), FORM_ONLY, "nomme .exercises.json"
    ),
    "carnet de notes lu": Case(code("open('/x/gradebook.db')"), FORM_ONLY, "nomme le carnet de notes"),
    "réponses d’un autre module": Case(
        lambda folder: answers_of(folder, module="F01-x"),
        CODE_ONLY,
        "ne sont pas comptées",
        "un autre module",
    ),
    "réponses d’une version 99": Case(
        lambda folder: answers_of(folder, version=99), FULL, "vient de la version 99 du module"
    ),
    "ordre renversé et doubles": Case(
        lambda folder: edit(folder, reordered), FORM_ONLY, "exemplaires, réunis"
    ),
    "contrôles effacés": Case(lambda folder: edit(folder, without_checks), FORM_ONLY, "manquante"),
    "réponses de formulaire forgées": Case(code(FORGED_ANSWERS), FORM_ONLY),
    "sortie brutale": Case(
        code("import os; os._exit(0)"), FORM_ONLY, "arrêté brutalement", "arrêté brutalement"
    ),
    "erreur de segmentation": Case(
        code("import ctypes; ctypes.string_at(0)"), FORM_ONLY, "arrêté brutalement", "arrêté brutalement"
    ),
    "boucle": Case(code("while True: pass"), FORM_ONLY, "temps dépassé", "n’a pas fini dans le temps prévu"),
    "boucle têtue": Case(
        code("while True:\n    try:\n        while True: pass\n    except BaseException: pass"),
        FORM_ONLY,
        "temps dépassé",
        "n’a pas fini dans le temps prévu",
    ),
    "mémoire": Case(
        code("x = bytearray(8 << 30)"), FORM_ONLY, "mémoire dépassée", "plus de mémoire que prévu"
    ),
    "disque": Case(
        code("open('gros', 'wb').write(bytes(100 << 20))"),
        FORM_ONLY,
        "fichiers trop gros",
        "plus gros que prévu",
    ),
    "programmes sans fin": Case(
        code("import os, time\nfor _ in range(500):\n    if os.fork() == 0: time.sleep(9); os._exit(0)"),
        FORM_ONLY,
        "trop de programmes",
        "plus de programmes",
    ),
    "affichage sans fin": Case(
        code("while True: print('x' * 10_000)"), FORM_ONLY, "affichage trop long", "Sortie coupée"
    ),
    "programme laissé derrière soi": Case(
        code("import os, time\nif os.fork() == 0:\n    os.setsid(); time.sleep(300); os._exit(0)"), FORM_ONLY
    ),
}


@dataclass(frozen=True)
class Graded:
    course: BatchCourse
    report: Report
    points: dict[str, float]

    def notebook(self, learner: str) -> str:
        """The text of a graded notebook."""
        return (self.course.folder(learner) / f"{MODULE}.ipynb").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    course = make_course(tmp_path_factory.mktemp("cohorte"))
    for learner in HONEST:
        course.hand_in(learner, forms=FORM)
    for name, case in CASES.items():
        case.change(course.hand_in(name, forms=FORM))
    paths = [
        str(course.root / "gradebook.db"),
        str(course.root / "nouveau"),
        str(Path.home() / ".canari-campus"),
    ]
    course.hand_in("écrire dehors", OUTSIDE.format(paths=paths), forms=FORM)
    with Engine(course.root, MODULE, limits=LIMITS) as engine:
        report = course.grade(engine, workers=2)
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "campus") as gradebook:
        points = {one.student.id: one.score for one in gradebook.assignment_submissions(MODULE)}
    return Graded(course, report, points)


def test_the_honest_copies_lose_nothing(graded: Graded) -> None:
    assert [graded.points[learner] for learner in HONEST] == [FULL] * 3
    assert not set(HONEST) & {*graded.report.flags, *graded.report.failed}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_copy_gets_what_it_deserves_and_is_told(graded: Graded, name: str) -> None:
    case = CASES[name]
    assert graded.points.get(name) == case.points
    told = [graded.report.failed[name]] if case.points is None else graded.report.flags.get(name, ())
    assert bool(told) == bool(case.told)
    assert case.told in " ".join(told)
    if case.points is not None:
        assert case.shown in graded.notebook(name)


def test_nothing_is_written_outside(graded: Graded) -> None:
    assert "ÉCRIT" not in graded.notebook("écrire dehors")
    assert graded.notebook("écrire dehors").count("Errno") == 3  # each was tried, and refused
    assert not (graded.course.root / "nouveau").exists()


def test_the_second_run_has_nothing_left_to_do(graded: Graded) -> None:
    with Engine(graded.course.root, MODULE, limits=LIMITS) as engine:
        again = graded.course.grade(engine, workers=2)
    assert (again.graded, again.failed) == (0, graded.report.failed)
    assert again.flags == graded.report.flags
