"""The panel of an exercise: what the page shows, and what the kernel does with each message from it.

The page sends `{"request", "action": "hello" | "save" | "check" | "hint" | "explore", "value", "level",
"steps"}`. The kernel updates the
synced traits, then replies `{"request", "action", "saved_at" | "error"}`: without a reply, the page knows that it is away. Except
after a save, the reply also tells the past: `{"tries", "history", "opened"}`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import pandas
import traitlets

from autograder.checks.answers import AnswersFile, AnswersNotSaved
from autograder.checks.check import judge_form, refresh
from autograder.checks.exercises import Exercise, ExerciseSet
from autograder.checks.explorer import tables_of
from autograder.checks.text import points, render, render_inline
from autograder.forms.explorer import SCRIPT, STYLE, view
from autograder.forms.explorer import describe as describe_explorer
from autograder.forms.history import history
from autograder.forms.values import Form, UnreadableAnswer, Value, read_value
from autograder.progress import journal


class Panel(anywidget.AnyWidget):
    """The form of one exercise. The answers file is the truth; `value` mirrors it for every view."""

    _esm = SCRIPT
    _css = STYLE

    form = traitlets.Dict().tag(sync=True)
    value = traitlets.Any(None, allow_none=True).tag(sync=True)
    verdict = traitlets.Unicode().tag(sync=True)
    outdated = traitlets.Bool(False).tag(sync=True)
    notice = traitlets.Unicode().tag(sync=True)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"Formulaire « {self.form.get('title', '')} »"

    def load(self, exercises: ExerciseSet, exercise: Exercise, form: Form) -> None:
        """Show an exercise and the answer saved for it."""
        self._exercises, self._exercise, self._form = exercises, exercise, form
        self.form = describe(exercise, form)
        self._read()

    def _receive(self, _panel: object, message: Mapping[str, Any], _buffers: object) -> None:
        action = message.get("action")
        reply = {"request": message.get("request"), "action": action}
        try:
            if action == "hello":
                self._read()
            elif action == "explore":
                reply["explore"] = view(message.get("steps"), *self._explored())
            elif action == "hint":
                self._remember_hint(message.get("level"))
            else:
                reply["saved_at"] = self._save(message.get("value"))
            if action == "check":
                self.verdict, self.outdated = self._judge(), False
            if action in ("hello", "check", "hint"):
                reply |= history(self._folder, self._place)
        except UnreadableAnswer as error:
            reply["error"] = f"{error} Cette saisie n’est pas enregistrée."
        except AnswersNotSaved as error:
            reply["error"] = str(error)
        except Exception as error:  # the page has no other way to learn of it
            reply["error"] = (
                f"Le formulaire a rencontré une erreur imprévue ({type(error).__name__} : {error})."
            )
        self.send(reply)

    def _read(self) -> None:
        answers = AnswersFile(self._folder, self._exercises.module)
        kept = answers.get(self._exercise.id)
        self.notice = answers.problem or ""
        try:
            self.value = read_value(self._form, kept)
        except UnreadableAnswer:
            self.value = None
            self.notice = "Votre réponse enregistrée ne correspond pas à ce formulaire. Répondez à nouveau."

    def _save(self, raw: object) -> str:
        """Save an answer and return when (ISO 8601); raise UnreadableAnswer or AnswersNotSaved, in French."""
        value = read_value(self._form, raw)
        saved_at = AnswersFile(self._folder, self._exercises.module).set(
            self._exercise.id, value, module=self._exercises.module, version=self._exercises.version
        )
        self.outdated = self.outdated or (bool(self.verdict) and value != self.value)
        self.value, self.notice = value, ""
        return saved_at.isoformat()

    def _judge(self) -> str:
        if self._exercise.answer.get("kind") == "free":
            return render(_thanks(self.value, self._exercise.answer.get("min_words", 0)))
        shown = judge_form(self._exercise.id, self._folder)._repr_html_()
        refresh(self._exercise.id, self._folder)
        return shown

    @property
    def _place(self) -> tuple[str, int, str]:
        return self._exercises.module, self._exercises.version, self._exercise.id

    def _explored(self) -> tuple[dict[str, pandas.DataFrame], str]:
        own = self._form["explorer"]
        return tables_of(own), own["start"]

    def _remember_hint(self, level: object) -> None:
        """Count a hint in the journal: what it helped with may be asked again later. It costs no point."""
        if level in (1, 2):
            module, version, exercise = self._place
            journal.record(
                self._folder, journal.Event("hint", module, version, exercise, level=int(str(level)))
            )


def describe(exercise: Exercise, form: Form) -> dict[str, Any]:
    """Return what the page needs to draw a form; its `html` texts are safe."""
    return {
        "title": exercise.title,
        "points": points(exercise.points),
        "widget": form["widget"],
        "label": render_inline(form["label"]),
        "unit": form.get("unit", ""),
        "items": _choices(form.get("items", {})),
        "options": _choices(form.get("options", {})),
        "fields": [
            [name, render_inline(field["label"]), _choices(field.get("options", {}))]
            for name, field in form.get("fields", {}).items()
        ],
        "min": form.get("min", 0),
        "max": form.get("max", 100),
        "step": form.get("step", 1),
        "long": exercise.answer.get("kind") == "free",
        "min_words": exercise.answer.get("min_words", 0),
        "hints": [render(hint) for hint in exercise.hints],
        "explorer": describe_explorer(tables_of(form["explorer"]), form["explorer"]["start"])
        if "explorer" in form
        else None,
    }


def _choices(texts: Mapping[object, str]) -> list[list[str]]:
    """Return `[key, html]` pairs: a list keeps the author's order."""
    return [[str(key), render_inline(text)] for key, text in texts.items()]


def _thanks(value: Value, min_words: int) -> str:
    if not isinstance(value, str):
        return "**Sans réponse.** Vous n’avez pas encore écrit de réponse."
    words = len(value.split())
    if words < min_words:
        return (
            f"**À compléter.** Votre réponse est enregistrée, mais elle est courte : {words} mots "
            f"sur {min_words} au moins."
        )
    return "**Enregistrée.** Votre réponse est enregistrée ; un formateur la lira."


def panels_of(folder: Path) -> list[Panel]:
    """Return the panels shown so far for the notebook of a folder."""
    return [panel for (place, _), panel in _panels.items() if place == folder]


_panels: dict[tuple[Path, str], Panel] = {}
"""One panel per exercise: running the cell again shows the same one, instead of piling up copies."""


def panel_of(
    exercises: ExerciseSet, exercise: Exercise, form: Form, folder: Path, kind: type[Panel] = Panel
) -> Panel:
    """Return the panel of an exercise, up to date with the files of its folder."""
    key = folder, exercise.id
    panel = _panels[key] = _panels.get(key) or kind(folder)
    panel.load(exercises, exercise, form)
    return panel
