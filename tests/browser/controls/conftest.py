"""A bundle drawn in bare Chromium, with a fake model for a kernel: no JupyterLab, a tenth of a second a test."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from autograder.forms.page import assets
from tests.browser.accessible import check_accessibility

FAKE = Path(__file__).parent / "fake_model.js"
SAVED = {"saved_at": "2026-11-30T10:05:00", "tries": 0, "history": "", "opened": 0}
"""What a kernel that works replies to a panel."""
EMPTY_PAGE = '<!doctype html><html lang="fr"><title>Carnet</title><body></body></html>'


class Drawn:
    """A page where scripts are drawn, one under the other; `sent` is what the last one sent."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def draw(self, bundle: str, traits: dict[str, Any], reply: dict[str, Any] | None = SAVED) -> None:
        """Draw a bundle; `reply` is what each message gets at once, None where the kernel does not answer."""
        self.page.evaluate("args => draw(...args)", [assets.bundle(bundle).text, traits, reply])

    @property
    def sent(self) -> list[dict[str, Any]]:
        return self.page.evaluate("model.sent")

    @property
    def saved(self) -> Any:
        """The last answer that was sent."""
        return [message["value"] for message in self.sent if message["action"] in ("save", "check")][-1]

    @property
    def form(self) -> Locator:
        return self.page.locator(".campus-form").last

    def receive(self, **message: Any) -> None:
        """Have the kernel reply to the last message."""
        self.page.evaluate("reply => model.receive({request: model.sent.at(-1).request, ...reply})", message)

    def answer(self, asked: Mapping[str, Callable[[dict[str, Any]], Any]]) -> None:
        """Have the kernel reply to every message of the last script, in order; what an activity is asked, by its own functions."""
        for action, tell in asked.items():
            self.page.expose_function(f"told_{action}", tell)
        self.page.evaluate("args => model.answerAll(...args)", [list(asked), SAVED])

    def set(self, **traits: Any) -> None:
        self.page.evaluate("changes => model.set(changes)", traits)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def wait(self, seconds: float) -> None:
        """Let time go by: it stands still otherwise."""
        self.page.clock.run_for(round(1000 * seconds))

    def check_accessibility(self) -> None:
        self.page.clock.resume()  # axe waits too
        check_accessibility(self.page)


@pytest.fixture
def drawn(browser: Browser) -> Iterator[Drawn]:
    """A bare page; afterwards, no script has failed there."""
    errors: list[str] = []
    with closing(browser.new_context(locale="fr-FR")) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.clock.install(time=0)
        page.clock.pause_at(1000)
        page.set_content(EMPTY_PAGE)
        page.add_script_tag(path=FAKE)
        yield Drawn(page)
    assert errors == []


@pytest.fixture
def panel_traits(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Traits of a panel around one of the forms of the demonstration."""
    from autograder.checks.exercises import load_exercises
    from autograder.forms.panel import describe
    from tests.browser.forms import demo

    demo.write_module(tmp_path / "module")
    exercises = load_exercises(tmp_path / "module")

    def traits(exercise: str, **others: Any) -> dict[str, Any]:
        found = exercises.find(exercise)
        assert found.form
        empty = {"value": None, "verdict": "", "outdated": False, "notice": ""}
        return {"form": describe(found, found.form), **empty, **others}

    return traits
