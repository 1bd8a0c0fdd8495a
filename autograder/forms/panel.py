"""The panel of an exercise: what the page shows, and what the kernel does with each message from it.

The page sends `{"request", "action": "hello" | "save" | "check" | "hint", "value", "level"}`. The kernel updates the synced traits,
then replies `{"request", "action", "saved_at" | "error"}`: without a reply, the page knows that the kernel is away. After "hello",
"check" and "hint", the reply also tells the past: `{"tries", "history", "opened"}`. An activity of the form may answer other actions
(the explorer: "explore", with "steps"): the reply then has a key of the action's name. "draft", with "value", keeps what is built
and answers nothing yet, for a page that is loaded again; the kernel's memory holds it, as « Recommencer » forgets it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import traitlets
from markupsafe import Markup

from autograder.activities import registry
from autograder.checks.answers import AnswersFile
from autograder.checks.check import judge_form, judge_saved, refresh
from autograder.checks.exercises import Exercise, ExerciseSet
from autograder.checks.text import render, render_inline
from autograder.contract.forms import OTHER_FORM, AnswersNotSaved, Form, UnreadableAnswer, Value
from autograder.exchange import has_exchange
from autograder.forms.history import history, last_verdict
from autograder.forms.page.widget import PageWidget
from autograder.forms.values import read_value
from autograder.french.numbers import points
from autograder.progress import journal

EMPTY = "**Sans réponse.** Répondez d’abord, puis vérifiez."
NO_TABLE = (
    "**Sans réponse.** Construisez le tableau, appuyez sur « Répondre avec ce tableau », puis vérifiez."
)
SHORT = "**À compléter.** Votre réponse est enregistrée, mais elle est courte : {words} mot{plural} sur {least} au moins."
KEPT = "**Enregistrée.** Vérifiez de nouveau pour savoir qui la lira, et à quoi la comparer."
READ = "**Enregistrée.** Rendez votre travail quand vous avez fini : votre formateur lira cette réponse."
ALONE = (
    "**Enregistrée.** Aucun formateur n’est relié à cet espace. Comparez votre réponse à l’exemple, puis comptez vos points "
    "avec le barème. Si vous suivez une session, un formateur lira le travail que vous lui enverrez."
)

ORDINARY = "form"
"""The bundle of the widgets that are no activity."""


class Panel(PageWidget):
    """The form of one exercise. The answers file is the truth; `value` mirrors it for every view."""

    form = traitlets.Dict().tag(sync=True)
    value = traitlets.Any(None, allow_none=True).tag(sync=True)
    verdict = traitlets.Unicode().tag(sync=True)
    outdated = traitlets.Bool(False).tag(sync=True)
    notice = traitlets.Unicode().tag(sync=True)
    draft: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(self, folder: Path, widget: str = "") -> None:
        super().__init__(widget if widget in registry.ACTIVITIES else ORDINARY)
        self._folder = folder
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"Formulaire « {self.form.get('title', '')} »"

    def load(self, exercises: ExerciseSet, exercise: Exercise, form: Form) -> None:
        """Show an exercise, the answer saved for it, and the verdict that this answer had."""
        self._exercises, self._exercise, self._form = exercises, exercise, form
        self._asked = {action: ask for one in registry.of_form(form) for action, ask in one.asked.items()}
        self.form = describe(exercise, form)
        self._read()
        if not self.verdict and self.value is not None:
            self.verdict = self._last_said()

    def _receive(self, _panel: object, message: Mapping[str, Any], _buffers: object) -> None:
        action = message.get("action")
        reply = {"request": message.get("request"), "action": action}
        try:
            if action == "hello":
                self._read()
            elif action in self._asked:
                reply[action] = self._asked[action](self._form, message)
            elif action == "draft":
                self.draft = message.get("value", [])
            elif action == "hint":
                self._remember_hint(message.get("level"))
            else:
                reply["saved_at"] = self._save(message.get("value"))
            if action == "check":
                self.verdict, self.outdated = self._judge(), False
            if action in ("hello", "check", "hint"):
                reply |= history(self._folder, self._place)
        except UnreadableAnswer as error:
            self.outdated = bool(self.verdict)
            reply["error"] = f"À compléter. {error} Cette saisie n’est pas enregistrée."
        except AnswersNotSaved as error:
            self.outdated = bool(self.verdict)
            reply["error"] = str(error)
        except Exception as error:  # the page has no other way to learn of it
            reply["error"] = (
                f"Le formulaire a rencontré une erreur imprévue ({type(error).__name__} : {error})."
            )
        self.send(reply)

    def _read(self) -> None:
        kept = self._answers.get(self._exercise.id)
        self.notice = self._answers.problem or ""
        try:
            self.value = read_value(self._form, kept)
        except UnreadableAnswer:
            self.value = None
            self.notice = OTHER_FORM
        if self.value is None:
            self.verdict, self.outdated = "", False  # the answer that it judged is gone

    def _save(self, raw: object) -> str:
        """Save an answer and return when (ISO 8601); raise UnreadableAnswer or AnswersNotSaved, in French."""
        value = read_value(self._form, raw)
        saved_at = self._keep(self._exercise.id, value)
        self.outdated = self.outdated or (bool(self.verdict) and value != self.value)
        self.value, self.notice = value, self._answers.problem or ""
        return saved_at.isoformat()

    @property
    def _answers(self) -> AnswersFile:
        """The answers file of the notebook: one for all its panels, it remembers what they show."""
        place = self._folder, self._exercises.module
        return _files.setdefault(place, AnswersFile(*place))

    def _keep(self, exercise: str, value: Value) -> datetime:
        """Save an answer and return when. Raises AnswersNotSaved."""
        module, version = self._exercises.module, self._exercises.version
        return self._answers.set(exercise, value, module=module, version=version)

    def _judge(self) -> str:
        if self._exercise.answer.get("kind") == "free":
            return self._thanks()
        shown = judge_form(self._exercise.id, self._folder)._repr_html_()
        refresh(self._exercise.id, self._folder)
        if self.value is None:
            return render(NO_TABLE if self._form["widget"] == "table" else EMPTY)
        return shown

    def _thanks(self) -> str:
        """Return what is said of a text that people mark; whoever learns alone compares it with an example and the scheme."""
        least, words = self._exercise.answer.get("min_words", 0), len(str(self.value or "").split())
        if not words:
            return render(EMPTY)
        if words < least:
            return render(SHORT.format(words=words, plural="s" if words > 1 else "", least=least))
        if has_exchange():
            return render(READ)
        return render(ALONE) + _compared(self._exercise)

    def _last_said(self) -> str:
        """Return what was said of the saved answer, if it was judged; "" when it has changed since."""
        if self._exercise.answer.get("kind") == "free":
            enough = len(str(self.value).split()) >= self._exercise.answer.get("min_words", 0)
            return render(KEPT) if enough else ""  # who reads it takes nearly a second to know
        last = last_verdict(self._folder, self._place)
        if last is None:
            return ""
        now = judge_saved(self._exercise.id, self._folder)
        same = (last.state, last.points, last.outcomes) == (now.state, now.points, list(now.outcomes))
        return now._repr_html_() if same else ""

    @property
    def _place(self) -> tuple[str, int, str]:
        return self._exercises.module, self._exercises.version, self._exercise.id

    def _remember_hint(self, level: object) -> None:
        """Count a hint in the journal: what it helped with may be asked again later. It costs no point."""
        if level in (1, 2):
            module, version, exercise = self._place
            journal.record(
                self._folder, journal.Event("hint", module, version, exercise, level=int(str(level)))
            )


def _compared(exercise: Exercise) -> Markup:
    """Return an example of a text and its marking scheme, folded."""
    parts = {
        "Un exemple de réponse": exercise.example,
        "Comment un formateur donne les points": exercise.scheme,
    }
    return Markup("").join(
        Markup("<details><summary>{}</summary>{}</details>").format(title, render(text))
        for title, text in parts.items()
        if text
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
        **{one.name: one.described(form) for one in registry.of_form(form) if one.described},
    }


def _choices(texts: Mapping[object, str]) -> list[list[str]]:
    """Return `[key, html]` pairs: a list keeps the author's order."""
    return [[str(key), render_inline(text)] for key, text in texts.items()]


def panels_of(folder: Path) -> list[Panel]:
    """Return the panels shown so far for the notebook of a folder."""
    return [panel for (place, _), panel in _panels.items() if place == folder]


_files: dict[tuple[Path, str], AnswersFile] = {}
"""The answers file of each notebook and module."""

_panels: dict[tuple[Path, str], Panel] = {}
"""One panel per exercise: running the cell again shows the same one, instead of piling up copies."""


def panel_of(
    exercises: ExerciseSet, exercise: Exercise, form: Form, folder: Path, make: Callable[[], Panel]
) -> Panel:
    """Return the panel of an exercise, made if need be, up to date with the files of its folder."""
    key = folder, exercise.id
    panel = _panels[key] = _panels.get(key) or make()
    panel.load(exercises, exercise, form)
    return panel
