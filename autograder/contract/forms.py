"""What a form is, what it saves, and how it refuses."""

from collections.abc import Mapping
from typing import Any

Form = Mapping[str, Any]
"""The `form` of an exercise, without its solution."""

Value = float | str | list[str] | dict[str, Any] | None
"""A saved answer; None when the learner has not answered."""

OTHER_FORM = "Votre réponse enregistrée ne correspond pas à ce formulaire. Répondez à nouveau."
"""Said of a saved answer that the form cannot hold."""


class UnreadableAnswer(ValueError):
    """An answer that the form cannot keep; its text is French and says what to do."""


class AnswersNotSaved(OSError):
    """The answers could not be written; the message is French."""
