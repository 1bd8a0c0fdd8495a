"""A small module to build, the very template of `campus new`; a small catalogue of data."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from autograder import paths
from autograder.authoring.new import new
from autograder.data import catalogue
from tests.anything import THE_SAME

settings.register_profile("campus", THE_SAME)
settings.load_profile("campus")


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A folder of modules that holds X01-essai and its prerequisite, F01."""
    root = tmp_path / "modules"
    root.mkdir()
    new("F01", "prerequis", root)
    return new("X01", "essai", root).parent


@pytest.fixture
def edit(modules: Path):
    """Replace a text in a file of X01-essai; the text must be there, once."""

    def change(name: str, old: str, text: str) -> None:
        path = modules / "X01-essai" / name
        content = path.read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {name}"
        path.write_text(content.replace(old, text), encoding="utf-8")

    return change


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    """Return a folder with the smallest real dataset only (epci-2026), safe to damage."""
    shutil.copytree(paths.datasets() / "schemas", tmp_path / "schemas")
    shutil.copy(paths.datasets() / "epci-2026.csv", tmp_path)
    package = json.loads((paths.datasets() / catalogue.FILE_NAME).read_text(encoding="utf-8"))
    package["resources"] = [entry for entry in package["resources"] if entry["name"] == "epci-2026"]
    (tmp_path / catalogue.FILE_NAME).write_text(json.dumps(package), encoding="utf-8")
    return tmp_path
