"""What our widgets have in common: a small loader, instead of a copy of the script in each saved notebook.

The page sends `{"request", "action": "page"}` where no server has the script; the kernel replies `{"request", "page"}`.
"""

from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets

from autograder.forms.page import assets


class PageWidget(anywidget.AnyWidget):
    """A widget drawn by a bundle; `page` tells its file to the loader."""

    _esm = assets.bundle("loader").text

    page = traitlets.Unicode().tag(sync=True)
    # ipywidgets' own layout is a model more for each form, to open and to save.
    layout = traitlets.Any(None).tag(sync=True)

    def __init__(self, bundle: str, **traits: Any) -> None:
        self._bundle = assets.bundle(bundle)
        super().__init__(page=self._bundle.file, **traits)

    def _handle_custom_msg(self, content: Mapping[str, Any], buffers: object) -> None:
        if content.get("action") == "page":
            self.send({"request": content.get("request"), "page": self._bundle.text})
        else:
            super()._handle_custom_msg(content, buffers)
