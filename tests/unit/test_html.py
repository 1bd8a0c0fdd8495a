"""HTML is made of pieces that escape what they are given: whatever a text holds, it is shown as it is written."""

import ast
import dataclasses
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import matplotlib.pyplot as plt
import pandas
import pytest

import autograder
from autograder import paths, show
from autograder.assistant.corpus import Passage
from autograder.assistant.search import METHODS, Answer
from autograder.assistant.show import answer_html
from autograder.checks.text import render, render_inline
from autograder.checks.verdict import Verdict
from autograder.forms.static import StaticForm
from autograder.html import cell, heading, listed, table
from autograder.lab import card, home, page, publication

HOSTILE = "<script>alert(1)</script> & {0} {text} <img src=x onerror=alert(1)> \"'><b onclick='x'>"
TAG = re.compile(r"</?[a-z][a-z0-9]*[ >]|<[a-z][a-z0-9]*$")
PACKAGE = Path(autograder.__file__).parent


class Read(HTMLParser):
    """What a browser makes of a page: its tags with the names of their attributes, its words, its attributes' texts."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, str | None] = {}
        self.words = ""
        self.feed(str(content))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= dict(attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


def assert_harmless(content: str, times: int = 1) -> Read:
    """Check that a page shows the hostile text, word for word, and obeys nothing of it."""
    read = Read(content)
    assert not {"script", "img", "b"} & read.tags and not {"onerror", "onclick"} & set(read.attributes)
    assert read.words.count(HOSTILE) >= times
    return read


def test_a_table_shows_hostile_texts_as_they_are_written() -> None:
    lines = [[heading(HOSTILE, "row"), cell(HOSTILE)]]
    assert_harmless(table(HOSTILE, [heading(HOSTILE)], lines), times=4)


def test_a_list_shows_hostile_texts_as_they_are_written() -> None:
    assert_harmless(listed([HOSTILE, HOSTILE], "ol"), times=2)


def test_a_frame_shows_hostile_names_and_values_as_they_are_written() -> None:
    frame = pandas.DataFrame({HOSTILE: [HOSTILE]}, index=pandas.Index([HOSTILE], name=HOSTILE))
    assert_harmless(show.table(frame, caption=HOSTILE, index=True)._repr_html_(), times=5)


@pytest.mark.parametrize(
    ("values", "side"),
    [
        ([1, 2.5, None], "right"),
        (["31,93", "16,0", "—"], "right"),
        (["12\u00a0%", "7,5\u00a0%"], "right"),
        (["−1\u202f234 habitants", "12 habitants", None], "right"),
        (["69001", "75056"], "left"),
        (["75", "13"], "left"),
        (["01 23 45 67 89", "01 23 45 67 80"], "left"),
        (["Brest", None], "left"),
        (["31,93", "inconnu"], "left"),
        ([31.93, "inconnu"], "left"),
    ],
)
def test_a_column_has_one_side_its_title_too(values: list[object], side: str) -> None:
    shown = show.table(pandas.DataFrame({"colonne": pandas.Series(values, dtype=object)}), caption="T")
    assert re.findall(r"<t[hd][^>]*text-align:(\w+)", shown.content) == [side] * (1 + len(values))


def test_a_picture_keeps_a_hostile_alternative_in_its_attribute() -> None:
    read = Read(show.figure(plt.figure(), alt=HOSTILE)._repr_html_())
    assert read.attributes["alt"] == HOSTILE and HOSTILE in read.words
    assert not {"script", "b"} & read.tags and "onerror" not in read.attributes


def test_a_verdict_shows_hostile_code_and_messages_as_they_are_written() -> None:
    verdict = Verdict("right", 1, 1, [HOSTILE], way="form", code=HOSTILE)
    assert_harmless(verdict._repr_html_(), times=2)


LOG = {"widget": "log", "label": HOSTILE, "items": {"a": HOSTILE}, "fields": {"quoi": {"label": HOSTILE}}}


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ({"widget": "text", "label": HOSTILE}, HOSTILE),
        ({"widget": "number", "label": HOSTILE, "unit": HOSTILE}, 3),
        ({"widget": "choice", "label": HOSTILE, "options": {"a": HOSTILE, "b": "B"}}, "a"),
        (
            {"widget": "match", "label": HOSTILE, "items": {"i": HOSTILE}, "options": {"a": HOSTILE}},
            {"i": "a"},
        ),
        (LOG, {"a.quoi": HOSTILE}),
    ],
)
def test_a_form_without_script_shows_hostile_texts_as_they_are_written(form, value) -> None:
    page = StaticForm("T", form, value, notice=HOSTILE)._repr_html_()
    read = assert_harmless(page)
    assert "elle n’est pas prise en compte" not in read.words


@pytest.mark.parametrize("rendered", [render, render_inline])
def test_a_text_of_an_author_cannot_bring_tags(rendered) -> None:
    assert not {"script", "img", "b"} & Read(rendered(f"**Attention** {HOSTILE}")).tags


@pytest.mark.parametrize("found", [True, False])
def test_the_assistant_shows_hostile_sheets_and_questions_as_they_are_written(found: bool) -> None:
    passage = Passage(HOSTILE, HOSTILE, HOSTILE, HOSTILE, date(2020, 1, 1), HOSTILE, HOSTILE, 0)
    passages = ((passage,), ()) if found else ((), (passage,))
    assert_harmless(answer_html(Answer(HOSTILE, next(iter(METHODS)), 0.5, 0.4, *passages)), times=3)


def test_the_home_page_shows_hostile_titles_as_they_are_written(tmp_path: Path, monkeypatch) -> None:
    cards = [card.card(module) for module in publication.authored()]
    (tmp_path / "release").mkdir()
    (tmp_path / "competences.yml").write_bytes((paths.course() / "competences.yml").read_bytes())
    (tmp_path / "programme.yml").write_bytes((paths.course() / "programme.yml").read_bytes())
    monkeypatch.setenv("CAMPUS_COURSE", str(tmp_path))
    hostile = tuple(dataclasses.replace(one, title=HOSTILE, summary=HOSTILE) for one in cards)
    card.write(publication.path(), card.Publication(hostile, {}))
    assert_harmless(page.render(home.home(tmp_path)), times=2 * len(home.offer().tracks))


def strings(path: Path) -> list[tuple[int, str]]:
    """Return the f-strings of a file, with their lines: what comes between braces is a mark."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            parts = (str(one.value) if isinstance(one, ast.Constant) else "§" for one in node.values)
            found.append((node.lineno, "".join(parts)))
    return found


def test_no_page_is_made_by_an_f_string() -> None:
    made = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in PACKAGE.rglob("*.py")
        for line, text in strings(path)
        if TAG.search(text) and "tests" not in path.parts
    ]
    assert made == []
