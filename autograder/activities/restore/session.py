"""A file being restored. The only file written is that of the form, beside the notebook, and it never takes the place of anything else.

The page sends `{"then": "restore", "copy"}`, `{"then": "verify"}`, or the answer `{"copy", "line"}`. `ledger` is the state of the file.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from autograder.activities.restore import fingerprint
from autograder.activities.restore.form import RestoreForm, copy_of
from autograder.contract.activity import Place, Shown, reopened
from autograder.contract.forms import AnswersNotSaved, UnreadableAnswer, Value
from autograder.system_words import TELLING

MOST = 1_000_000
"""Bytes read of a learner's file: those of our copies are far smaller."""


class RestoreSession:
    """What is known of the file: which copy it was restored from, and its fingerprint once it is computed."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._value: Value = None
        self._fingerprint = ""
        self._restored = 0

    def open(self) -> Shown:
        self._value, notice = reopened(self._place)
        return self._shown(notice)

    def receive(self, raw: object) -> Shown:
        then = raw.get("then") if isinstance(raw, Mapping) else None
        if then == "verify":
            return self._verify()
        if then == "restore" and isinstance(raw, Mapping):
            return self._restore(raw.get("copy"))
        self._keep(raw)
        return self._shown(self._place.problem)

    def verdict(self, judge: Callable[[], str]) -> str:
        return judge()

    @property
    def _form(self) -> RestoreForm:
        return cast(RestoreForm, self._place.form)

    def _keep(self, raw: object) -> None:
        value = self._place.read(raw)
        self._place.save(self._place.exercise, value)
        self._value = value

    def _restore(self, key: object) -> Shown:
        copy = copy_of(self._form, key)
        if copy is None:
            raise UnreadableAnswer("Choisissez une des copies proposées.")
        found = self._content()
        if found is not None and found not in [one["text"].encode() for one in self._form["copies"]]:
            raise AnswersNotSaved(
                f"Rien n’a été restauré\u00a0: il y a déjà un fichier «\u00a0{self._form['file']}\u00a0» dans ce dossier, et ce n’est aucune "
                "de ces copies. Il est laissé tel quel. Renommez-le dans la liste des fichiers, à gauche de la page d’accueil, puis recommencez."
            )
        try:
            self._place.write_beside(self._form["file"], copy["text"])
        except OSError as error:
            raise self._refused("n’a pas pu être écrit", error) from error
        self._fingerprint = ""
        self._restored += 1
        self._keep({"copy": copy["key"]})
        return self._shown(self._place.problem)

    def _verify(self) -> Shown:
        found = self._content()
        if found is None:
            self._fingerprint = ""
            return self._shown(
                f"Aucun fichier «\u00a0{self._form['file']}\u00a0» dans ce dossier\u00a0: restaurez d’abord une copie."
            )
        self._fingerprint = fingerprint.of(found)
        copy = copy_of(self._form, self._value.get("copy")) if isinstance(self._value, dict) else None
        if copy and found != copy["text"].encode():
            return self._shown(
                "Ce fichier n’est plus la copie que vous avez restaurée\u00a0: il a changé depuis. Son empreinte aussi."
            )
        return self._shown(self._place.problem)

    def _content(self) -> bytes | None:
        try:
            return self._place.read_beside(self._form["file"], MOST)
        except OSError as error:
            raise self._refused("n’a pas pu être lu", error) from error

    def _refused(self, what: str, error: OSError) -> AnswersNotSaved:
        reason = TELLING.get(error.errno or 0, f"{error.strerror or error}")
        return AnswersNotSaved(
            f"Le fichier «\u00a0{self._form['file']}\u00a0» {what}\u00a0: {reason}. Rien n’a été changé."
        )

    def _shown(self, notice: str = "") -> Shown:
        state: dict[str, Any] = {
            "restored": self._restored,
            "fingerprint": self._fingerprint and fingerprint.short(self._fingerprint),
        }
        return Shown(self._value, {}, state, notice)
