"""No-code answers: one accessible panel per exercise, and its static rendering for grading and feedback."""

from autograder.forms.entry import exercise
from autograder.forms.explorer import explore_table as explore
from autograder.forms.recall import recall

__all__ = ["exercise", "explore", "recall"]
