"""The home page, as Markdown."""

import re
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from autograder.lab.home import AUDIENCES, ModuleCard, TrackCard, render, write_home
from autograder.lab.workspace import State

F01 = ModuleCard("F01", "F01-carnet", "Prendre en main son carnet", 20, ("N0",), "Un.", (), "fond")
F02 = ModuleCard("F02", "F02-tableau", "Lire un tableau", 40, ("N0", "N1"), "Deux.", ("F01",), "fond")
TRACKS = [
    TrackCard("fond", "Les fondamentaux", "Pour commencer.", (F01, F02)),
    TrackCard("avenir", "Préparer l’avenir", "Plus tard.", ()),
]


def test_modules_come_in_order_with_what_one_needs_to_choose() -> None:
    page = render(TRACKS, started=set(), kept=set())
    first, second = page.split("### ")[1:3]

    assert first.startswith("[F01 – Prendre en main son carnet](F01-carnet/F01-carnet.ipynb)")
    assert "environ 20 minutes" in first
    assert "**À faire avant :** rien" in first
    assert AUDIENCES["N1"] in second
    assert "« Prendre en main son carnet » (F01)" in second


def test_headings_go_down_one_level_at_a_time() -> None:
    tokens = MarkdownIt().parse(render(TRACKS, started=set(), kept=set()))
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]

    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_a_started_module_says_so(tmp_path: Path) -> None:
    (tmp_path / F01.folder).mkdir()
    (tmp_path / F01.folder / "reponses.json").write_text("{}")
    page = write_home(tmp_path, TRACKS, {F01.folder: State.CURRENT}).read_text(encoding="utf-8")

    assert re.findall(r"Où vous en êtes :\*\* (.*)", page) == ["commencé", "pas commencé"]
    assert "Nouvelle version" not in page


def test_a_kept_module_says_how_to_get_the_new_version(tmp_path: Path) -> None:
    page = write_home(tmp_path, TRACKS, {F02.folder: State.KEPT}).read_text(encoding="utf-8")

    first, second = page.split("### ")[1:3]
    assert "Nouvelle version" not in first
    assert "renommez le dossier `F02-tableau`" in second


def test_a_track_without_module_is_named_but_promises_nothing() -> None:
    page = render(TRACKS, started=set(), kept=set())
    assert "## Parcours sans module pour l’instant\n\n- Préparer l’avenir\n" in page
