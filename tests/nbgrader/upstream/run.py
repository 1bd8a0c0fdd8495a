"""Run nbgrader's own tests, with our configuration or without, and read what became of each."""

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PLUGIN = "tests.nbgrader.upstream.plugin"

ALL = (
    "nbgrader.tests.apps.test_nbgrader_autograde",
    "nbgrader.tests.apps.test_nbgrader_generate_feedback",
    "nbgrader.tests.apps.test_api",
    "nbgrader.tests.apps.test_nbgrader_db",
    "nbgrader.tests.apps.test_nbgrader_export",
    "nbgrader.tests.api",
    "nbgrader.tests.preprocessors.test_saveautogrades",
    "nbgrader.tests.preprocessors.test_overwritecells",
    "nbgrader.tests.preprocessors.test_overwritekernelspec",
    "nbgrader.tests.preprocessors.test_deduplicateids",
    "nbgrader.tests.preprocessors.test_getgrades",
    "nbgrader.tests.preprocessors.test_limitoutput",
    "nbgrader.tests.preprocessors.test_ignorepattern",
    "nbgrader.tests.preprocessors.test_checkcellmetadata",
)


def outcomes(tests: Sequence[str], ours: bool, workers: int = 2) -> Mapping[str, str]:
    """Return "passed", "failed" or "skipped" by test, as "Class::name"; `tests` are modules, or tests of theirs.

    Raises RuntimeError when no test ran.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore"]
        command += [f"--junit-xml={report}", "-n", str(workers), "--rootdir", folder]
        command += ["-p", PLUGIN] if ours else []
        env = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [*command, "--pyargs", *tests], cwd=folder, env=env, capture_output=True, text=True
        )
        if not report.exists():
            raise RuntimeError(done.stdout[-3000:] + done.stderr[-3000:])
        found = {_name(case): _outcome(case) for case in ElementTree.parse(report).iter("testcase")}
    if not found:
        raise RuntimeError(f"no test ran\n{done.stdout[-3000:]}")
    return found


def differences() -> Mapping[str, str]:
    """Return the reason of each test that cannot pass with our steps."""
    content: dict[str, dict[str, str]] = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
    return content["differences"]


def _name(case: ElementTree.Element) -> str:
    return f"{case.get('classname', '').rpartition('.')[2]}::{case.get('name')}"


def _outcome(case: ElementTree.Element) -> str:
    tags = {child.tag for child in case}
    return "failed" if tags & {"failure", "error"} else "skipped" if "skipped" in tags else "passed"
