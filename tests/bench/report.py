"""What `campus report` promises, measured: `python -m tests.bench.report` writes `build/bench-report.json`, `--quick` a tenth of it.

Two hundred cohorts of 2,000 people whose true rates are known, two bad exercises planted; then the whole report of 10,000 people,
from a gradebook to its pages. The differencing attack, over 1,000 random tries, is in tests/unit/test_report_secrecy.py.
"""

import argparse
import json
import os
import tempfile
import time
from collections import Counter
from contextlib import chdir
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from autograder.followup.report.exercises import module_figures
from autograder.followup.report.report import make_report, write_report
from autograder.grading.config import COURSE_ID
from tests.bench.processor import ROOT, tell
from tests.made_up_cohort import GOOD, PLANTED, made_up, words_of, write
from tests.nbgrader.batch_course import MODULE, make_course

RESULT = ROOT / "build" / "bench-report.json"
COHORTS, PEOPLE, MANY = 200, 2_000, 10_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.report", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    share = 10 if parser.parse_args().quick else 1
    found = {"cohorts": cohorts(COHORTS // share), "report": whole_report(MANY // share)}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    tell(json.dumps(found, indent=1, ensure_ascii=False))


def cohorts(number: int) -> dict[str, Any]:
    """Measure how often true rates are in their intervals, and how often exercises are named."""
    held: list[bool] = []
    named: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    start = time.process_time()
    truth = {one.name: one.rates() for one in PLANTED}
    for seed in range(number):
        for one in module_figures(made_up(PEOPLE, 1_000 + seed), words_of()).exercises:
            rates = [(found.rate, truth[one.name][found.name]) for found in one.mistakes]
            held += [rate.low <= true <= rate.high for rate, true in rates if rate]
            named[one.name] += bool(one.flags)
            causes.update(f"{one.name}: {flag.cause}" for flag in one.flags)
    return {
        "cohorts": number,
        "people": PEOPLE,
        "rates": len(held),
        "held": round(sum(held) / len(held), 4),
        "named": {one.name: round(named[one.name] / number, 3) for one in PLANTED},
        "good_named_most": max(named[one.name] for one in GOOD) / number,
        "causes": dict(causes),
        "cpu_seconds": round(time.process_time() - start, 1),
    }


def whole_report(people: int) -> dict[str, Any]:
    """Measure the report of one module of six exercises: processor seconds, and the sizes of the pages in millions of bytes."""
    with tempfile.TemporaryDirectory(prefix="campus-bench-") as name, chdir(ROOT):
        course = make_course(Path(name)).root
        os.environ["CAMPUS_COURSE"] = str(course)
        with Gradebook(f"sqlite:///{course / 'gradebook.db'}", COURSE_ID) as gradebook:
            write(gradebook, MODULE, made_up(people, 1))
            gradebook.find_assignment(MODULE).duedate = datetime(2026, 7, 1)
            gradebook.db.commit()
        start = time.process_time()
        written = write_report(make_report(course), course, internal=True)
        seconds = time.process_time() - start
        return {
            "people": people,
            "cpu_seconds": round(seconds, 1),
            "megabytes": {path.name: round(path.stat().st_size / 1e6, 2) for path in written},
        }


if __name__ == "__main__":
    main()
