"""The home page: where the learner stands, in words and in order."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from autograder import paths
from autograder.lab import card, publication
from autograder.lab.card import facts
from autograder.lab.home import AUDIENCES, cards, home
from autograder.lab.page import render
from autograder.progress import journal
from autograder.progress.journal import Event


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's new space."""
    for name in ("CAMPUS_WORK", *journal.GRADING):
        monkeypatch.delenv(name, raising=False)
    space = tmp_path / "travail"
    (space / ".campus").mkdir(parents=True)
    return space


@pytest.fixture(autouse=True)
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All the modules, published: nothing else of the course is there."""
    modules, folder = publication.authored(), tmp_path / "course"
    (folder / "release").mkdir(parents=True)
    for name in ("programme.yml", "competences.yml"):
        (folder / name).write_bytes((paths.course() / name).read_bytes())
    monkeypatch.setenv("CAMPUS_COURSE", str(folder))
    card.write(publication.path(), card.Publication(tuple(map(card.card, modules)), {}))


def solve(space: Path, module_id: str, *exercises: str) -> None:
    """Have the right answers to exercises (all when none is named) in the journal."""
    module = next(m for track in cards() for m in track.modules if m.id == module_id)
    for key, points in facts(module).exercises.items():
        if not exercises or key in exercises:
            event = Event(
                "verdict",
                module.folder_name,
                module.version,
                key,
                state="right",
                points=points,
                max_points=points,
            )
            journal.record(space / module.folder_name, event)


class Headings(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


def test_a_new_learner_is_sent_to_the_first_module_and_told_why(space: Path) -> None:
    page = render(home(space))
    assert "0 module terminé sur" in page
    assert 'data-path="F01-prendre-en-main/F01-prendre-en-main.ipynb">Commencer : F01' in page
    assert "Il ne demande aucune connaissance préalable." in page


def test_progress_is_told_by_module_track_and_competence(space: Path) -> None:
    solve(space, "F01", "seuil")
    page = render(home(space))
    assert "Reprendre : F01" in page
    assert "en cours : 1 exercice vérifié sur 6" in page
    assert "<progress max=" in page and "1 exercice réussi sur" in page
    assert "Pix 1.3 – Traiter des données" in page


def test_a_module_that_is_done_leads_to_the_next(space: Path) -> None:
    solve(space, "F01")
    page = render(home(space))
    assert "1 module terminé sur" in page
    assert "Commencer : F02" in page
    assert "Il suit F01, que vous avez terminé." in page


def test_a_newer_version_is_told_where_it_waits(space: Path) -> None:
    page = render(home(space, frozenset({"F02-lire-un-tableau"})))
    assert page.count("Nouvelle version") == 1
    assert "« Recommencer ce module »" in page


def test_headings_go_down_one_level_at_a_time_and_every_audience_is_in_words(space: Path) -> None:
    page = render(home(space))
    headings = Headings()
    headings.feed(page)
    assert headings.levels[0] == 1 and headings.levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(headings.levels))
    assert AUDIENCES["N0"] in page


def test_a_module_whose_texts_were_never_fetched_is_left_out_and_the_course_opens(monkeypatch, tmp_path):
    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path))
    offered = [module.id for track in cards() for module in track.modules]
    assert "F11" not in offered and "F07" in offered
