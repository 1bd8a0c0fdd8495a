"""Where sessions of activities are played in tests: answers in a dictionary, no page, no file."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from autograder.contract.activity import Place
from autograder.contract.forms import Form, Value
from autograder.forms.values import read_value


@dataclass
class Table:
    """The exercises of a module by name, with their forms; what sessions save, write, and wake."""

    forms: dict[str, Form]
    answers: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    woken: list[str] = field(default_factory=list)

    def place(self, exercise: str) -> Place:
        """Return the place of one exercise."""
        return _Place(self, exercise)


@dataclass
class _Place:
    table: Table
    exercise: str
    problem: str = ""

    @property
    def form(self) -> Form:
        return self.table.forms[self.exercise]

    @property
    def siblings(self) -> list[str]:
        return [name for name, form in self.table.forms.items() if form["widget"] == self.form["widget"]]

    def now(self) -> datetime:
        return datetime(2026, 11, 29, 8, tzinfo=UTC)

    def saved(self, exercise: str) -> object:
        return self.table.answers.get(exercise)

    def read(self, raw: object) -> Value:
        return read_value(self.form, raw)

    def save(self, exercise: str, value: Value) -> None:
        self.table.answers.pop(exercise, None)
        if value is not None:
            self.table.answers[exercise] = value

    def read_beside(self, name: str, most: int) -> bytes | None:
        return self.table.files[name].encode()[:most] if name in self.table.files else None

    def write_beside(self, name: str, text: str) -> None:
        self.table.files[name] = text

    def wake_the_others(self) -> None:
        self.table.woken.append(self.exercise)
