"""nbgrader's own test suite, run with our steps configured in: what it promises, ours keep."""
