"""`make bench`: measure the engine beside nbgrader, otter and the bare floor; write `build/bench.json` and a table.

Ratios are taken within one run: seconds of two machines, or of two days, are not comparable.
"""

import argparse
import json
import platform
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.assignments import forms, plain
from tests.bench.cohort import COHORT, COHORT_BY_CODE, cohort, growth
from tests.bench.grading import Sizes, measure
from tests.bench.lab import lab
from tests.bench.processor import ROOT, tell
from tests.bench.proofs import proofs
from tests.bench.sharing import sharing
from tests.bench.startup import startup

RESULT = ROOT / "build" / "bench.json"
FORMS = "F01"
COPIES = 3
"""Of some modules, added to see what a course that grows costs."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="few copies: to see that it works, not to be quoted"
    )
    quick = parser.parse_args().quick
    sizes = Sizes(slow=3, fast=6, slowest=2) if quick else Sizes()
    with tempfile.TemporaryDirectory(prefix="campus-bench-") as name:
        root = Path(name)
        realistic, light = plain(root / "plain"), forms(root / "forms", FORMS)
        modules = {one.name: measure(one, sizes, root / f"scratch-{one.name}") for one in (realistic, light)}
        cohorts = [
            cohort(one, 20 if quick else number, modules[one.name]["nbgrader_wall"], sizes.slow)
            for one, number in ((light, COHORT), (realistic, COHORT_BY_CODE))
        ]
        found: dict[str, Any] = {
            "machine": _machine(),
            "quick": quick,
            "grading": modules,
            "cohort": cohorts[0],
            "cohort_by_code": cohorts[1],
            "growth": growth(light, quick),
            "startup": startup(realistic.ours / "release" / realistic.name),
            "lab": lab(),
            "proofs": proofs(root / "proofs", 0 if quick else COPIES),
            "sharing": [sharing(one, one.copies(sizes.fast)) for one in (realistic, light)],
        }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    _show(found)
    tell(f"\n{RESULT.relative_to(ROOT)}")


def _machine() -> dict[str, Any]:
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    packages = ("nbgrader", "ipykernel", "pandas", "matplotlib")
    return {
        "commit": commit,
        "python": platform.python_version(),
        "system": platform.release(),
        "processor": platform.machine(),
        **{one: version(one) for one in packages},
    }


def _show(found: dict[str, Any]) -> None:
    """Print the figures as a table: seconds per copy, and their ratios."""
    columns = ("floor_cpu", "ours_cpu", "nbgrader_cpu", "otter_cpu")
    ratios = (
        "cpu_ratio_floor",
        "cpu_ratio_nbgrader",
        "throughput_ratio_1_worker",
        "throughput_ratio_2_workers",
    )
    print(f"{'seconds of CPU per copy':28}" + "".join(f"{name.removesuffix('_cpu'):>12}" for name in columns))
    for name, row in found["grading"].items():
        print(f"{name:28}" + "".join(f"{_figure(row[one]):>12}" for one in columns))
    for name, row in found["grading"].items():
        told = "   ".join(f"{one} {row[one]:.2f}" for one in ratios)
        print(
            f"{name}: {told}   score differences {len(row['score_differences'])} of {row['scores_compared']}"
        )
    for key in ("cohort", "cohort_by_code"):
        row = found[key]
        print(
            f"{row['module']}, {row['n']} learners, {row['distinct']} different copies: {row['seconds']:.0f} s, "
            f"{row['throughput_ratio_nbgrader']:.0f} × nbgrader (extrapolated from {row['extrapolated_from']} copies)"
        )
    for row in found["growth"]:
        print(
            f"{row['n']:>6} learners: {row['cpu_per_submission'] * 1000:.1f} ms of CPU per copy, start included"
        )
    print(json.dumps({key: found[key] for key in ("startup", "lab", "proofs", "sharing")}, indent=1))


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main()
