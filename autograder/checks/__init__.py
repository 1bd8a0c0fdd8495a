"""What a check cell can say: kinds of answers, outcome tables, verdicts.

Imported by learners' notebooks, so it stays light; pyproject.toml keeps it below the rooms of forms, of authors and of graders.
"""
