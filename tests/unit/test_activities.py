"""An activity is one folder and one line of the registry: nothing else knows it by name, and nobody pays for those of others."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder import fingerprint
from autograder.activities import registry
from autograder.activities.registry import ACTIVITIES, UnknownActivity, load, mentioned
from autograder.authoring.activities_of import activities_of
from autograder.authoring.answers_schema import COMMAND, written
from autograder.checks.kinds import KINDS, kind_of
from autograder.modules.load import load_modules

FOLDER = fingerprint.PACKAGE / "activities"
LOADED = "import sys; print(*sorted({name.split('.')[2] for name in sys.modules if name.startswith('autograder.activities.')}))"


def loaded_by(code: str, folder: Path) -> list[str]:
    """The files and folders of the room that a kernel has loaded after some code."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{LOADED}"], cwd=folder, capture_output=True, text=True, check=True
    )
    return run.stdout.splitlines()[-1].split()


def notebook_of(folder: Path, *forms: dict[str, Any]) -> None:
    """Write the exercises of a notebook, named e0, e1…"""
    exercises = {
        f"e{number}": {
            "title": "Titre",
            "points": 1,
            "form": {"label": "Texte", **form},
            "hints": [],
            "answer": {"kind": form["widget"]},
            "otherwise": "Relisez.",
            "questions": {},
        }
        for number, form in enumerate(forms)
    }
    data = {"module": "T01-demo", "version": 1, "exercises": exercises}
    (folder / ".exercises.json").write_text(json.dumps(data), encoding="utf-8")


def test_every_folder_has_its_line_and_every_line_its_folder() -> None:
    assert {path.parent.name for path in FOLDER.glob("*/activity.py")} == set(ACTIVITIES)
    assert {name: load(name).name for name in ACTIVITIES} == {name: name for name in ACTIVITIES}


@pytest.mark.parametrize("name", ACTIVITIES)
def test_a_folder_is_whole(name: str) -> None:
    for part in ("README.md", "page/control.js", "page/control.css", "tests"):
        assert (FOLDER / name / part).exists(), part


WARM = "import importlib; from autograder.kernels.warm import PRELOAD; [importlib.import_module(name) for name in PRELOAD]"


@pytest.mark.parametrize("code", [WARM, "import autograder.notebook", "import autograder.authoring.lint"])
def test_nothing_is_loaded_before_a_form_asks_for_an_activity(code: str, tmp_path: Path) -> None:
    assert loaded_by(code, tmp_path) == ["registry"]


def test_a_kernel_loads_the_activities_of_its_forms_alone(tmp_path: Path) -> None:
    notebook_of(tmp_path, {"widget": "choice", "options": {"a": "A", "b": "B"}}, {"widget": "inbox"})
    code = "from autograder.notebook import exercise; exercise('e0')"
    assert loaded_by(code, tmp_path) == ["registry"]
    assert loaded_by(f"{code}; exercise('e1')", tmp_path) == ["inbox", "registry"]


@pytest.mark.parametrize(
    "name", ["os", "inbox.activity", "../inbox", "registry", "", "Inbox", "subprocess:run"]
)
def test_a_name_from_a_learners_file_loads_nothing_that_is_not_ours(name: str, tmp_path: Path) -> None:
    for asked in (load, kind_of, registry.module_of):
        with pytest.raises(UnknownActivity):
            asked(name)
    notebook_of(tmp_path, {"widget": name, name: {}, "questions": {}})
    code = f"from autograder.notebook import exercise; before = set(sys.modules); exercise('e0'); assert {name!r} not in set(sys.modules) - before"
    assert loaded_by(f"import sys; {code}", tmp_path) == ["registry"]


def test_no_other_room_knows_an_activity_by_name() -> None:
    """But `explore`, a word of the notebook: it opens the explorer on any table; and `restore`, a verb of the command."""
    known = re.compile(rf"""["'](?:{"|".join(ACTIVITIES)})["']|activities\.(?:{"|".join(ACTIVITIES)})\b""")
    knowing = {
        path.relative_to(fingerprint.PACKAGE).as_posix()
        for path in fingerprint.PACKAGE.rglob("*.py")
        if not path.is_relative_to(FOLDER) and known.search(path.read_text(encoding="utf-8"))
    }
    assert knowing == {"forms/explore.py", "followup/backup/cli.py"}


def test_an_activity_does_not_take_the_name_of_an_ordinary_kind() -> None:
    assert not set(ACTIVITIES) & set(KINDS)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("from autograder.activities.inbox import show as boite", {"inbox"}),
        ("from autograder.activities import committee, inbox", {"committee", "inbox"}),
        ("import autograder.activities.committee.portfolios as p\np.sound('prudente', 1, 2)", {"committee"}),
        ("explore(communes)", {"explorer"}),
        ("from autograder.notebook import explore as regarder", {"explorer"}),
        ("from autograder.notebook import check, exercise, explore, load", set()),
        ("boite = inbox = 3  # nothing of ours", set()),
    ],
)
def test_what_a_cell_uses_is_read_in_its_text(code: str, found: set[str]) -> None:
    assert mentioned(code) == found


def test_the_activities_of_the_course_are_those_of_its_forms_and_of_its_cells() -> None:
    used = {module.id: activities_of(module) for module in load_modules()}
    assert (
        used["D01"] == ["committee", "passages"] and used["F07"] == ["inbox", "passages"] and not used["F01"]
    )
    imported = {
        module.id: mentioned("\n".join(cell.source for cell in module.cells if cell.kind == "code"))
        for module in load_modules()
    }
    assert imported["D01"] == {"committee"} and imported["F07"] == {"inbox"}, "the cells alone would tell"


@pytest.mark.parametrize("path", written(), ids=lambda path: path.name)
def test_the_schema_for_editors_and_the_page_for_authors_say_what_activities_say(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == written()[path], f"run: {COMMAND}"
