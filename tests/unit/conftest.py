"""A small module to build: the very template of `campus new`."""

from pathlib import Path

import pytest

from autograder.build.new import new


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
