"""The report of a run in JUnit's XML, which continuous integration tools read."""

from pathlib import Path
from xml.etree import ElementTree

from autograder.run.run import Report


def write(reports: list[Report], path: Path) -> None:
    """Write one test suite per module, one test case per execution."""
    root = ElementTree.Element("testsuites")
    for report in reports:
        failures = sum(bool(proof.problems) for proof in report.proofs)
        suite = ElementTree.SubElement(
            root, "testsuite", name=report.id, tests=str(len(report.proofs)), failures=str(failures)
        )
        for proof in report.proofs:
            case = ElementTree.SubElement(
                suite,
                "testcase",
                classname=report.id,
                name=proof.variant.name,
                time=f"{proof.ran.seconds:.2f}",
            )
            if proof.problems:
                ElementTree.SubElement(case, "failure", message=proof.problems[0]).text = "\n".join(
                    proof.problems
                )
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
