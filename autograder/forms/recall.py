"""`recall()`: the three questions of earlier modules that a module begins with. Never graded."""

from datetime import UTC, datetime
from pathlib import Path

from markupsafe import Markup

from autograder.checks.exercises import (
    Exercise,
    ExercisesError,
    ExerciseSet,
    Question,
    RecallQuestion,
    load_exercises,
)
from autograder.checks.judge import judge
from autograder.checks.text import render_inline
from autograder.forms.panel import Panel
from autograder.forms.static import Notice, widgets_allowed
from autograder.forms.values import read_value
from autograder.progress import journal
from autograder.progress.recall import choose
from autograder.show import Html

NOT_GRADED = (
    "Les questions de rappel ne sont ni notées, ni rendues : elles ne s’affichent que dans votre carnet."
)
ALL_RECALLED = "Vous avez déjà répondu juste aujourd’hui à toutes les questions de rappel. Elles reviendront un autre jour."
OTHERWISE = "Relisez la question, puis choisissez une des propositions."


class RecallPanel(Panel):
    """One question: its answer is judged at once, written to the journal without the answer, and kept nowhere else."""

    def ask(self, exercises: ExerciseSet, question: RecallQuestion, place: str) -> None:
        """Show a question; `place` says which it is."""
        self._question = question
        exercise = Exercise(
            id=question.about,
            title=f"{place}, vue dans {question.module}",
            points=0,
            form=question.form,
            hints=[],
            answer={"kind": "choice"},
            otherwise=OTHERWISE,
            questions={
                "form": Question(
                    {"kind": "choice", "options": list(question.form["options"])}, question.sealed
                )
            },
        )
        self.load(exercises, exercise, question.form)
        self.form = {**self.form, "points": "sans points"}

    def _read(self) -> None:
        self.notice = ""

    def _last_said(self) -> str:
        return ""  # a question asked again is a new one

    def _save(self, raw: object) -> str:
        value = read_value(self._form, raw)
        self.outdated = bool(self.verdict) and value != self.value
        self.value = value
        return datetime.now(UTC).isoformat()

    def _judge(self) -> str:
        question = self._exercise.questions["form"]
        if self.value is None:
            return render_inline("**Sans réponse.** Choisissez une proposition, puis vérifiez.")
        verdict = judge(self.value, question.spec, question.sealed, 0, OTHERWISE, "form")
        module, version, _ = self._place
        event = journal.Event(
            "recall", module, version, "recall", state=verdict.state, about=self._question.about
        )
        journal.record(self._folder, event)
        return verdict._repr_html_()


def recall() -> Html | Notice | None:
    """Show the questions in a learner's notebook; elsewhere, say in one line that there are none."""
    folder = Path.cwd()
    try:
        exercises = load_exercises(folder)
    except ExercisesError as error:
        return Notice(str(error))
    if not widgets_allowed():
        return Notice(NOT_GRADED)
    from IPython.display import display

    space = journal.space_of(folder)
    bank = {question.about: question for question in exercises.recall}
    asked_of = {about: question.asked_of for about, question in bank.items()}
    events = journal.read(space) if space else []
    chosen = choose(asked_of, events, datetime.now(UTC))
    if not chosen:  # all is fresh in mind, or no module is begun yet: there is nothing to bring back
        return Notice(ALL_RECALLED) if any(event.about in bank for event in events) else None
    display(Html(_heading(len(chosen)), "Pour se remettre en mémoire"))
    for number, about in enumerate(chosen, start=1):
        panel = RecallPanel(folder)
        panel.ask(exercises, bank[about], f"question {number} sur {len(chosen)}")
        display(panel)
    return None


def _heading(number: int) -> str:
    """Return the line that opens the questions: the course view keeps them folded below it (course.css)."""
    count = "à la question" if number == 1 else f"aux {number} questions"
    page = Markup(
        '<details class="campus-recall" lang="fr"><summary>Répondre {} de rappel (facultatif)</summary>'
        "<p>{}, selon vos réponses passées. Sans note\u00a0: se souvenir aide à retenir.</p></details>"
    )
    chosen = "Elle vient" if number == 1 else "Elles viennent"
    return str(page.format(count, f"{chosen} des modules précédents"))
