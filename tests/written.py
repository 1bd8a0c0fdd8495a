"""A module of the course as it is written, and what its own cells compute: for tests that compute its figures again."""

import re
from collections.abc import Callable
from typing import Any

import matplotlib
import pytest

from autograder.modules.load import load_modules
from autograder.modules.model import Module


def written(module_id: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Return two fixtures: a module, and the names that its notebook's own cells give."""

    @pytest.fixture(scope="module")
    def module() -> Module:
        return module_of(module_id)

    @pytest.fixture(scope="module")
    def names(module: Module) -> dict[str, Any]:
        matplotlib.use("agg")
        given: dict[str, Any] = {}
        for cell in module.cells:
            if cell.kind == "code" and cell.role not in ("answer", "check", "try"):
                exec(cell.source, given)
        return given

    return module, names


def module_of(module_id: str) -> Module:
    """Return a module of the course."""
    return next(one for one in load_modules() if one.id == module_id)


def plain(text: str) -> str:
    """Return a text whose spaces are all ordinary ones."""
    return re.sub(r"\s", " ", text)


def text_of(module: Module) -> str:
    """Return all the text of a notebook."""
    return plain(" ".join(cell.source for cell in module.cells))
