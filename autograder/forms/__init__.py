"""No-code answers: one accessible panel per exercise, and its static rendering for grading and feedback."""

from autograder.forms.entry import exercise

__all__ = ["exercise"]
