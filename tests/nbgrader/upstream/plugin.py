"""A pytest plugin for nbgrader's own tests: has them find our configuration, by the folders that Jupyter looks in."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

HERE = str(Path(__file__).parent)


@pytest.fixture(autouse=True)
def our_configuration(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Configure our steps for the course directory of a test that has one."""
    if "course_dir" in request.fixturenames:
        monkeypatch.setenv("UPSTREAM_COURSE", request.getfixturevalue("course_dir"))
        monkeypatch.setenv(
            "JUPYTER_CONFIG_PATH", HERE + os.pathsep + os.environ.get("JUPYTER_CONFIG_PATH", "")
        )
        if hasattr(request.module, "NbGraderAPI"):
            monkeypatch.setattr(request.module, "NbGraderAPI", _configured(request.module.NbGraderAPI))
    yield


def _configured(api: Any) -> Any:
    """Return what makes nbgrader's API with our steps below what the test asks for: this API reads no file by itself."""

    def make(coursedir: Any, config: Config) -> Any:
        ours = PyFileConfigLoader("nbgrader_config.py", path=HERE).load_config()
        ours.merge(config)
        return api(coursedir, config=ours)

    return make
