"""The scripts that JupyterLab serves: made from the sources, and never stale in a browser that keeps them for a year."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bundle

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / bundle.STATIC
CONTROLS = {
    path.parts[-3]: path.read_text(encoding="utf-8")
    for path in ROOT.glob("autograder/activities/*/page/control.js")
}
ACTIVITIES = set(CONTROLS)
IN_A_PANEL = {name for name, text in CONTROLS.items() if "panel.js" in text}


def made_from(root: Path, into: Path) -> dict[str, bytes]:
    into.mkdir()
    bundle.bundle(root, into)
    return bundle.files(into)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the scripts, elsewhere, to change them."""
    root = tmp_path / "copy"
    for path in ROOT.glob("autograder/**/*"):
        if path.suffix in (".js", ".css") and STATIC not in path.parents:
            target = root / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return root


def test_what_is_served_is_made_byte_for_byte_from_the_sources(tmp_path: Path, copy: Path) -> None:
    assert made_from(copy, tmp_path / "made") == bundle.files(STATIC)


@pytest.mark.parametrize(
    ("changed", "pages"),
    [
        ("autograder/forms/page/panel.js", {"form"} | IN_A_PANEL),
        ("autograder/forms/page/panel.css", {"form", "desk"} | ACTIVITIES),
        ("autograder/activities/inbox/page/control.css", {"inbox"}),
        ("autograder/lab/extension/campus.css", {"index"}),
        ("autograder/forms/page/loader.js", {"loader"}),
    ],
)
def test_a_byte_changed_gives_another_address_to_what_holds_it_and_to_nothing_else(
    tmp_path: Path, copy: Path, changed: str, pages: set[str]
) -> None:
    path = copy / changed
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("1", "2") if path.suffix == ".css" else text + "\nconsole.log(1);\n", encoding="utf-8"
    )
    new = made_from(copy, tmp_path / "made").keys() - bundle.files(STATIC).keys()
    assert {name.partition("-")[0] for name in new} == pages


def test_the_extension_names_the_script_that_is_there() -> None:
    text = (STATIC.parent / "package.json").read_text(encoding="utf-8")
    assert text == bundle.description(STATIC)
    assert (STATIC.parent / json.loads(text)["jupyterlab"]["_build"]["load"]).is_file()


def test_the_page_of_each_activity_is_found_in_its_folder() -> None:
    activities = {path.parents[1].name for path in ROOT.glob("autograder/activities/*/page/control.js")}
    assert activities and activities <= set(bundle.pages(ROOT / "autograder"))


def test_the_lock_of_the_tools_names_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all(package.get("integrity") for name, package in lock["packages"].items() if name)


SCRIPTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in ROOT.glob("autograder/**/*.js")
    if STATIC not in path.parents
)


def test_a_type_error_put_into_any_script_is_told(tmp_path: Path) -> None:
    """`make check` calls `npm run types`: the same project, on a copy where each script has one wrong line."""
    for path in [*ROOT.glob("autograder/**/*.js"), *ROOT.glob("autograder/**/*.d.ts")]:
        if STATIC not in path.parents:
            target = tmp_path / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            wrong = (
                "\n/** @type {number} */\nexport const wrong = document.title;\n"
                if path.suffix == ".js"
                else ""
            )
            target.write_text(path.read_text(encoding="utf-8") + wrong, encoding="utf-8")
    shutil.copy(ROOT / "jsconfig.json", tmp_path)
    command = [sys.executable, "-c", bundle.RUN_NODE, str(ROOT / "node_modules/typescript/bin/tsc")]
    told = subprocess.run(
        [*command, "--project", "jsconfig.json", "--pretty", "false"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert told.returncode != 0
    assert {line.partition("(")[0] for line in told.stdout.splitlines() if "TS2322" in line} == set(SCRIPTS)
