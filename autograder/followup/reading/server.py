"""The part of the reading that runs in the instructor's Jupyter server: `"autograder.followup.reading.server": true` in its configuration.

Every request asks for the server's authentication, and every change for its protection against forged requests (XSRF).
"""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from nbgrader.api import Grade, Gradebook
from tornado import web
from tornado.ioloop import IOLoop

from autograder import paths
from autograder.followup.gradebook import opened
from autograder.followup.reading import compare_page, list_page, reading_page
from autograder.followup.reading.answers import answers
from autograder.followup.reading.frame import Place, problem
from autograder.followup.reading.marking import Changed, OtherText, give
from autograder.followup.reading.questions import Question, count, find, question_of, questions
from autograder.followup.reading.second import MAX_NAME, compared, give_second, sample
from autograder.followup.reading.state import State, read_state
from autograder.grading.errors import GradingError

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
"""Nothing comes from elsewhere, and no script but ours runs, whatever a learner wrote."""
KINDS = {"js": "text/javascript", "css": "text/css"}
OTHER_TEXT = "Cette copie a été corrigée de nouveau, avec un autre texte. Rechargez la page pour le lire."
CHANGED = "Une autre personne vient de noter cette réponse, ou de la commenter."
REFUSED = "Ces points ne peuvent pas être enregistrés : on attend un nombre de 0 au maximum de la question."
GONE = "Cette question n’est plus dans le carnet de notes : le module a peut-être été publié de nouveau."


class _Page(JupyterHandler):
    """What all the pages have: their place, and who writes them."""

    @property
    def content_security_policy(self) -> str:
        return POLICY

    async def show(self, write: Callable[[Place], str]) -> None:
        place = Place(url_path_join(self.base_url, "campus", "lecture"), self.xsrf_token.decode())
        try:
            html = await IOLoop.current().run_in_executor(None, write, place)
        except GradingError as error:
            html = problem(place, str(error))
        except LookupError:
            self.set_status(404)
            html = problem(place, GONE)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(html)


class ListHandler(_Page):
    """The questions, and how many answers wait."""

    @web.authenticated
    async def get(self) -> None:
        await self.show(self._write)

    def _write(self, place: Place) -> str:
        with opened(paths.course()) as gradebook:
            return list_page.page(place, [(one, count(gradebook, one)) for one in questions(gradebook)])


class QuestionHandler(_Page):
    """The answers to a question; `noms=1` says who wrote them."""

    @web.authenticated
    async def get(self, module: str, exercise: str) -> None:
        named = self.get_query_argument("noms", "") == "1"

        def write(place: Place) -> str:
            with opened(paths.course()) as gradebook:
                question = find(gradebook, module, exercise)
                return reading_page.page(place, question, answers(gradebook, question, paths.course()), named)

        await self.show(write)


class SecondHandler(_Page):
    """The second reading of `lecteur`; without a name, the page that asks for it."""

    @web.authenticated
    async def get(self, module: str, exercise: str) -> None:
        reader = self.get_query_argument("lecteur", "").strip()[:MAX_NAME]

        def write(place: Place) -> str:
            with opened(paths.course()) as gradebook:
                question = find(gradebook, module, exercise)
                if not reader:
                    return reading_page.ask_page(place, question)
                drawn = sample(gradebook, question, paths.course(), reader)
                return reading_page.second_page(place, question, drawn, reader)

        await self.show(write)


class CompareHandler(_Page):
    """How far the second readers of a question agree with its marks."""

    @web.authenticated
    async def get(self, module: str, exercise: str) -> None:
        def write(place: Place) -> str:
            with opened(paths.course()) as gradebook:
                question = find(gradebook, module, exercise)
                return compare_page.page(place, question, compared(gradebook, question, paths.course()))

        await self.show(write)


class FileHandler(JupyterHandler):
    """The scripts and the style of the pages."""

    @web.authenticated
    def get(self, name: str, kind: str) -> None:
        file = files("autograder.followup.reading").joinpath("page", f"{name}.{kind}")
        if not file.is_file():
            raise web.HTTPError(404)
        self.set_header("Content-Type", f"{KINDS[kind]}; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.finish(file.read_bytes())


class GiveHandler(APIHandler):
    """One reading: `{"answer", "text", "reader", "seen", "new"}` in; `{"state"}` out, or what stands and `{"message"}` in French."""

    @web.authenticated
    async def post(self, what: str) -> None:
        body: Any = self.get_json_body()
        if not isinstance(body, dict) or not all(
            isinstance(body.get(name), str) for name in ("answer", "text", "reader")
        ):
            raise web.HTTPError(400)
        self.finish(json.dumps(await IOLoop.current().run_in_executor(None, _give, what, body)))


def _give(what: str, body: dict[str, Any]) -> dict[str, Any]:
    """Do what a page asks; return the reply."""
    try:
        with opened(paths.course()) as gradebook:
            grade = gradebook.db.get(Grade, body["answer"])
            question = question_of(gradebook, grade) if grade else None
            if question is None:
                raise LookupError(body["answer"])
            return {"state": _given(gradebook, question, grade, what, body).written()}
    except Changed as error:
        return {"message": CHANGED, "state": error.now.written()}
    except OtherText:
        return {"message": OTHER_TEXT}
    except ValueError:
        return {"message": REFUSED}
    except LookupError:
        return {"message": GONE}
    except GradingError as error:
        return {"message": str(error)}


def _given(gradebook: Gradebook, question: Question, grade: Grade, what: str, body: dict[str, Any]) -> State:
    new = read_state(body.get("new"), question.most)
    if what == "note":
        seen = read_state(body.get("seen"), float("inf"))
        return give(gradebook, question, grade, body["text"], seen, new)
    reader = body["reader"].strip()[:MAX_NAME]
    if not reader:
        raise ValueError("no reader")
    return give_second(gradebook, question, grade, reader, body["text"], new)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "autograder.followup.reading.server"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    root = url_path_join(server.web_app.settings["base_url"], "campus", "lecture")
    server.web_app.add_handlers(
        ".*$",
        [
            (root, ListHandler),
            (f"{root}/(note|seconde)", GiveHandler),
            (f"{root}/fichiers/([a-z]+)[.]({'|'.join(KINDS)})", FileHandler),
            (f"{root}/([^/]+)/([^/]+)", QuestionHandler),
            (f"{root}/([^/]+)/([^/]+)/seconde", SecondHandler),
            (f"{root}/([^/]+)/([^/]+)/accord", CompareHandler),
        ],
    )
