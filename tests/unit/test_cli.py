"""The command `campus`: French for every verb, an exit code that tells, and nothing but JSON where JSON is asked."""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import cli
from autograder.verbs import print_json

PACKAGE = Path(cli.__file__).parent
ROOT = Path(__file__).resolve().parents[2]
VERBS = [
    "build",
    "new",
    "check",
    "facts",
    "watch",
    "run",
    "demo",
    "lab",
    "publish",
    "learners",
    "release",
    "collect",
    "grade",
    "feedback",
    "marks",
    "purge",
    "export",
    "backup",
    "restore",
    "report",
    "data",
    "doctor",
]
LEARNERS = ["import", "list"]
DATA = ["list", "check", "add", "rebuild", "fetch", "refresh"]


@pytest.mark.parametrize(
    "verb",
    [
        [],
        *([verb] for verb in VERBS),
        *(["data", action] for action in DATA),
        *(["learners", action] for action in LEARNERS),
    ],
)
def test_every_verb_explains_itself_in_french(verb, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main([*verb, "--help"])
    text = capsys.readouterr().out
    assert stopped.value.code == 0
    assert text.startswith("usage : campus")
    assert "afficher cette aide" in text
    assert not {"show", "message", "positional"} & set(text.split())


def test_no_command_pays_for_the_libraries_of_another():
    code = "import sys\nfrom autograder.cli import _parser\n_parser()\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"pandas", "jupytext", "jsonschema", "nbformat", "IPython"} & set(loaded.split())


def test_no_verb_is_left_out_of_these_tests():
    def choices(parser):
        actions = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
        return actions[0].choices

    verbs = choices(cli._parser())
    assert list(verbs) == VERBS
    assert list(choices(verbs["data"])) == DATA
    assert list(choices(verbs["learners"])) == LEARNERS


def test_every_command_that_a_message_advises_exists():
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    advised = {verb for text in sources for verb in re.findall(r"(?:« |&& )campus (\w+)", text)}
    assert {"build", "grade", "release", "doctor"} <= advised <= set(VERBS)


def test_no_message_advises_nbgraders_collect():
    """It keeps the first copy of a learner who handed in twice."""
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    assert not any(re.search(r"« ?nbgrader collect", text) for text in sources)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "il manque : VERBE"),
        (["construire"], "n’est pas possible"),
        (["run", "--workers", "0"], "à partir de 1"),
        (["run", "--set", "millesime"], "NOM=VALEUR"),
        (["data", "refresh", "communes"], "il manque : --vintage"),
    ],
)
def test_a_misused_command_is_explained_and_exits_with_2(arguments, said, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["build", "check", "run", "demo", "grade", "release"])
def test_an_unknown_module_is_said_to_be_so_and_exits_with_1(verb, capsys):
    assert cli.main([verb, "Z99"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "aucun module de ce nom. Modules " in err and "F01, F02" in err


def test_a_catalogue_that_is_missing_is_explained(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CAMPUS_DATASETS", str(tmp_path))
    assert cli.main(["check", "F01"]) == 1
    assert "datapackage.json" in capsys.readouterr().err


def test_json_is_all_that_goes_to_standard_output(capsys):
    assert cli.main(["check", "--json"]) == 0
    out, err = capsys.readouterr()
    assert {module["id"] for module in json.loads(out)["modules"]} >= {"F01", "F02"}
    assert "rien à corriger" in err


@pytest.mark.parametrize(
    "command", [[Path(sys.executable).with_name("campus")], [sys.executable, "-m", "autograder"]]
)
def test_other_libraries_on_pythonpath_do_not_come_in(command, tmp_path):
    for name in ("pandas", "traitlets", "tqdm"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('une autre bibliothèque')")
    outside = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([*command, "data", "list"], env=outside, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "communes" in done.stdout + done.stderr


def test_make_starts_everything_without_pythonpath(tmp_path):
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text() + "\nseen:\n\t@env\n")
    outside = {**os.environ, "PYTHONPATH": "/ailleurs", "PYTHONHOME": "/ailleurs"}
    seen = subprocess.run(
        ["make", "seen"], cwd=tmp_path, env=outside, capture_output=True, text=True, check=True
    )
    assert "/ailleurs" not in seen.stdout


@pytest.mark.skipif(os.name != "posix", reason="locales of POSIX")
@pytest.mark.parametrize(
    ("locale", "children"), [("C", "C.UTF-8"), ("C.UTF-8", "C.UTF-8"), ("fr_XX.UTF-8", "C.UTF-8")]
)
def test_children_read_accents_whatever_the_locale(locale, children):
    program = "import os; from autograder import locales; os.environ.update(locales.readable()); print(os.environ['LC_ALL'])"
    outside = {**os.environ, "LC_ALL": locale}
    done = subprocess.run(
        [sys.executable, "-c", program], env=outside, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == children


def test_an_answer_in_json_gives_a_terminal_nothing_to_obey(capsys):
    data = {"copie": "Zoé \x1b[2J \x9b \u202e \ud800 \U000e0001", "retard": "−1 h"}
    print_json(data)
    out = capsys.readouterr().out
    assert json.loads(out) == data
    assert "Zoé" in out and "−1 h" in out
    assert all(sign.isprintable() or sign == "\n" for sign in out)
