"""What a learner waits for: from a cold server to the first verdict, in a real browser; and our own code's part of a verdict."""

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from autograder.authoring.pipeline import build
from autograder.checks.exercises import load_exercises
from autograder.forms.panel import Panel

PORT = "18970"
TIMES = 5
SLOW = 120_000  # milliseconds
FIRST_STEP = "panel?.querySelector('.campus-points')?.textContent && !panel.querySelector('.campus-news p').textContent"
"""What is true once a step can be read: where one stands is known, and what it shows is there."""
PREPARED = "panel?.querySelector('.campus-status')?.textContent.startsWith('Module prêt')"
"""What is true once all that the course runs has been run."""


def lab() -> dict[str, Any]:
    """Return seconds in the browser (None without Chromium), and milliseconds of our code per verdict, by exercise of F02."""
    verdicts = _verdicts()
    return {
        "browser": _browser(),
        "verdict_ms": {"median": statistics.median(verdicts.values()), "most": max(verdicts.values())},
        "exercises": verdicts,
    }


def _verdicts() -> dict[str, float]:
    """Time what the kernel does with a click on « Vérifier »: saving, judging, the journal, the history."""
    with tempfile.TemporaryDirectory() as name:
        space = Path(name)
        (built,) = build(["F02"], space / "course")
        table = json.loads(built.private.read_text(encoding="utf-8"))["exercises"]
        folder = space / "travail" / built.module.folder_name
        folder.mkdir(parents=True)
        (folder.parent / ".campus").mkdir()
        shutil.copy(built.source / ".exercises.json", folder)
        exercises = load_exercises(folder)
        found = {}
        for key, exercise in exercises.exercises.items():
            if key not in table or exercise.form is None:
                continue
            panel = Panel(folder)
            panel.load(exercises, exercise, exercise.form)
            times = []
            for _ in range(TIMES):
                begun = time.perf_counter()
                panel._receive(
                    panel, {"request": "1", "action": "check", "value": table[key]["form_value"]}, []
                )
                times.append((time.perf_counter() - begun) * 1000)
            assert "Juste" in panel.verdict
            found[key] = statistics.median(times)
    return found


def _browser() -> dict[str, float] | None:
    chromium = shutil.which("chromium")
    if chromium is None:
        return None
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        campus = Path(sys.executable).with_name("campus")
        command = [campus, "lab", "--no-browser", "--port", PORT, "--work", Path(name, "travail")]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            assert server.stdout
            address = next(
                found[0] for line in server.stdout if (found := re.search(r"http://\S+token=\S+", line))
            )
            begun = (
                time.perf_counter()
            )  # the server has just begun to answer, and nothing has been asked of it
            page = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page()
            page.goto(address)
            page.wait_for_selector(".campus-home h1", timeout=SLOW)
            home = time.perf_counter()
            page.locator(".campus-next a").click()
            _wait(page, PREPARED)
            ready = time.perf_counter()
            form = page.get_by_role("form", name="Le lendemain matin")
            while not form.is_visible():
                page.get_by_role("button", name="Continuer").click()
            form.get_by_role("radio").first.check()
            form.get_by_role("button", name="Vérifier ma réponse").click()
            form.locator(".verdict .campus-verdict").wait_for(timeout=SLOW)
            verdict = time.perf_counter()
            page.get_by_role("button", name="Accueil", exact=True).click()
            page.locator(".campus-modules").get_by_role("link", name=re.compile("^F02 ")).click()
            asked = time.perf_counter()
            _wait(page, FIRST_STEP)
            first = time.perf_counter()
            _wait(page, PREPARED)
            evidence = time.perf_counter()
        finally:
            server.terminate()
            server.wait()
    return {
        "home_seconds": home - begun,
        "module_ready_seconds": ready - home,
        "first_verdict_after_opening_seconds": verdict - home,
        "first_verdict_seconds": verdict - begun,
        "first_step_seconds": first - asked,
        "evidence_seconds": evidence - asked,
    }


def _wait(page: Page, expression: str) -> None:
    """Wait until an expression is true of the notebook on the screen."""
    page.wait_for_function(
        f"() => {{ const panel = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)'); return {expression}; }}",
        timeout=SLOW,
    )
