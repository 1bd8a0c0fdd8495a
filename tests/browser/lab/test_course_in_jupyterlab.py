"""The course view over a real notebook: ready by itself, healed by itself, and the learner's files left as they were."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessible import check_accessibility
from tests.browser.conftest import free_port
from tests.browser.lab.conftest import SLOW, choose, entered, lab, module

MODULE = "F02"
EXERCISE = "unite"


@pytest.fixture
def notebook(space: Path) -> Path:
    name = module(MODULE).folder_name
    return space / name / f"{name}.ipynb"


@pytest.fixture
def panel(home: Page) -> Locator:
    return entered(home, MODULE)


def cells(notebook: Path) -> list[dict[str, Any]]:
    return json.loads(notebook.read_text(encoding="utf-8"))["cells"]


def step_of(notebook: Path, role: str, **wanted: str) -> int:
    """Return the first step that has a cell of a role."""
    found = [cell["metadata"]["campus"] for cell in cells(notebook)]
    return next(
        one["step"]
        for one in found
        if one["role"] == role and all(one.get(k) == v for k, v in wanted.items())
    )


def go_to(panel: Locator, step: int) -> None:
    panel.locator("button.campus-where").click()
    panel.locator(".campus-sheet ol button").nth(step).click()
    is_ready(panel)
    for button in panel.get_by_role("button", name="Voir le résultat").all():
        if button.is_visible():
            button.click()


def is_ready(panel: Locator) -> None:
    expect(panel.locator(".campus-news p")).not_to_have_text(
        re.compile("Préparation|redémarre"), timeout=SLOW
    )


def answer(panel: Locator, notebook: Path) -> Locator:
    """Answer the first exercise by its form, which must be alive; return the form."""
    go_to(panel, step_of(notebook, "statement", exercise=EXERCISE))
    form = panel.get_by_role("form", name=module(MODULE).exercises[EXERCISE].title)
    form.get_by_role("radio").first.check()
    form.get_by_role("button", name="Vérifier ma réponse").click()
    expect(form.locator(".verdict")).not_to_be_empty(timeout=SLOW)
    return form


RESTART = """async (name) => {
  const headers = {"X-XSRFToken": document.cookie.match(/_xsrf=([^;]+)/)[1]};
  const sessions = await (await fetch("/api/sessions")).json();
  const {kernel} = sessions.find(({path}) => path.endsWith(name));
  const {ok} = await fetch(`/api/kernels/${kernel.id}/restart`, {method: "POST", headers});
  if (!ok) throw new Error("not restarted");
}"""


def is_kept(notebook: Path, value: str | None) -> None:
    """Wait until the answer is on the disk."""
    for _ in range(50):
        data = json.loads((notebook.parent / "reponses.json").read_text(encoding="utf-8"))
        if data["answers"][EXERCISE]["value"] == value:
            return
        time.sleep(0.2)
    raise AssertionError(f"{value} is not saved")


def write_code(panel: Locator, notebook: Path, code: str) -> None:
    """Write, and run, code in the first cell of an answer."""
    go_to(panel, step_of(notebook, "answer"))
    button = panel.locator(".campus-toggle")
    if button.get_attribute("aria-pressed") == "false":
        button.click()
    place = panel.locator(".jp-CodeCell:visible", has=panel.page.get_by_role("button", name="Exécuter")).first
    place.locator(".cm-content").click()
    panel.page.keyboard.press("ControlOrMeta+A")
    panel.page.keyboard.insert_text(code)
    place.get_by_role("button", name="Exécuter").click()


def is_saved(panel: Locator) -> bool:
    """Tell whether JupyterLab has nothing to save: its tab, which the whole notebook shows, has no mark."""
    choose(panel, "Voir le carnet entier")
    tab = panel.page.locator(".lm-TabBar-tab.lm-mod-current", has_text=".ipynb")
    expect(tab).to_be_visible()
    saved = "jp-mod-dirty" not in (tab.get_attribute("class") or "")
    panel.get_by_role("button", name="Revenir au parcours").click()
    return saved


def test_a_module_opens_ready_and_its_file_is_left_alone(panel: Locator, notebook: Path) -> None:
    before = notebook.read_bytes()
    steps = json.loads(before)["metadata"]["campus"]["steps"]
    expect(panel.locator(".campus-where").first).to_have_text(f"Étape 1 sur {len(steps)}")
    example = step_of(notebook, "example")
    go_to(panel, example)
    evidence = panel.locator(".jp-CodeCell[data-campus='folded']").all()
    assert evidence
    for cell in evidence:
        expect(cell.locator(".jp-OutputArea-output").first).to_be_visible(timeout=SLOW)
    answer(panel, notebook)
    assert is_saved(panel)
    assert notebook.read_bytes() == before


@pytest.mark.parametrize(("width", "height", "least"), [(1366, 768, 640), (683, 384, 230)])
def test_the_page_leaves_room_to_read(home: Page, width: int, height: int, least: int) -> None:
    home.set_viewport_size({"width": width, "height": height})
    panel = entered(home, MODULE)
    size = panel.locator(".jp-Notebook").bounding_box()
    assert size and size["height"] >= least
    check_accessibility(home, ".campus-course-bar")


def test_the_bar_and_the_home_page_say_the_same_points(panel: Locator, home: Page, notebook: Path) -> None:
    answer(panel, notebook)
    points = panel.locator(".campus-points")
    expect(points).to_have_text(re.compile(r"\d+\spoints? sur \d+"))
    said = points.inner_text().replace("\u00a0", " ")
    choose(panel, "Accueil")
    card = home.locator(
        ".campus-modules > li", has=home.get_by_role("heading", name=re.compile(f"^{MODULE} "))
    )
    expect(card).to_contain_text(said)


def test_a_form_reopened_shows_its_verdict(panel: Locator, home: Page, address: str, notebook: Path) -> None:
    said = answer(panel, notebook).locator(".verdict").inner_text()
    home.goto(f"{address}&reset")
    again = entered(home, MODULE)
    go_to(again, step_of(notebook, "statement", exercise=EXERCISE))
    form = again.get_by_role("form", name=module(MODULE).exercises[EXERCISE].title)
    expect(form.locator(".verdict")).to_have_text(said, timeout=SLOW, use_inner_text=True)


def test_keys_change_nothing(panel: Locator, home: Page, notebook: Path) -> None:
    go_to(panel, step_of(notebook, "example"))
    count = panel.locator(".jp-Cell").count()
    for key in [
        "ArrowDown",
        "ArrowDown",
        "b",
        "d",
        "d",
        "x",
        "z",
        "0",
        "0",
        "Shift+Enter",
        "Shift+Enter",
        "m",
        "y",
    ]:
        home.keyboard.press(key)
    assert panel.locator(".jp-Cell").count() == count
    assert is_saved(panel)


def test_python_restarted_or_killed_comes_back_by_itself(panel: Locator, home: Page, notebook: Path) -> None:
    answer(panel, notebook)
    choose(panel, "Voir le carnet entier")
    home.get_by_role("menuitem", name="Noyau").click()
    home.get_by_role("menuitem", name=re.compile("^Redémarrer le noyau…")).click()
    home.locator(".jp-Dialog").get_by_role("button", name="Confirmer").click()
    expect(panel.locator(".campus-status")).to_contain_text("prêt de nouveau", timeout=SLOW)
    panel.get_by_role("button", name="Revenir au parcours").click()
    answer(panel, notebook)

    write_code(panel, notebook, "import os; os.kill(os.getpid(), 9)")
    expect(panel.locator(".campus-news p")).to_contain_text("prêt de nouveau", timeout=SLOW)
    expect(home.locator(".jp-Dialog")).to_have_count(0)
    answer(panel, notebook)


def test_python_restarted_from_elsewhere_comes_back_by_itself(
    panel: Locator, home: Page, notebook: Path
) -> None:
    """Another tab of the same space, or an administrator: JupyterLab is told nothing."""
    answer(panel, notebook)
    for _ in range(3):
        home.evaluate(RESTART, notebook.name)
        expect(panel.locator(".campus-news p")).to_contain_text("prêt de nouveau", timeout=SLOW)
        form = answer(panel, notebook)
        for radio in form.get_by_role("radio").all():
            radio.check()
            is_kept(notebook, radio.get_attribute("value"))


def test_an_endless_loop_can_be_interrupted(panel: Locator, notebook: Path) -> None:
    write_code(panel, notebook, "while True: pass")
    expect(panel.locator(".campus-news p")).to_contain_text("Python est occupé", timeout=SLOW)
    answer(panel, notebook)  # beside the loop, which the bar still tells
    expect(panel.locator(".campus-news p")).to_contain_text("Python est occupé", timeout=SLOW)
    panel.get_by_role("button", name="Interrompre").click()
    expect(panel.locator(".campus-news p")).to_be_empty(timeout=SLOW)
    answer(panel, notebook)


def test_code_that_was_written_is_to_be_saved(panel: Locator, notebook: Path) -> None:
    write_code(panel, notebook, "print(1)")
    assert not is_saved(panel)


def test_larger_text_enlarges_the_forms_too(panel: Locator, notebook: Path) -> None:
    form = answer(panel, notebook)
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    texts = [form.locator(one).first for one in ("legend", "label", "button", ".verdict", ".caption")]
    before = [text.evaluate(size) for text in texts]
    choose(panel, "Agrandir le texte")
    assert all(text.evaluate(size) > was for text, was in zip(texts, before, strict=True))
    choose(panel, "Agrandir le texte")


def test_the_home_page_is_reached_after_a_reload(panel: Locator, home: Page) -> None:
    home.reload()
    expect(panel.locator(".campus-where").first).to_be_visible(timeout=SLOW)
    panel.get_by_role("button", name="Accueil").click()
    expect(home.get_by_role("heading", level=1, name="Bienvenue")).to_be_visible(timeout=SLOW)


def test_a_reload_comes_back_to_the_same_step(panel: Locator, home: Page, notebook: Path) -> None:
    go_to(panel, 3)
    place = panel.locator("button.campus-where")
    expect(place).to_have_text(re.compile("^Étape 4 "))
    home.wait_for_timeout(1500)  # JupyterLab saves its tabs a second after they change
    home.reload()
    expect(place).to_have_text(re.compile("^Étape 4 "), timeout=SLOW)


def test_jupyterlabs_furniture_is_away_in_the_course_and_back_elsewhere(panel: Locator, home: Page) -> None:
    menu = home.get_by_role("menuitem", name="Fichier")
    expect(menu).to_be_hidden()
    choose(panel, "Voir le carnet entier")
    expect(menu).to_be_visible()
    panel.get_by_role("button", name="Revenir au parcours").click()
    expect(menu).to_be_hidden()
    choose(panel, "Accueil")
    expect(menu).to_be_visible()
    expect(home.locator("#jp-main-statusbar")).to_be_visible()


def test_who_comes_back_to_the_end_of_a_module_finds_the_course_and_their_first_click_counts(
    panel: Locator, home: Page
) -> None:
    panel.locator("button.campus-where").click()
    panel.locator(".campus-sheet ol button").last.click()
    panel.get_by_role("button", name="Revenir à l’accueil").click()
    entered(home, MODULE)
    expect(home.get_by_role("menuitem", name="Fichier")).to_be_hidden()
    expect(panel.locator(".campus-end h1")).to_be_focused()
    panel.get_by_role("button", name="Menu").click()
    expect(panel.locator(".campus-menu:popover-open")).to_be_visible()


def test_the_persons_own_settings_are_left_alone(
    page: Page, tmp_path: Path, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "maison"
    own.mkdir()
    monkeypatch.setenv("HOME", str(own))
    with lab(tmp_path / "travail", free_port()) as found:
        page.goto(f"{found}&reset")
        choose(entered(page, MODULE), "Agrandir le texte")
        page.wait_for_timeout(1500)
    assert [path for path in own.rglob("*") if "jupyter" in str(path.relative_to(own))] == []
