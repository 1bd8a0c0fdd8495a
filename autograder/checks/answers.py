"""The answers given by forms: `reponses.json`, beside the notebook, written by the kernel and submitted with it."""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.checks.json_text import decode, weigh

FILE_NAME = "reponses.json"
SCHEMA = 1
MAX_BYTES = 1_000_000
"""A larger file is not one of ours: it is not read."""

OTHER_MODULE = (
    f"Le fichier de réponses « {FILE_NAME} » vient d’un autre module : ses réponses ne sont pas comptées. Il sera gardé "
    "sous un autre nom à votre prochaine réponse. Répondez à nouveau, ou remettez ici le fichier de ce module."
)


class AnswersNotSaved(OSError):
    """The answers could not be written; the message is French."""


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


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one kernel at a time read and write a folder's answers, where the system knows how (not Windows)."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class AnswersFile:
    """The answers file of a folder. Reading never raises: `problem` says in French what went wrong.

    `module` is the one whose answers are wanted: those of another, put there by mistake, are not read.
    """

    def __init__(self, folder: Path, module: str | None = None) -> None:
        self.path = folder / FILE_NAME
        self._module = module
        self.problem: str | None = None

    def get(self, exercise_id: str) -> Any:
        """Return the saved value of an exercise, or None."""
        try:
            entry = self._read().get(exercise_id)
        except OSError as error:
            self.problem = (
                f"Le fichier de réponses « {FILE_NAME} » n’a pas pu être ouvert ({error.strerror or error})."
            )
            return None
        return entry.get("value") if isinstance(entry, dict) else None

    def set(self, exercise_id: str, value: Any, *, module: str, version: int) -> datetime:
        """Save a value (None erases it) and return when; raise AnswersNotSaved if it is too long or the disk refuses."""
        now = datetime.now(UTC)
        entry = None if value is None else {"value": value, "saved_at": now.isoformat(timespec="seconds")}
        try:
            with _alone(self.path.parent):
                answers = self._read()  # a file that cannot be opened may be whole: it is left alone
                answers.pop(exercise_id, None)
                if entry:
                    answers[exercise_id] = entry
                data = {"schema": SCHEMA, "module": module, "version": version, "answers": answers}
                text = json.dumps(data, ensure_ascii=False, indent=1)
                if len(text.encode()) > MAX_BYTES:
                    raise AnswersNotSaved(
                        "Votre réponse est trop longue pour être enregistrée. Raccourcissez-la."
                    )
                if self.problem:
                    self.path.replace(self.path.with_name(f"reponses-abimees-{now:%Y%m%d-%H%M%S}.json"))
                self._write(text)
        except AnswersNotSaved:
            raise
        except OSError as error:
            raise AnswersNotSaved(
                f"Votre réponse n’a pas pu être enregistrée ({error.strerror or error}). Le disque est peut-être plein, "
                "ou le dossier en lecture seule. Libérez de la place, puis modifiez à nouveau votre réponse."
            ) from error
        self.problem = None
        return now

    def _read(self) -> dict[str, Any]:
        """Return the entries by exercise, empty when there is no usable file; raise OSError if it cannot be opened."""
        self.problem = None
        try:
            with self.path.open("rb") as file:
                return entries(file.read(MAX_BYTES + 1), self._module)
        except FileNotFoundError:
            pass
        except OtherModule:
            self.problem = OTHER_MODULE
        except ValueError:
            self.problem = (
                f"Le fichier de réponses « {FILE_NAME} » est abîmé : les réponses données par formulaire n’ont pas pu être "
                "relues. Il sera gardé sous un autre nom à votre prochaine réponse ; répondez à nouveau, ou prévenez "
                "votre formateur."
            )
        return {}

    def _write(self, text: str) -> None:
        """Write beside, then rename: a crash leaves the old file or the new one, never half of one."""
        handle, temporary = tempfile.mkstemp(dir=self.path.parent, prefix=".reponses-", suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, self.path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
