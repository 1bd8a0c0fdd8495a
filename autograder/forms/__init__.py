"""No-code answers: one accessible panel per exercise, and its static rendering for grading and feedback."""

from autograder.forms.entry import exercise
from autograder.forms.explore import explore
from autograder.forms.recall import recall

__all__ = ["exercise", "explore", "recall"]
