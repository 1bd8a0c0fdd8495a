"""The home page: where the learner stands, in words and in order."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from autograder import paths
from autograder.contract.names import GRADING_VARIABLES
from autograder.lab import card, publication, takeaways
from autograder.lab import course as course_view
from autograder.lab import page as home_page
from autograder.lab.actions import ActionError
from autograder.lab.buttons import ACTIONS, Request
from autograder.lab.card import facts
from autograder.lab.home import AUDIENCES, Home, home, offer
from autograder.progress import journal
from autograder.progress.journal import Event
from tests.conftest import ROOT
from tests.forty_two import write_course


def render(one: Home) -> str:
    """The home page, its spaces all alike."""
    return home_page.render(one).replace("\u00a0", " ")


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's new space."""
    for name in ("CAMPUS_WORK", *GRADING_VARIABLES):
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
    module = next(m for m in offer().modules if m.id == module_id)
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


def follow(space: Path, track: str) -> None:
    ACTIONS["suivre"](Request(space, "", "", track))


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
    assert "En cours : 1 exercice vérifié sur 6" in page
    assert "<progress max=" in page and "1 exercice réussi sur" in page
    assert "<span>Traiter des données</span>" in page and "Pix 1.3" not in page


def test_where_the_learner_stands_is_cut_before_no_mark_and_inside_no_hour(space: Path) -> None:
    solve(space, "K01", "compter")
    standing = re.findall(r"<dt>Où vous en êtes</dt><dd>(.*?)</dd>", home_page.render(home(space)))
    assert any("encore" in one for one in standing)
    assert not [one for one in standing if re.search(r" [;:?!»]|« |\d h|h \d", one)]


def test_a_module_done_without_its_optional_exercises_is_not_said_to_lack_them(space: Path) -> None:
    module = next(one for one in offer().modules if one.id == "F01")
    needed = [key for key in facts(module).exercises if key not in facts(module).optional]
    solve(space, "F01", *needed)
    page = render(home(space))
    assert f"Terminé : {len(needed)} exercices vérifiés, " in page
    assert f"{len(facts(module).optional)} exercices facultatifs de plus, si vous voulez" in page
    solve(space, "F01")
    assert "Terminé : 6 exercices vérifiés sur 6, " in render(home(space))


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


BROKEN = {
    "not YAML": ("programme.yml", "tracks: [", "programme.yml, ligne"),
    "not a programme": ("programme.yml", "tracks: 3", "programme.yml, ligne"),
    "not UTF-8": ("programme.yml", b"tracks:\xff", "pas en UTF-8"),
    "missing": ("programme.yml", None, "programme.yml y manque"),
    "no competences": ("competences.yml", "pix: [", "competences.yml, ligne"),
}


def spoil(name: str, content: str | bytes | None) -> None:
    """Put other content in a file of the course; None takes it away."""
    file = paths.course() / name
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("broken", BROKEN)
def test_a_file_of_the_course_that_cannot_be_read_is_told_and_closes_no_module(
    space: Path, broken: str
) -> None:
    solve(space, "F01")
    before = [one.id for one in offer().modules]
    name, content, message = BROKEN[broken]
    spoil(name, content)
    page = render(home(space))
    assert page.count('role="alert"') == 1 and message in page
    assert [one.id for one in offer().modules] == before
    assert page.count("data-path=") >= len(before) and "1 module terminé sur" in page
    (paths.course() / name).write_bytes((ROOT / "course" / name).read_bytes())
    assert 'role="alert"' not in render(home(space)), "mended, it is read again"


def test_an_offer_without_any_module_congratulates_nobody(space: Path) -> None:
    card.write(publication.path(), card.Publication((), {}))
    page = render(home(space))
    assert "Aucun module n’est encore proposé." in page and "Bravo" not in page


def test_the_track_of_what_is_next_is_open_and_the_others_folded(space: Path) -> None:
    page = render(home(space))
    assert 'aria-expanded="true" aria-controls="campus-fondamentaux-content"' in page
    assert 'aria-expanded="false" aria-controls="campus-decideurs-content"' in page


def test_the_track_that_is_followed_leads_the_way(space: Path) -> None:
    follow(space, "decideurs")
    assert "D01, du parcours que vous suivez, demande de l’avoir terminé." in render(home(space))
    solve(space, "F01")
    page = render(home(space))
    assert "Commencer : D01" in page
    assert (
        "C’est la suite du parcours que vous suivez, « La vision stratégique des décideurs publics »." in page
    )
    follow(space, "")
    assert "Commencer : F02" in render(home(space))


def test_a_track_that_does_not_exist_is_not_followed(space: Path) -> None:
    with pytest.raises(ActionError, match="n’existe plus"):
        follow(space, "<script>")
    assert home(space).followed == ""


def test_what_is_told_of_a_module_can_be_searched_and_filtered(space: Path) -> None:
    page = render(home(space))
    (own,) = re.findall(r'<li [^>]*data-audience="D N0".*?</li>', page)
    assert 'data-minutes="55"' in own and 'data-code="without"' in own and "pix:1.3" in own
    assert all(objective in own for objective in ("Ce que vous saurez faire", "<ul><li>"))


def test_a_card_is_the_learner_s_once_the_end_is_reached_or_the_module_done(space: Path) -> None:
    assert "Vous n’avez pas encore de fiche" in takeaways.render(home(space))
    solve(space, "F01")
    for _ in range(2):
        course_view.reach(space, "F02-lire-un-tableau", 3)
    page = takeaways.render(home(space))
    assert page.count("<article") == 2
    assert "Six gestes pour tout le cours" in page and "Sept réflexes devant un fichier public" in page
    assert f"{len(publication.authored()) - 2}\u00a0fiches à venir" in page
    assert [event.event for event in journal.read(space)].count("takeaway") == 1


def test_a_card_is_kept_when_its_module_changes(space: Path) -> None:
    course_view.reach(space, "F02-lire-un-tableau", 1)
    assert home(space).reached == {"F02-lire-un-tableau"}


def test_forty_two_modules_are_on_one_page(
    space: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_course(tmp_path / "large")
    monkeypatch.setenv("CAMPUS_COURSE", str(tmp_path / "large"))
    page = render(home(space))
    assert page.count("<li class=") == 42 and page.count('aria-expanded="true"') == 1
    assert "0 module terminé sur 42" in page


def test_headings_go_down_one_level_at_a_time_and_every_audience_is_in_words(space: Path) -> None:
    page = render(home(space))
    headings = Headings()
    headings.feed(page)
    assert headings.levels[0] == 1 and headings.levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(headings.levels))
    assert AUDIENCES["N0"] in page


def test_a_module_whose_texts_were_never_fetched_is_left_out_and_the_course_opens(monkeypatch, tmp_path):
    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path))
    offered = [module.id for module in offer().modules]
    assert "F11" not in offered and "F07" in offered
