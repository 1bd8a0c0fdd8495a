"""The part of the course that runs in the Jupyter server: the home page's content, and what its buttons do.

A server extension of Jupyter's own kind: `"autograder.lab.server": true` in the server's configuration. Every request asks for
the server's authentication, and every change for its protection against forged requests (XSRF).
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
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
from autograder.lab import actions, identity
from autograder.lab.actions import ActionError, Done
from autograder.lab.home import home
from autograder.lab.page import render
from autograder.lab.workspace import kept
from autograder.progress import journal

ERASED = "Votre parcours est oublié. Vos carnets et vos réponses sont toujours là."
NOT_ERASED = "Le parcours n’a pas pu être effacé ({error})."


@dataclass(frozen=True)
class Request:
    """What a button asks: about which module, and, to hand in, under which name."""

    space: Path
    folder: str
    learner: str


Action = Callable[[Request], Done]


def _erase(asked: Request) -> Done:
    try:
        journal.erase(asked.space)
    except OSError as error:
        raise ActionError(NOT_ERASED.format(error=error)) from error
    return Done(ERASED)


def _begin_again(asked: Request) -> Done:
    released = paths.course() / "release" / asked.folder
    return actions.begin_again(asked.space, asked.folder, released, datetime.now())


def _hand_in(asked: Request) -> Done:
    return actions.hand_in(asked.space, asked.folder, asked.learner, datetime.now())


def _feedback(asked: Request) -> Done:
    return actions.feedback(asked.space, asked.folder)


ACTIONS: dict[str, Action] = {
    "effacer": _erase,
    "recommencer": _begin_again,
    "rendre": _hand_in,
    "retour": _feedback,
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


class IdentityHandler(APIHandler):
    """Whether handing in asks for a name, and the one that was given before: `{"asked", "learner"}`."""

    @web.authenticated
    async def get(self) -> None:
        space = Path(self.settings["server_root_dir"]).expanduser()
        asked = not await IOLoop.current().run_in_executor(None, actions.has_exchange)
        told = identity.known(space)
        self.finish(json.dumps({"asked": asked, "learner": told.learner if told else ""}))


class ActionHandler(APIHandler):
    """One action on a module's folder: `{"folder", "learner"}` in, `{"ok", "message", "path"}` out, in French."""

    @web.authenticated
    async def post(self, name: str) -> None:
        body: Any = self.get_json_body() or {}
        fields = [body.get(field, "") for field in ("folder", "learner")] if isinstance(body, dict) else []
        if name not in ACTIONS or not fields or not all(isinstance(field, str) for field in fields):
            raise web.HTTPError(404)
        asked = Request(Path(self.settings["server_root_dir"]).expanduser(), *fields)
        try:
            done = await IOLoop.current().run_in_executor(None, partial(ACTIONS[name], asked))
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
            (url_path_join(base, "campus", "identite"), IdentityHandler),
            (url_path_join(base, "campus", "action", "([a-z]+)"), ActionHandler),
        ],
    )
