"""Our configuration, for nbgrader's own tests: each has a course directory, a gradebook and an exchange of its own."""

import os
from pathlib import Path

from autograder.grading.config import configure

c = get_config()  # noqa: F821
configure(c, Path(os.environ["UPSTREAM_COURSE"]))
for section in ("CourseDirectory", "Exchange", "ExchangeFactory", "ClearSolutions"):
    del c[section]  # the test says where things are, and what a stub looks like
