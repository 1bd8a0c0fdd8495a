"""What is kept of a restoration: the copy, then the line of the register that the file is said to equal."""

from collections.abc import Mapping

from autograder.activities.restore.form import NO_LINE, RestoreForm
from autograder.contract.forms import UnreadableAnswer, Value


def read(form: RestoreForm, raw: object) -> Value:
    """Return the answer to keep, `{"copy", "line"}`, without `line` as long as nothing was compared. Raises UnreadableAnswer."""
    if not isinstance(raw, Mapping) or not set(raw) <= {"copy", "line"} or "copy" not in raw:
        raise UnreadableAnswer("Restaurez une copie avec les boutons affichés.")
    kept = {"copy": _one_of({one["key"] for one in form["copies"]}, raw["copy"], "des copies proposées")}
    if raw.get("line") is None:
        return kept
    lines = {one["key"] for one in form["register"]} | {NO_LINE}
    return {**kept, "line": _one_of(lines, raw["line"], "des lignes du registre")}


def _one_of(keys: set[str], raw: object, what: str) -> str:
    if not isinstance(raw, str) or raw not in keys:
        raise UnreadableAnswer(f"Choisissez une {what}.")
    return raw
