"""Grade whole cohorts over nbgrader's own API: `campus grade`."""

from autograder.grading.batch.run import GradingEngine, Options, Report, grade

__all__ = ["GradingEngine", "Options", "Report", "grade"]
