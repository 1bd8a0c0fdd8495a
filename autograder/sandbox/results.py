"""The results of a run, cell by cell. They come from untrusted code: nothing here is a proof."""

from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["ok", "error", "timeout", "dead", "not_run"]
"""`timeout`: the cell was interrupted, and the run goes on. `dead`: the process ended in this cell. `not_run`: it had ended."""

Output = dict[str, Any]

NOTES = {
    "time": "Cette cellule n’a pas fini dans le temps prévu : elle contient peut-être une boucle sans fin.",
    "notebook_time": "Cellule non exécutée : le carnet a dépassé le temps prévu.",
    "died": "Le programme s’est arrêté brutalement dans cette cellule.",
    "not_run": "Cellule non exécutée : le programme s’est arrêté dans une cellule précédente.",
    "memory": "Cette cellule demande plus de mémoire que prévu. Travaillez sur moins de lignes ou de colonnes à la fois.",
    "disk": "Cette cellule écrit des fichiers plus gros que prévu.",
    "processes": "Cette cellule lance plus de programmes ou de fils d’exécution que prévu.",
    "output": "Cette cellule affiche plus que prévu : la fin a été coupée.",
    "protocol": "Le résultat de cette cellule est illisible : il n’a pas été gardé.",
}


@dataclass(frozen=True)
class Flag:
    """A limit reached, or an accident. `kind` is a key of NOTES; `message` is in French."""

    kind: str

    @property
    def message(self) -> str:
        return NOTES[self.kind]


@dataclass
class CellResult:
    """The outputs of a cell, as in a notebook file (nbformat 4)."""

    status: Status
    outputs: list[Output] = field(default_factory=list)
    execution_count: int | None = None
    flags: list[Flag] = field(default_factory=list)
    displays: dict[str, list[Output]] = field(default_factory=dict, repr=False)
    """Outputs that a later cell may update, by display id."""


def stopped(status: Status, kind: str, outputs: list[Output] | None = None) -> CellResult:
    """Return the result of a cell that was stopped or not run, with the reason as its last output."""
    return CellResult(status, [*(outputs or []), error_output(NOTES[kind])], None, [Flag(kind)])


def error_output(message: str) -> Output:
    """Return an error to show in a cell."""
    return {"output_type": "error", "ename": "Correction", "evalue": message, "traceback": [message]}


def read_result(body: dict[str, Any]) -> CellResult | None:
    """Return the result that a child sent for a cell, with the notes of its flags; None when the result is malformed."""
    outputs, count, flags = body.get("outputs"), body.get("execution_count"), body.get("flags")
    if (
        body.get("status") not in ("ok", "error")
        or not isinstance(outputs, list)
        or not isinstance(flags, list)
    ):
        return None
    if not (count is None or type(count) is int) or not all(map(_is_output, outputs)):
        return None
    result = CellResult(body["status"], outputs, count)
    for output in outputs:
        display_id = output.pop("display_id", None)
        if isinstance(display_id, str):
            result.displays.setdefault(display_id, []).append(output)
    for kind in flags:
        if kind not in ("memory", "disk", "processes", "output"):
            return None
        result.flags.append(Flag(kind))
        if kind != "output":  # its note is where the text was cut
            result.outputs.append({"output_type": "stream", "name": "stderr", "text": f"{NOTES[kind]}\n"})
    return result


def read_updates(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the well-formed changes to the displays of earlier cells."""
    updates = body.get("updates")
    if not isinstance(updates, list):
        return []
    return [
        update
        for update in updates
        if isinstance(update, dict) and isinstance(update.get("display_id"), str) and _is_bundle(update)
    ]


def _is_output(output: Any) -> bool:
    if not isinstance(output, dict):
        return False
    kind, extra = output.get("output_type"), output.keys() - {"output_type", "display_id"}
    if kind == "stream":
        return (
            extra == {"name", "text"} and output["name"] in ("stdout", "stderr") and _is_text(output["text"])
        )
    if kind == "error":
        return (
            extra == {"ename", "evalue", "traceback"}
            and _is_text(output["ename"])
            and _is_text(output["evalue"])
            and isinstance(output["traceback"], list)
            and all(map(_is_text, output["traceback"]))
        )
    if kind == "display_data":
        return extra == {"data", "metadata"} and _is_bundle(output)
    if kind == "execute_result":
        count = output.get("execution_count")
        return extra == {"data", "metadata", "execution_count"} and type(count) is int and _is_bundle(output)
    return False


def _is_bundle(output: dict[str, Any]) -> bool:
    data, metadata = output.get("data"), output.get("metadata")
    if not isinstance(data, dict) or not isinstance(metadata, dict):
        return False
    return all(_is_text(value) or kind.endswith("json") for kind, value in data.items())


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
