"""A pytest plugin for nbgrader's own tests: has them find our configuration, by the folders that Jupyter looks in."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = str(Path(__file__).parent)


@pytest.fixture(autouse=True)
def our_configuration(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Configure our steps for the course directory of a test that has one."""
    if "course_dir" in request.fixturenames:
        monkeypatch.setenv("UPSTREAM_COURSE", request.getfixturevalue("course_dir"))
        monkeypatch.setenv(
            "JUPYTER_CONFIG_PATH", HERE + os.pathsep + os.environ.get("JUPYTER_CONFIG_PATH", "")
        )
    yield
