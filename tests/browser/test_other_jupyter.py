"""Where the forms' script comes from: the server, at whatever address it stands; in any other Jupyter, the kernel."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from autograder.forms.page import assets
from tests.browser.conftest import running_server
from tests.browser.forms import demo
from tests.browser.tab import Tab


@pytest.mark.parametrize(("serving", "base"), [(True, "/user/ada/"), (False, "/")], ids=["hub", "other"])
def test_a_form_is_drawn_and_answered(page: Page, tmp_path: Path, serving: bool, base: str) -> None:
    """The server has the course's extension and stands behind a hub, or has nothing of ours."""
    demo.write_module(tmp_path / "serveur" / "module")
    got: list[str] = []
    page.on("response", lambda response: got.append(response.url) if "/form-" in response.url else None)
    with running_server(tmp_path / "serveur", serving, base) as url:
        tab = Tab(page)
        tab.show(url, "module/carnet.ipynb")
        tab.run_all()
        forms = page.locator("form.campus-form")
        expect(forms).to_have_count(len(demo.EXERCISES) + 1, timeout=60_000)
        forms.first.get_by_label("une commune").check()
        forms.first.get_by_role("button", name="Vérifier").click()
        verdict = forms.first.locator(".verdict")
        expect(verdict).to_contain_text("Chaque ligne décrit une commune.")
    served = f"{url}/lab/extensions/campus/static/{assets.bundle('form').file}"
    assert got == ([served] if serving else [])
    assert tab.record.outside == []
