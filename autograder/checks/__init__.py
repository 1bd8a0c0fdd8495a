"""What a check cell can say: kinds of answers, outcome tables, verdicts.

Imported by learners' notebooks, so it stays light and imports nothing of `build`, `grading`, `run` or `lab`.
"""
