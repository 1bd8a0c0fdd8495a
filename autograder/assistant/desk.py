"""The assistant without code: a form that asks the sheets, and one that prepares, shows and sends a text to a model.

The page sends `{"request", "action", ...}`: "ask" (`question`, `method`), "mask" (`text`), "models" (`url`, `key`), "preview"
(`url`, `key`, `model`, `text`), "send" (`agreed`, the fingerprint of the preview). The kernel replies with the same `request` and a
`reply`, or an `error` in French; a sending replies with `piece` after `piece` first. The key travels in messages only: it is no trait,
so that no notebook keeps it.
"""

from collections.abc import Mapping
from typing import Any

import traitlets

from autograder.assistant import endpoint, masking
from autograder.assistant.pages import answer_html
from autograder.assistant.search import METHODS, assistant
from autograder.data.errors import DataError
from autograder.forms.page.widget import PageWidget


class Desk(PageWidget):
    """A form of the assistant; `form["widget"]` is "ask" or "send"."""

    form = traitlets.Dict().tag(sync=True)

    def __init__(self, widget: str) -> None:
        known = endpoint.from_environment()
        super().__init__(
            "desk",
            form={
                "widget": widget,
                "methods": [[key, label] for key, label in reversed(METHODS.items())],
                "url": known.url,
                "model": known.model,
                "key": bool(known.key),
            },
        )
        self._drafts: dict[str, endpoint.Draft] = {}
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return "Formulaire de l’assistant : il ne sert qu’à essayer, rien n’y est noté."

    def _receive(self, _desk: object, message: Mapping[str, Any], _buffers: object) -> None:
        answer = {"request": message.get("request")}
        try:
            answer["reply"] = self._answer(message)
        except (DataError, endpoint.EndpointError) as error:
            answer["error"] = str(error)
        except Exception as error:  # the page has no other way to learn of it
            answer["error"] = f"Une erreur imprévue est survenue ({type(error).__name__} : {error})."
        self.send(answer)

    def _answer(self, message: Mapping[str, Any]) -> Any:
        action = message["action"]
        if action == "ask":
            return str(answer_html(assistant().ask(str(message["question"]), str(message["method"]))))
        if action == "mask":
            return masking.mask(str(message["text"]))
        if action == "models":
            return endpoint.models(_service(message))
        if action == "preview":
            return self._preview(_service(message), str(message["text"]))
        agreed = str(message["agreed"])
        for piece in endpoint.send(self._drafts.pop(agreed), agreed):
            self.send({"request": message["request"], "piece": piece})
        return ""

    def _preview(self, service: endpoint.Endpoint, text: str) -> dict[str, Any]:
        service.verify()
        draft = endpoint.Draft(service, text)
        self._drafts = {draft.fingerprint: draft}  # what is sent is what was shown last, to the letter
        return {"rows": list(draft.preview().items()), "fingerprint": draft.fingerprint}


def _service(message: Mapping[str, Any]) -> endpoint.Endpoint:
    """Return the service described by the form; the key of the environment serves only with the address of the environment."""
    known = endpoint.from_environment()
    url, key = str(message.get("url", "")).strip().rstrip("/"), str(message.get("key", "")).strip()
    if not key and url == known.url:
        key = known.key
    return endpoint.Endpoint(url, key, str(message.get("model", "")).strip())
