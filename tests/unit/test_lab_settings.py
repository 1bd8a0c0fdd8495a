"""Every default that we set exists in the JupyterLab that is installed."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from autograder.lab.launch import CONFIG
from autograder.lab.launch import SHARE as OURS
from autograder.lab.settings import OVERRIDES, write_settings

SHARE = Path(sys.prefix) / "share" / "jupyter"
LAB = SHARE / "lab"


def schema(plugin: str) -> dict[str, Any]:
    package, _, name = plugin.partition(":")
    places = [LAB / "schemas", SHARE / "labextensions" / package / "schemas"]
    (path,) = (p for place in places if (p := place / package / f"{name}.json").exists())
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("plugin", OVERRIDES)
def test_each_key_and_value_is_in_the_schema(plugin: str) -> None:
    known = schema(plugin)
    assert set(OVERRIDES[plugin]) <= set(known["properties"])
    Draft7Validator(known).validate(OVERRIDES[plugin])


def test_jupyterlab_reads_them_and_a_local_file_wins(tmp_path: Path) -> None:
    from jupyterlab_server.settings_utils import _get_overrides

    written = write_settings(tmp_path)
    settings = written.parent.parent
    (settings / "overrides.json").write_text(
        json.dumps({"@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 60}})
    )
    overrides, error = _get_overrides(str(settings))

    assert not error
    assert overrides["@jupyterlab/translation-extension:plugin"] == {"locale": "fr_FR"}
    assert overrides["@jupyterlab/docmanager-extension:plugin"]["autosaveInterval"] == 60


@pytest.mark.parametrize("role", ["learner", "instructor"])
def test_each_disabled_extension_is_installed(role: str) -> None:
    page = json.loads((CONFIG / role / "labconfig" / "page_config.json").read_text())
    built_in = json.loads((LAB / "static" / "package.json").read_text())["dependencies"]
    for extension in page["disabledExtensions"]:
        package = extension.partition(":")[0]
        places = [share / "labextensions" / package for share in (SHARE, OURS)]
        assert package in built_in or any(place.is_dir() for place in places), extension


def test_instructors_meet_no_english_panel() -> None:
    """nbgrader's « Create Assignment » writes questions in notebooks; ours are written as texts."""
    page = json.loads((CONFIG / "instructor" / "labconfig" / "page_config.json").read_text())
    assert page["disabledExtensions"]["@jupyter/nbgrader:create-assignment"]
    assert "@jupyter/nbgrader:formgrader" not in page["disabledExtensions"], "one click away"


def test_learners_get_no_instructor_tool() -> None:
    page = json.loads((CONFIG / "learner" / "labconfig" / "page_config.json").read_text())
    server = json.loads((CONFIG / "learner" / "jupyter_server_config.json").read_text())
    on = Path(sys.prefix, "etc", "jupyter", "jupyter_server_config.d", "nbgrader.json")
    nbgrader = json.loads(on.read_text())["ServerApp"]["jpserver_extensions"]

    assert page["disabledExtensions"]["@jupyter/nbgrader"]
    assert all(server["ServerApp"]["jpserver_extensions"][name] is False for name in nbgrader)
    assert not any("followup" in name for name in server["ServerApp"]["jpserver_extensions"])
    assert "autograder.today.server" not in server["ServerApp"]["jpserver_extensions"]
