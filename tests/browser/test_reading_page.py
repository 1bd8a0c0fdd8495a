"""The reading of free answers in the instructor's server: by keyboard only, for everyone, whatever learners wrote."""

import re
import subprocess
from collections.abc import Callable, Iterator

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, Page, expect

from autograder import paths
from autograder.grading.config import COURSE_ID
from autograder.lab import launch
from tests.browser.accessible import check_accessibility
from tests.browser.conftest import free_port
from tests.browser.tab import HEIGHT, WIDTH, Record
from tests.nbgrader.batch_course import ANSWERS, MODULE, BatchCourse, make_course

TOKEN = "jeton-d-essai"
HOSTILE = (
    "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
    "<h1>Fausse note : 2</h1><button data-criterion=1>Cliquez</button>\n\nTexte **important**."
)
STOPPED = "502"
"""What a proxy answers when the server behind it has stopped."""
TEXTS = ["Trop de services.", "Pas assez : la mairie, par exemple.", "Je ne sais pas.\nPeut-être.", HOSTILE]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> BatchCourse:
    """Four copies, graded: nobody has read them."""
    course = make_course(tmp_path_factory.mktemp("reading"))
    for number, text in enumerate(TEXTS):
        course.hand_in(f"apprenante-{number}", forms={**ANSWERS["forms"], "avis": text})
    assert course.grade().ok
    return course


@pytest.fixture(scope="module")
def address(graded: BatchCourse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The instructor's server, with its own configuration."""
    state = tmp_path_factory.mktemp("serveur")
    server = launch.Server("instructor", graded.root, "/lab", state, free_port(), browser=False)
    with pytest.MonkeyPatch.context() as patch, server.log.open("w") as log:
        patch.setenv("CAMPUS_COURSE", str(graded.root))
        environment = launch.environment(server, paths.home(), TOKEN)
        process = subprocess.Popen(launch.command(server), env=environment, stdout=log, stderr=log)
        try:
            launch._wait_until_ready(process, server, TOKEN)
            yield f"http://{launch.HOST}:{server.port}/campus/lecture"
        finally:
            launch.stop(process)


@pytest.fixture
def reader(browser: Browser, address: str, graded: BatchCourse) -> Iterator[Callable[[str], Page]]:
    """Opens a page as an instructor; nothing is marked before, and nothing has failed after."""
    forget(graded)
    context = browser.new_context(locale="fr-FR", viewport={"width": WIDTH, "height": HEIGHT})
    records: list[Record] = []

    def opened(path: str = "") -> Page:
        page = context.new_page()
        records.append(Record())
        records[-1].watch(page)
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}token={TOKEN}")
        return page

    yield opened
    context.close()
    errors = [error for record in records for error in record.errors if STOPPED not in error]
    assert errors == [] and [record.outside for record in records] == [[]] * len(records)


QUESTION = f"/{MODULE}/avis"


def forget(course: BatchCourse) -> None:
    for number in range(len(TEXTS)):
        mark(course, number, None, "")


def mark(course: BatchCourse, number: int, points: float | None, comment: str) -> None:
    """Mark an answer, as in the formgrader."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        place = ("avis-answer", MODULE, MODULE, f"apprenante-{number}")
        grade = gradebook.find_grade(*place)
        grade.manual_score, grade.needs_manual_grade = points, points is None
        gradebook.find_comment(*place).manual_comment = comment or None
        gradebook.db.commit()


def marks(course: BatchCourse) -> list[float | None]:
    """The marks of the four answers, in order of size."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        grades = [
            gradebook.find_grade("avis-answer", MODULE, MODULE, f"apprenante-{n}") for n in range(len(TEXTS))
        ]
        return sorted(grade.manual_score for grade in grades if not grade.needs_manual_grade)


def test_from_the_list_to_saved_marks_by_keyboard_only(
    reader: Callable[[str], Page], graded: BatchCourse
) -> None:
    page = reader("")
    press = page.keyboard.press
    check_accessibility(page)
    expect(page.get_by_text("4 réponses attendent une lecture.")).to_be_visible()
    for _ in range(20):
        press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Exercice 3 — Votre avis":
            break
    press("Enter")
    expect(page.locator("#progress")).to_have_text("Lues\u00a0: 0 sur 4")
    check_accessibility(page)
    press("Alt+ArrowDown")
    expect(page.get_by_role("heading", name="Réponse 2 sur 4")).to_be_focused()
    press("1")
    expect(page.get_by_role("button", name="1. Argument")).to_have_attribute("aria-pressed", "true")
    press("2")
    press("1")
    expect(page.get_by_label("Points, de 0 à 2")).to_have_value("1")
    expect(page.get_by_role("status")).to_have_text("Enregistré : réponse 2, 1 point.")
    press("Alt+ArrowDown")
    page.get_by_label("Points, de 0 à 2").focus()
    page.keyboard.type("1,5")
    press("Tab")
    expect(page.get_by_role("status")).to_have_text("Enregistré : réponse 3, 1,5 point.")
    page.get_by_label("Commentaire pour l’apprenant").focus()
    page.keyboard.type("Donnez un exemple.")
    press("Alt+ArrowDown")
    expect(page.get_by_role("status")).to_have_text("Enregistré : réponse 3, 1,5 point.")
    page.get_by_text("Reprendre un commentaire").focus()
    press("Enter")
    press("Tab")
    press("Enter")
    expect(page.get_by_label("Commentaire pour l’apprenant")).to_have_value("Donnez un exemple.")
    page.get_by_role("button", name="Aucun : 0").focus()
    press("Enter")
    expect(page.locator("#progress")).to_have_text("Lues\u00a0: 3 sur 4")
    expect(page.get_by_role("status")).to_have_text("Enregistré : réponse 4, 0 point.")
    assert marks(graded) == [0, 1, 1.5]
    check_accessibility(page)
    page.reload()
    expect(page.get_by_role("heading", name="Réponse 1 sur 4")).to_be_visible()
    press("Alt+ArrowDown")
    expect(page.get_by_role("button", name="2. Exemple")).to_have_attribute("aria-pressed", "true")


def test_the_last_change_is_undone(reader: Callable[[str], Page], graded: BatchCourse) -> None:
    page = reader(QUESTION)
    page.get_by_role("button", name="Tous : 2").click()
    expect(page.get_by_role("status")).to_have_text("Enregistré : réponse 1, 2 points.")
    page.get_by_role("button", name="Annuler le dernier changement").click()
    expect(page.get_by_role("status")).to_have_text("Changement annulé : réponse 1, à lire.")
    assert marks(graded) == []


def test_points_out_of_bounds_are_told_and_not_saved(
    reader: Callable[[str], Page], graded: BatchCourse
) -> None:
    page = reader(QUESTION)
    field = page.get_by_label("Points, de 0 à 2")
    field.fill("15")
    field.press("Tab")
    expect(page.locator("#wrong")).to_have_text("Pas enregistré : donnez un nombre de 0 à 2.")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert marks(graded) == []


def test_two_readers_at_once_lose_no_mark(reader: Callable[[str], Page], graded: BatchCourse) -> None:
    one, other = reader(QUESTION), reader(QUESTION)
    one.get_by_role("button", name="1. Argument").click()
    expect(one.get_by_role("status")).to_contain_text("Enregistré")
    other.get_by_role("button", name="Tous : 2").click()
    alert = other.get_by_role("alert")
    expect(alert).to_contain_text("Elle a donné 1 point. Rien n’a été remplacé.")
    check_accessibility(other)
    other.get_by_role("button", name="1. Argument").click()
    expect(other.get_by_role("status")).to_have_text(
        "Pas enregistré : choisissez d’abord entre les deux notes."
    )
    other.keyboard.press("Alt+ArrowDown")
    other.get_by_role("button", name="Tous : 2").click()
    expect(other.get_by_role("status")).to_have_text("Enregistré : réponse 2, 2 points.")
    assert marks(graded) == [1, 2]
    other.keyboard.press("Alt+ArrowUp")
    alert.get_by_role("button", name="Garder la sienne").click()
    expect(other.get_by_label("Points, de 0 à 2")).to_have_value("1")
    other.get_by_role("button", name="2. Exemple").click()
    expect(other.get_by_role("status")).to_contain_text("Enregistré : réponse 1, 2 points.")
    assert marks(graded) == [2, 2]


def test_a_server_that_stopped_is_told_and_the_mark_can_be_sent_again(
    reader: Callable[[str], Page], graded: BatchCourse
) -> None:
    page = reader(QUESTION)
    page.route("**/note", lambda route: route.fulfill(status=int(STOPPED), body="<html>"))
    page.get_by_role("button", name="1. Argument").click()
    expect(page.get_by_role("alert")).to_contain_text("Pas enregistré : le serveur ne répond pas.")
    page.unroute("**/note")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.get_by_role("status")).to_contain_text("Enregistré")
    assert marks(graded) == [1]


def test_a_hostile_text_is_inert_and_readable(reader: Callable[[str], Page]) -> None:
    page = reader(QUESTION)
    text = page.get_by_text("Fausse note : 2")
    for _ in TEXTS:
        if text.is_visible():
            break
        page.get_by_role("button", name="Suivante").click()
    expect(text).to_be_visible()
    expect(page.get_by_role("heading", name="Fausse note")).to_have_count(0)
    expect(page.get_by_role("button", name="Cliquez")).to_have_count(0)
    assert page.evaluate("window.hacked") is None


def test_the_second_reading_is_blind_and_compared(reader: Callable[[str], Page], graded: BatchCourse) -> None:
    for number, points in enumerate([2, 1, 0, 2]):
        mark(graded, number, points, "À ne pas voir.")
    page = reader(f"{QUESTION}/seconde")
    check_accessibility(page)
    page.get_by_label("Votre nom ou vos initiales").fill("A. B.")
    page.get_by_role("button", name="Commencer").click()
    expect(page.locator("#progress")).to_have_text("Lues\u00a0: 0 sur 4")
    assert "À ne pas voir." not in page.content()
    check_accessibility(page)
    for number in range(len(TEXTS)):
        page.get_by_role("button", name="1. Argument").click()
        expect(page.get_by_role("status")).to_contain_text(f"réponse {number + 1}, 1 point")
        page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("status")).to_contain_text("Toutes les réponses sont lues.")
    assert marks(graded) == [0, 1, 2, 2]
    page = reader(f"{QUESTION}/accord")
    expect(page.get_by_role("row", name=re.compile("A. B.")).first).to_contain_text("25 %")
    expect(page.get_by_role("heading", name="Désaccords avec A. B.")).to_be_visible()
    check_accessibility(page)


@pytest.mark.parametrize("path", ["", QUESTION, f"{QUESTION}/accord"])
def test_a_page_fits_a_narrow_screen_and_text_twice_as_large(
    reader: Callable[[str], Page], graded: BatchCourse, path: str
) -> None:
    page = reader(path)
    for width, size in [(320, "100%"), (640, "200%")]:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("size => document.documentElement.style.fontSize = size", size)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (width, size)


def test_nobody_reads_or_marks_without_the_token(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        assert context.request.get(f"{address}{QUESTION}", max_redirects=0).status in (302, 403)
        assert context.request.post(f"{address}/note", data={}).status in (302, 403)


def test_no_script_but_ours_may_run(reader: Callable[[str], Page], address: str) -> None:
    headers = reader("").request.get(f"{address}{QUESTION}").headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


def test_a_forged_request_is_refused(reader: Callable[[str], Page], address: str) -> None:
    page = reader(QUESTION)
    assert page.request.post(f"{address}/note", data={"answer": "", "text": "", "reader": ""}).status == 403
