"""From messages to a cell's outputs, by the rules of nbclient, within a number of bytes."""

import json
from typing import Any

from autograder.french.numbers import short

Output = dict[str, Any]

CUT = "\n[Sortie coupée : cette cellule affiche plus de {size}.]\n"


class Outputs:
    """The outputs of one cell. `updates` are the changes of this cell to the displays of earlier cells."""

    def __init__(self, max_bytes: int):
        self._max_bytes = max_bytes
        self._used = 0
        self._clear_before_next = False
        self._displays: dict[str, list[Output]] = {}
        self.items: list[Output] = []
        self.updates: list[dict[str, Any]] = []
        self.cut = False

    def add(self, kind: str, content: dict[str, Any]) -> None:
        """Take one message; unknown kinds are ignored."""
        if kind == "clear_output":
            self._clear_before_next = bool(content.get("wait"))
            if not self._clear_before_next:
                self._clear()
        elif kind == "update_display_data":
            self._update(content)
        elif kind == "stream":
            self._stream(content["name"], content["text"])
        elif kind in _MAKERS:
            self._append(_MAKERS[kind](content), content.get("transient", {}).get("display_id"))

    def raw(self, name: str, data: bytes) -> None:
        """Take the bytes that a program wrote to the standard output or error of the process."""
        if data:
            self._stream(name, data.decode("utf-8", "replace"))

    def _stream(self, name: str, text: str) -> None:
        self._clear_if_asked()
        left = self._max_bytes - self._used
        if left <= 0:
            self._note_cut(name)
            return
        shown = (
            text
            if len(text) * 4 <= left
            else text.encode("utf-8", "replace")[:left].decode("utf-8", "ignore")
        )
        self._used += len(shown.encode("utf-8", "replace"))
        if self.items and self.items[-1]["output_type"] == "stream" and self.items[-1]["name"] == name:
            self.items[-1]["text"] += shown
        else:
            self.items.append({"output_type": "stream", "name": name, "text": shown})
        if len(shown) < len(text):
            self._note_cut(name)

    def _append(self, output: Output, display_id: str | None) -> None:
        self._clear_if_asked()
        self._used += _size(output)
        if self._used > self._max_bytes and output["output_type"] != "error":
            self._note_cut("stderr")
            return
        self.items.append(output)
        if display_id:
            self._displays.setdefault(display_id, []).append(output)
            output["display_id"] = display_id

    def _update(self, content: dict[str, Any]) -> None:
        display_id = content.get("transient", {}).get("display_id")
        change = {"data": content["data"], "metadata": content["metadata"]}
        if _size(change) > self._max_bytes:  # a change replaces the change before: their sizes do not add up
            self._note_cut("stderr")
            return
        for output in self._displays.get(display_id, []):
            output.update(change)
        self.updates = [update for update in self.updates if update["display_id"] != display_id]
        self.updates.append({"display_id": display_id, **change})

    def _clear_if_asked(self) -> None:
        if self._clear_before_next:
            self._clear_before_next = False
            self._clear()

    def _clear(self) -> None:
        self.items, self._displays, self._used = [], {}, 0

    def _note_cut(self, name: str) -> None:
        if not self.cut:
            self.cut = True
            text = CUT.format(size=_french_size(self._max_bytes))
            self.items.append({"output_type": "stream", "name": name, "text": text})


def _display(content: dict[str, Any]) -> Output:
    return {"output_type": "display_data", "data": content["data"], "metadata": content["metadata"]}


def _result(content: dict[str, Any]) -> Output:
    count = content["execution_count"]
    return {**_display(content), "output_type": "execute_result", "execution_count": count}


def _error(content: dict[str, Any]) -> Output:
    return {"output_type": "error", **{key: content[key] for key in ("ename", "evalue", "traceback")}}


_MAKERS = {"display_data": _display, "execute_result": _result, "error": _error}


def _size(value: dict[str, Any]) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _french_size(size: int) -> str:
    for unit, factor in (("Mo", 2**20), ("ko", 2**10)):
        if size >= factor:
            return f"{short(size / factor, 6)} {unit}"
    return f"{size} octets"
