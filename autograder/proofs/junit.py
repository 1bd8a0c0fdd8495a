"""The report of a run in JUnit's XML, which continuous integration tools read."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from autograder.proofs.report import Report

MODULE = "tables et cellules communes"
"""The name of the test case of what concerns a whole module."""


def write(reports: list[Report], path: Path) -> None:
    """Write one test suite per module: a test case for the whole module, then one per submission."""
    root = ElementTree.Element("testsuites")
    for report in reports:
        suite = ElementTree.SubElement(root, "testsuite", name=report.id)
        _case(suite, MODULE, 0, report.problems)
        for proof in report.proofs:
            _case(suite, proof.variant.name, proof.ran.seconds, proof.problems)
        for one in report.trials:
            _case(suite, f"essais, tour {one.number}", one.seconds, one.problems())
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _case(suite: ElementTree.Element, name: str, seconds: float, problems: Sequence[str]) -> None:
    case = ElementTree.SubElement(
        suite, "testcase", classname=suite.get("name", ""), name=name, time=f"{seconds:.2f}"
    )
    if problems:
        ElementTree.SubElement(case, "failure", message=problems[0]).text = "\n".join(problems)
