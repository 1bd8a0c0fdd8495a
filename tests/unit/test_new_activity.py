"""The activity that docs/architecture.md shows how to write is written as it says, and works: its folder, one line, two commands."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bundle
from autograder import fingerprint, paths

PAGE = (paths.home() / "docs" / "architecture.md").read_text(encoding="utf-8")
FILES = re.findall(r"```(?:python|js|css)\n(?:#|//|/\*) (activities/\S+)(?: \*/)?\n(.*?)```", PAGE, re.DOTALL)
LINE = '"quiz": (),'

ANSWER = """
tri-couleur:
  title: Une couleur
  objective: comparer
  answer: {kind: quiz}
  form: {widget: quiz, label: Quelle couleur ?, situation: Un message presse., solution: orange}
  hints: [Relisez., Relisez encore.]
"""

PLAY = """
import json, sys
from pathlib import Path
from autograder.activities import registry
from autograder.checks.kinds import kind_of
from autograder.checks.outcomes import Outcome, SealedTable
from autograder.modules import yaml_text

registry_is = registry.__file__
spec = {"kind": "quiz", "situation": "S"}
sealed = SealedTable.seal(
    {(f, c): Outcome("right", share, "Oui.") for f, c, share in kind_of("quiz").shares("orange", spec)}, "sel", 1
)
form = {"widget": "quiz", "label": "Quelle couleur ?", "situation": "S"}
exercise = {"title": "T", "points": 2, "form": form, "hints": [], "answer": {"kind": "quiz"}, "otherwise": "Non.",
            "questions": {"form": {"spec": spec, "sealed": sealed.to_json()}}}
Path(".exercises.json").write_text(json.dumps({"module": "T01", "version": 1, "exercises": {"e": exercise}}))
document = yaml_text.read(Path("answers.yml"), "answers")

from autograder.forms import exercise as show
panel = show("e")
replies = []
panel.send = replies.append
for value in ("bleu", "orange"):
    panel._handle_custom_msg({"request": "r", "action": "check", "value": value}, [])
print(json.dumps({"registry": registry_is, "form": panel.form["quiz"], "replies": replies, "verdict": panel.verdict,
                  "page": panel.page, "read": document.data["tri-couleur"]["form"]["situation"]}))
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package with the files of the page and its line."""
    package = tmp_path / "autograder"
    shutil.copytree(fingerprint.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "tests"))
    for name, text in FILES:
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text, encoding="utf-8")
    registry = package / "activities" / "registry.py"
    text = registry.read_text(encoding="utf-8")
    registry.write_text(
        text.replace('    "inbox": (),\n', f'    "inbox": (),\n    {LINE}\n'), encoding="utf-8"
    )
    (tmp_path / "docs").mkdir()
    shutil.copy(paths.home() / "docs" / "format-d-un-module.md", tmp_path / "docs")
    (tmp_path / "answers.yml").write_text(ANSWER, encoding="utf-8")
    return tmp_path


def python(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(house), "CAMPUS_HOME": str(house), "PATH": "/usr/bin"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=house, env=environment, capture_output=True, text=True
    )


def make_bundle(house: Path) -> None:
    """Do what `make bundle` does."""
    made = house / "made"
    made.mkdir()
    bundle.bundle(house, made)
    bundle.replace(house / bundle.STATIC, bundle.files(made))


def test_its_folder_one_line_and_two_commands_make_an_activity(house: Path) -> None:
    assert LINE in PAGE and "make bundle" in PAGE and len(FILES) == 5
    made = python(house, "-m", "autograder.authoring.answers_schema")
    assert made.returncode == 0, made.stderr
    assert "donner une couleur à une situation" in (house / "docs/format-d-un-module.md").read_text("utf-8")
    make_bundle(house)
    (house / "play.py").write_text(PLAY, encoding="utf-8")
    played = python(house, "play.py")
    assert played.returncode == 0, played.stderr
    told = json.loads(played.stdout.splitlines()[-1])
    assert Path(told["registry"]).is_relative_to(house), "the copy, not the course's own package"
    assert told["form"] == {"situation": "S", "colours": ["vert", "orange", "rouge"]}
    assert "Choisissez une des couleurs proposées" in told["replies"][0]["error"]
    assert "error" not in told["replies"][1] and 'data-state="right"' in told["verdict"]
    assert (house / bundle.STATIC / told["page"]).is_file() and told["page"].startswith("quiz-")
    assert told["read"] == "Un message presse."


def test_its_script_has_the_right_types(house: Path) -> None:
    shutil.copy(bundle.ROOT / "jsconfig.json", house)
    tsc = bundle.ROOT / "node_modules/typescript/bin/tsc"
    checked = python(house, "-c", bundle.RUN_NODE, str(tsc), "--project", "jsconfig.json")
    assert checked.returncode == 0, checked.stdout


def test_without_its_bundle_the_command_to_make_it_is_told(house: Path) -> None:
    asked = python(house, "-c", "from autograder.forms.page import assets; assets.bundle('quiz')")
    assert "lancez « make bundle »" in asked.stderr


def test_without_its_line_it_does_not_exist(house: Path) -> None:
    registry = house / "autograder/activities/registry.py"
    registry.write_text(registry.read_text("utf-8").replace(f"    {LINE}\n", ""), encoding="utf-8")
    asked = python(house, "-c", "from autograder.activities import registry; registry.load('quiz')")
    assert "UnknownActivity: quiz" in asked.stderr
