"""The answers given by forms: `reponses.json`, beside the notebook, written by the kernel and submitted with it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder import files
from autograder.checks.json_text import decode, weigh
from autograder.checks.lost_answers import Lost, mended, told
from autograder.contract.forms import AnswersNotSaved
from autograder.contract.names import ANSWERS

SCHEMA = 1
MAX_BYTES = 1_000_000
"""A larger file is not one of ours: it is not read."""

NOT_SAVED = (
    "Votre réponse n’a pas pu être enregistrée ({error}). Le disque est peut-être plein, ou le dossier en lecture seule. Laissez "
    "ce module ouvert, et libérez de la place : elle sera enregistrée avec votre prochaine réponse."
)
NOT_SAVED_YET = (
    "Votre dernière réponse n’est pas encore enregistrée : le disque est peut-être plein, ou le dossier en lecture seule. Laissez "
    "ce module ouvert, et libérez de la place : elle sera enregistrée avec votre prochaine réponse."
)
TOO_LONG = "Votre réponse est trop longue pour être enregistrée. Raccourcissez-la."
CLOSED = f"Le fichier de réponses « {ANSWERS} » n’a pas pu être ouvert ({{error}})."


class OtherModule(ValueError):
    """The answers are those of another module."""


def contents(raw: bytes) -> dict[str, Any]:
    """Return an answers file, `answers` and all, whatever its encoding. Raises ValueError when it is not one."""
    if len(raw) > MAX_BYTES:
        raise ValueError("trop gros")
    text = decode(raw)
    weigh(text.encode("utf-8", "surrogatepass"))
    data = json.loads(text)
    if not isinstance(data, dict) or not isinstance(data.get("answers"), dict):
        raise ValueError("structure inattendue")
    return data


def entries(raw: bytes, module: str | None = None) -> dict[str, Any]:
    """Return what an answers file holds, by exercise. Raises as `contents` does; OtherModule when it is not of `module`."""
    found = contents(raw)
    if module and found.get("module", module) != module:
        raise OtherModule
    return dict(found["answers"])


class AnswersFile:
    """The answers file of a folder. Reading never raises: `problem` says in French what went wrong, or was mended.

    `module` is the one whose answers are wanted: those of another, put there by mistake, are not read. What one of these objects has
    read or been given outlives the file: what is lost on the disk is written again with the next answer.
    """

    def __init__(self, folder: Path, module: str | None = None) -> None:
        self.path = folder / ANSWERS
        self._module = module
        self._known: dict[str, Any] = {}  # the entries that were last seen in the file
        self._unsaved: dict[str, Any] = {}  # those that the disk has refused since
        self._lost: Lost | None = None
        self.problem: str | None = None

    def get(self, exercise_id: str) -> Any:
        """Return the saved value of an exercise, or None."""
        try:
            self._read()
        except OSError as error:
            self.problem = CLOSED.format(error=error.strerror or error)
        if exercise_id in self._unsaved:
            self.problem = NOT_SAVED_YET
        entry = {**self._known, **self._unsaved}.get(exercise_id)
        return entry.get("value") if isinstance(entry, dict) else None

    def set(self, exercise_id: str, value: Any, *, module: str, version: int) -> datetime:
        """Save a value (None erases it) and return when; raise AnswersNotSaved if it is too long or the disk refuses."""
        now = datetime.now(UTC)
        entry = None if value is None else {"value": value, "saved_at": now.isoformat(timespec="seconds")}
        changed = {**self._unsaved, exercise_id: entry}
        try:
            with files.alone(self.path.parent):  # two kernels may answer at once
                self._read()  # a file that cannot be opened may be whole: it is left alone
                answers = {key: one for key, one in {**self._known, **changed}.items() if one is not None}
                self._write({"schema": SCHEMA, "module": module, "version": version, "answers": answers}, now)
        except AnswersNotSaved:
            raise
        except OSError as error:
            self._unsaved = changed
            raise AnswersNotSaved(NOT_SAVED.format(error=error.strerror or error)) from error
        self._known, self._unsaved = answers, {}
        return now

    def _read(self) -> None:
        """Look at the file: what it holds is known from now on. Raises OSError if it cannot be opened."""
        self._lost = None
        try:
            with self.path.open("rb") as file:
                self._known = entries(file.read(MAX_BYTES + 1), self._module)
        except FileNotFoundError:
            self._lost = Lost.GONE
        except OtherModule:
            self._lost = Lost.FOREIGN
        except ValueError:
            self._lost = Lost.DAMAGED
        self.problem = told(self._lost, bool(self._known)) if self._lost else None

    def _write(self, data: dict[str, Any], now: datetime) -> None:
        """Write the file, once the one that cannot be read, if any, has another name. Raises OSError."""
        text = json.dumps(data, ensure_ascii=False, indent=1)
        content = text.encode("utf-8", "backslashreplace")  # half characters, as JSON writes them
        if len(content) > MAX_BYTES:
            raise AnswersNotSaved(TOO_LONG)
        aside = self.path.with_name(f"reponses-abimees-{now:%Y%m%d-%H%M%S}.json")
        with files.replacing(self.path, mode=0o644, lasting=True) as file:
            file.write(content)
            file.flush()  # a full disk refuses here: nothing is renamed yet
            if self._lost in (Lost.DAMAGED, Lost.FOREIGN):
                self.path.replace(aside)
        self.problem = mended(self._lost, bool(self._known), aside.name) if self._lost else None
