"""What the pages of docs/ name is there: a renamed test or file must not leave a page that lies."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
FOLDERS = ("autograder", "course", "datasets", "docs", "modules", "scripts", "tests")
IN_CODE = re.compile(r"`([^`\n]+)`")
TESTS = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in (
        path.stem,
        *re.findall(r"^ *(?:async )?def (test_\w+)", path.read_text("utf-8"), re.MULTILINE),
    )
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_tests_named_exist(page: Path) -> None:
    named = {text for text in IN_CODE.findall(page.read_text("utf-8")) if re.fullmatch(r"test_\w+", text)}
    assert named <= TESTS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_linked_pages_exist(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", IN_CODE.sub("", page.read_text("utf-8")))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_files_named_exist(page: Path) -> None:
    named = [
        text
        for text in IN_CODE.findall(page.read_text("utf-8"))
        if text.split("/")[0] in FOLDERS and "/" in text
    ]
    files = [text for text in named if re.fullmatch(r"[\w./-]+\.(py|md|yml|toml|json|csv)", text)]
    assert [text for text in files if not (ROOT / text).exists()] == []
