"""The part of the page « Aujourd’hui » that runs in the instructor's Jupyter server, and in no other.

A server extension of Jupyter's own kind. Every request asks for the server's authentication, and every change for its protection
against forged requests (XSRF).
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.ioloop import IOLoop

from autograder import paths
from autograder.system_words import system_words
from autograder.today import deeds, page
from autograder.today.errors import Refused
from autograder.today.standing import day
from autograder.today.told import told

GESTURE = ("gesture", "about")


class PageHandler(APIHandler):
    """The content of the page, and a mark that tells whether it has changed."""

    @web.authenticated
    async def get(self) -> None:
        html = await IOLoop.current().run_in_executor(None, render, self.base_url)
        mark = hashlib.sha256(html.encode()).hexdigest()[:16]
        known = self.get_query_argument("mark", "") == mark
        self.finish(json.dumps({"mark": mark, "html": "" if known else html}))


class GestureHandler(APIHandler):
    """One button: `{"gesture", "about"}` in, `{"ok", "message"}` out, in French."""

    @web.authenticated
    async def post(self) -> None:
        body: Any = self.get_json_body()
        fields = [body.get(name) for name in GESTURE] if isinstance(body, dict) else []
        if not fields or not all(isinstance(one, str) for one in fields):
            raise web.HTTPError(400)
        gesture, about = map(str, fields)
        await _answer(self, lambda: deeds.do(paths.course(), gesture, about))


class DepositHandler(APIHandler):
    """One file, as it is, for a module or for the class list (`?about=…&name=…`): `{"ok", "message"}` out, in French."""

    @web.authenticated
    async def post(self) -> None:
        about, name = self.get_query_argument("about"), self.get_query_argument("name")
        content = self.request.body
        await _answer(self, lambda: deeds.deposit(paths.course(), about, name, content))


async def _answer(handler: APIHandler, work: Callable[[], str]) -> None:
    try:
        ok, message = True, await IOLoop.current().run_in_executor(None, work)
    except Refused as error:
        ok, message = False, str(error)
    except OSError as error:
        ok, message = False, system_words(error)
    handler.finish(json.dumps({"ok": ok, "message": message}))


def render(base: str) -> str:
    """Return the page as it is now; `base`: the server's base address."""
    course = paths.course()
    return page.render(day(course), told(course), datetime.now(), base)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "autograder.today.server"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    base = server.web_app.settings["base_url"]
    server.web_app.add_handlers(
        ".*$",
        [
            (url_path_join(base, "campus", "aujourdhui"), PageHandler),
            (url_path_join(base, "campus", "aujourdhui", "geste"), GestureHandler),
            (url_path_join(base, "campus", "aujourdhui", "depot"), DepositHandler),
        ],
    )
