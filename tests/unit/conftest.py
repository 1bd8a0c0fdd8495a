"""A small module to build: the very template of `campus new`."""

from pathlib import Path

import pytest
from hypothesis import settings

from autograder.build.new import new

# The same examples each time, and no clock: what is found is found for all, on any machine.
settings.register_profile("campus", deadline=None, derandomize=True, database=None)
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
