"""What the pages of docs/, and the pages beside the code, name is there: a renamed test or file must not leave a page that lies."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *(ROOT / "autograder").rglob("README.md")])
FOLDERS = ("autograder", "course", "datasets", "docs", "modules", "scripts", "tests")
IN_CODE = re.compile(r"`([^`\n]+)`")
FILES = sorted(
    [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "autograder/activities").glob("*/tests/test_*.py")]
)
BODIES = {
    found[1]: found[0]
    for path in FILES
    for found in re.finditer(
        r"^ *(?:async )?def (test_\w+).*?(?=^ *(?:async )?def |\Z)",
        path.read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
}
"""The text of each test, by its name."""
TESTS = {path.stem for path in FILES} | BODIES.keys()
ATTACKS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/decisions/attacks.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| Attack ")
]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_the_tests_named_exist(page: Path) -> None:
    named = {text for text in IN_CODE.findall(page.read_text("utf-8")) if re.fullmatch(r"test_\w+", text)}
    assert named <= TESTS


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_the_linked_pages_exist(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", IN_CODE.sub("", page.read_text("utf-8")))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_the_files_named_exist(page: Path) -> None:
    named = [
        text
        for text in IN_CODE.findall(page.read_text("utf-8"))
        if text.split("/")[0] in FOLDERS and "/" in text
    ]
    files = [text for text in named if re.fullmatch(r"[\w./-]+\.(py|md|yml|toml|json|csv)", text)]
    assert [text for text in files if not (ROOT / text).exists()] == []


@pytest.mark.parametrize("row", ATTACKS, ids=lambda row: row[0])
def test_an_attack_is_refused_by_a_test_or_said_not_to_be(row: list[str]) -> None:
    _, refused, _ = row
    assert re.search(r"`test_\w+`", refused) or "Not refused" in refused


@pytest.mark.parametrize("row", ATTACKS, ids=lambda row: row[0])
def test_what_the_instructor_is_told_is_shown_by_a_test_that_looks_at_it(row: list[str]) -> None:
    _, _, told = row
    named = re.findall(r"`(test_\w+)`", told)
    assert named or told.startswith("No")
    looks = re.compile(r"\btold\b|\.flags\b|\.log\b|\[.log.\]|\.reason\b")
    assert [name for name in named if not looks.search(BODIES[name])] == []
