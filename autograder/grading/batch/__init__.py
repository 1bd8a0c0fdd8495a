"""Grade whole cohorts over nbgrader’s own API: `campus grade`. Start from `run.grade`."""
