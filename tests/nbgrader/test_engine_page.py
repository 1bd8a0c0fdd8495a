"""The engine's page, autograder/grading/engine/README.md: what it tells of one answer is what happens."""

import json
import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from autograder import paths
from autograder.authoring.pipeline import BuiltModule
from autograder.grading.engine import engine as engine_module
from autograder.grading.engine.engine import Copy, Engine
from autograder.grading.release import load_config
from autograder.proofs.released import released
from autograder.sandbox import Session

FOLDER = Path(engine_module.__file__).parent
PAGE = (FOLDER / "README.md").read_text("utf-8")
ANSWER = re.search(r"```python\n(.*)\n```", PAGE)[1]
ENVELOPE = re.search(r"(\[\[.*\]\]) +then 8 bytes: ([\d.]+)", PAGE)

Step = tuple[str, str]


def record(monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """Note what the parent asks of each of the two processes, in order; their answers are real."""
    steps: list[Step] = []
    execute, call = Session.execute, Session.call

    def noted_execute(session: Session, source: str, *args: object, **options: object) -> object:
        steps.append(("execute", source.splitlines()[-1]))
        return execute(session, source, *args, **options)

    def noted_call(session: Session, function: str, *args: object, **options: object) -> object:
        steps.append(("call", f"{function.rpartition(':')[2]} {args[0]}"))
        result = call(session, function, *args, **options)
        if isinstance(result, bytes):
            steps.append(("bytes", result[4:-8].decode("ascii", "replace") + f" {result[-8:].hex()}"))
        return result

    monkeypatch.setattr(Session, "execute", noted_execute)
    monkeypatch.setattr(Session, "call", noted_call)
    return steps


class Graded:
    """F02 released, and an engine for its copies."""

    def __init__(self, built: BuiltModule, course: Path):
        name = built.module.folder_name
        self.blank = released(built.source / f"{name}.ipynb", load_config(paths.home() / "course"))
        (course / "release" / name).mkdir(parents=True)
        nbformat.write(self.blank, course / "release" / name / f"{name}.ipynb")
        self.engine = Engine(course, name)

    def grade(self, folder: Path, **answers: str) -> dict[str, NotebookNode]:
        """Grade a copy with these cells changed; return its cells by name."""
        notebook = nbformat.from_dict(json.loads(json.dumps(self.blank)))
        for cell in notebook.cells:
            cell.source = answers.get(_name(cell).replace("-", "_"), cell.source)
        graded = self.engine.grade(Copy(notebook, folder))
        assert graded.flags == []
        return {_name(cell): cell for cell in graded.notebook.cells}


def _name(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


@pytest.fixture(scope="module")
def f02(
    built_module: Callable[[str, Path], BuiltModule], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Graded]:
    course = tmp_path_factory.mktemp("course")
    graded = Graded(built_module("F02", course), course)
    with graded.engine:
        yield graded


@pytest.mark.slow
def test_the_answer_of_the_page_goes_the_way_that_the_page_draws(
    f02: Graded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = record(monkeypatch)
    cells = f02.grade(tmp_path, mediane_answer=ANSWER)
    first = steps.index(("execute", 'exercise("mediane")'))
    raw = struct.pack("<d", float(ENVELOPE[2])).hex()
    assert steps[first : first + 7] == [
        ("execute", 'exercise("mediane")'),
        ("call", "rewind ['population_mediane']"),
        ("execute", ANSWER),
        ("call", "put_answer population_mediane"),
        ("call", "give population_mediane"),
        ("bytes", f"{ENVELOPE[1]} {raw}"),
        ("execute", 'check("mediane")'),
    ]
    assert determine_grade(cells["mediane-check"]) == (2, 2)


@pytest.mark.slow
def test_a_copy_by_forms_alone_needs_no_process_for_the_learners_code(
    f02: Graded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    f02.grade(tmp_path)  # the released answers are asked once
    steps = record(monkeypatch)
    f02.grade(tmp_path)
    asked = {what.split("(")[0].split()[0] for _, what in steps}
    assert asked == {"exercise", "check", "put_answer"}  # all in the checker's process


def test_each_file_of_the_engine_is_on_its_page() -> None:
    files = {path.name for path in FOLDER.glob("*.py")} - {"__init__.py"}
    assert files == {name for name in re.findall(r"\b(\w+\.py)\b", PAGE) if (FOLDER / name).is_file()}


def test_the_names_of_the_page_are_in_the_code() -> None:
    code = "".join(
        path.read_text("utf-8")
        for path in (FOLDER, FOLDER.parents[1] / "sharing")
        for path in path.glob("*.py")
    )
    named = re.findall(r"`(?:Engine|Split|roles)\.(\w+)`", PAGE)
    assert len(named) >= 5
    assert [name for name in named if f"def {name}(" not in code] == []
