"""The part of the course that runs in the Jupyter server: the content of the learner's pages, and what they ask.

A server extension of Jupyter's own kind: `"autograder.lab.server": true` in the server's configuration. Every request asks for
the server's authentication, and every change for its protection against forged requests (XSRF).
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.ioloop import IOLoop

from autograder.exchange import has_exchange
from autograder.lab import course, glossary, identity, page, takeaways
from autograder.lab.actions import ActionError
from autograder.lab.buttons import ACTIONS, Request
from autograder.lab.home import Home, home
from autograder.lab.tries_told import tries_told
from autograder.lab.workspace import is_folder, kept

PREDICTION = ("folder", "version", "cell", "choice")


class _Handler(APIHandler):
    """What all the requests have: the learner's space."""

    @property
    def space(self) -> Path:
        return Path(self.settings["server_root_dir"]).expanduser()


class PageHandler(_Handler):
    """The content of a page, and a mark that tells whether it has changed."""

    def initialize(self, render: Callable[[Home], str]) -> None:
        """Take what writes the page."""
        self.write_page = render

    @web.authenticated
    async def get(self) -> None:
        space = self.space
        html = await IOLoop.current().run_in_executor(None, lambda: self.write_page(home(space, kept(space))))
        mark = hashlib.sha256(html.encode()).hexdigest()[:16]
        known = self.get_query_argument("mark", "") == mark
        self.finish(json.dumps({"mark": mark, "html": "" if known else html}))


class GlossaryHandler(JupyterHandler):
    """The page « Glossaire »: a document of its own, which any browser shows and prints."""

    @web.authenticated
    async def get(self) -> None:
        page = await IOLoop.current().run_in_executor(None, glossary.page)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page)


class HandInHandler(_Handler):
    """What handing in asks: whether a name, the one that was given before, and the verdicts that may go with the module of `folder`.

    `{"asked", "learner", "tries"}`; a line of `tries` is an exercise.
    """

    @web.authenticated
    async def get(self) -> None:
        space, folder = self.space, self.get_query_argument("folder", "")
        if not is_folder(space, folder):
            raise web.HTTPError(404)

        def work() -> dict[str, Any]:
            told = identity.known(space)
            learner = told.learner if told else ""
            return {"asked": not has_exchange(), "learner": learner, "tries": tries_told(space, folder)}

        self.finish(json.dumps(await IOLoop.current().run_in_executor(None, work)))


class ReachedHandler(_Handler):
    """The end of a module was reached: its card is the learner's (`{"folder", "version"}`)."""

    @web.authenticated
    async def post(self) -> None:
        body: Any = self.get_json_body()
        folder, version = (
            (body.get("folder"), body.get("version")) if isinstance(body, dict) else (None, None)
        )
        space = self.space
        if not isinstance(folder, str) or type(version) is not int or not is_folder(space, folder):
            raise web.HTTPError(404)
        await IOLoop.current().run_in_executor(None, course.reach, space, folder, version)
        self.finish("{}")


class CourseHandler(_Handler):
    """Where the learner stands in a module (get), and one prediction to remember (post)."""

    @web.authenticated
    async def get(self) -> None:
        await self._answer(self.get_query_argument("folder", ""), self.get_query_argument("version", ""))

    @web.authenticated
    async def post(self) -> None:
        body: Any = self.get_json_body()
        fields = [body.get(name) for name in PREDICTION] if isinstance(body, dict) else []
        texts = [field for field in fields if isinstance(field, str)]
        if len(texts) != len(PREDICTION):
            raise web.HTTPError(400)
        await self._answer(*texts)

    async def _answer(self, folder: str, version: str, *prediction: str) -> None:
        space = self.space
        if not is_folder(space, folder) or not version.isdecimal():
            raise web.HTTPError(404)

        def work() -> dict[str, Any]:
            if prediction:
                course.predict(space, folder, int(version), *prediction)
            return course.where(space, folder, int(version))

        self.finish(json.dumps(await IOLoop.current().run_in_executor(None, work)))


class ActionHandler(_Handler):
    """One action on a module's folder, or on a track: `{"folder", "learner", "track", "tries"}` in, `{"ok", "message", "path", "file"}` out, in French."""

    @web.authenticated
    async def post(self, name: str) -> None:
        body: Any = self.get_json_body() or {}
        fields = (
            [body.get(field, "") for field in ("folder", "learner", "track", "tries")]
            if isinstance(body, dict)
            else []
        )
        if name not in ACTIONS or not fields or not all(isinstance(field, str) for field in fields):
            raise web.HTTPError(404)
        asked = Request(self.space, *fields)
        try:
            done = await IOLoop.current().run_in_executor(None, partial(ACTIONS[name], asked))
        except ActionError as error:
            self.finish(json.dumps({"ok": False, "message": str(error), "path": "", "file": ""}))
        else:
            self.finish(json.dumps({"ok": True, **asdict(done)}))


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "autograder.lab.server"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    base = server.web_app.settings["base_url"]
    server.web_app.add_handlers(
        ".*$",
        [
            (url_path_join(base, "campus", "accueil"), PageHandler, {"render": page.render}),
            (url_path_join(base, "campus", "fiches"), PageHandler, {"render": takeaways.render}),
            (url_path_join(base, "campus", "fiche"), ReachedHandler),
            (url_path_join(base, "campus", "glossaire"), GlossaryHandler),
            (url_path_join(base, "campus", "rendu"), HandInHandler),
            (url_path_join(base, "campus", "parcours"), CourseHandler),
            (url_path_join(base, "campus", "action", "([a-z]+)"), ActionHandler),
        ],
    )
