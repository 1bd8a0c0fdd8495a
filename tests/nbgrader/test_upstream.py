"""A part of nbgrader's own tests, with our steps; `python -m tests.nbgrader.upstream` runs them all, in both ways."""

import pytest

from tests.nbgrader.upstream.run import differences, outcomes

AUTOGRADE = "nbgrader.tests.apps.test_nbgrader_autograde::TestNbGraderAutograde"
FEEDBACK = "nbgrader.tests.apps.test_nbgrader_generate_feedback::TestNbGraderFeedback"
KEPT = (
    f"{AUTOGRADE}::test_grade",
    f"{AUTOGRADE}::test_grade_overwrite_files",
    f"{AUTOGRADE}::test_hidden_tests_single_notebook",
    f"{AUTOGRADE}::test_handle_failure_single_notebook",
    f"{FEEDBACK}::test_single_file",
)


@pytest.mark.slow
def test_what_nbgrader_promises_ours_keep_but_for_what_has_a_reason() -> None:
    found = outcomes(KEPT, ours=True, workers=0)
    assert len(found) == len(KEPT)
    assert {name for name, outcome in found.items() if outcome != "passed"} == set(found) & set(differences())
