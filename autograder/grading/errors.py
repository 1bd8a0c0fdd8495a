"""What stops the grading of one submission."""


class GradingError(RuntimeError):
    """A submission, or a module, that cannot be handled; the message is French and says what to do."""
