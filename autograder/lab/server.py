"""The part of the course that runs in the Jupyter server: the home page's content, and what its buttons do.

A server extension of Jupyter's own kind: `"autograder.lab.server": true` in the server's configuration. Every request asks for
the server's authentication, and every change for its protection against forged requests (XSRF).
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.ioloop import IOLoop

from autograder import paths
from autograder.lab import actions
from autograder.lab.actions import ActionError, Done
from autograder.lab.home import home
from autograder.lab.page import render
from autograder.lab.workspace import kept
from autograder.progress import journal

Action = Callable[[Path, str], Done]

ERASED = "Votre parcours est oublié. Vos carnets et vos réponses sont toujours là."
NOT_ERASED = "Le parcours n’a pas pu être effacé ({error})."


def _erase(space: Path, folder: str) -> Done:
    try:
        journal.erase(space)
    except OSError as error:
        raise ActionError(NOT_ERASED.format(error=error)) from error
    return Done(ERASED)


def _begin_again(space: Path, folder: str) -> Done:
    return actions.begin_again(space, folder, paths.course() / "release" / folder, datetime.now())


def _hand_in(space: Path, folder: str) -> Done:
    return actions.hand_in(space, folder, datetime.now())


ACTIONS: dict[str, Action] = {
    "effacer": _erase,
    "recommencer": _begin_again,
    "rendre": _hand_in,
    "retour": actions.feedback,
}


class HomeHandler(APIHandler):
    """The content of the home page, and a mark that tells whether it has changed."""

    @web.authenticated
    async def get(self) -> None:
        space = Path(self.settings["server_root_dir"]).expanduser()
        page = await IOLoop.current().run_in_executor(None, lambda: render(home(space, kept(space))))
        mark = hashlib.sha256(page.encode()).hexdigest()[:16]
        known = self.get_query_argument("mark", "") == mark
        self.finish(json.dumps({"mark": mark, "html": "" if known else page}))


class ActionHandler(APIHandler):
    """One action on a module's folder: `{"folder": …}` in, `{"ok", "message", "path"}` out, in French."""

    @web.authenticated
    async def post(self, name: str) -> None:
        body: Any = self.get_json_body() or {}
        folder = body.get("folder", "") if isinstance(body, dict) else ""
        if name not in ACTIONS or not isinstance(folder, str):
            raise web.HTTPError(404)
        space = Path(self.settings["server_root_dir"]).expanduser()
        try:
            done = await IOLoop.current().run_in_executor(None, partial(ACTIONS[name], space, folder))
        except ActionError as error:
            self.finish(json.dumps({"ok": False, "message": str(error), "path": ""}))
        else:
            self.finish(json.dumps({"ok": True, "message": done.message, "path": done.path}))


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "autograder.lab.server"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    base = server.web_app.settings["base_url"]
    server.web_app.add_handlers(
        ".*$",
        [
            (url_path_join(base, "campus", "accueil"), HomeHandler),
            (url_path_join(base, "campus", "action", "([a-z]+)"), ActionHandler),
        ],
    )
