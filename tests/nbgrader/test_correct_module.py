"""The path of the instructor's guide, « Corriger un module qui a des copies »: graded for real, from the wrong key to the right one."""

import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder import paths
from autograder.authoring.pipeline import build
from autograder.cli import main
from autograder.grading.config import COURSE_ID
from tests.nbgrader.batch_course import MODULE, MODULES, BatchCourse, make_course
from tests.nbgrader.batch_course import score as total

pytestmark = pytest.mark.slow


class Edited:
    """A course, the text of its module, and what an instructor types."""

    def __init__(self, course: BatchCourse, texts: Path):
        self.course, self.texts = course, texts

    def change(self, file: str, before: str, after: str) -> None:
        path = self.texts / MODULE / file
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), "utf-8")

    def build(self) -> None:
        build([MODULE], self.course.root, root=self.texts)

    def mark(self, learner: str, cell: str, points: float) -> None:
        """Give points in the formgrader."""
        with self.gradebook() as gradebook:
            grade = gradebook.find_grade(cell, MODULE, MODULE, learner)
            grade.manual_score, grade.needs_manual_grade = points, False
            if cell == "avis-answer":
                gradebook.find_comment(cell, MODULE, MODULE, learner).manual_comment = "Bien dit"
            gradebook.db.commit()

    def score(self, learner: str) -> float:
        return total(self.course, learner)

    def gradebook(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.course.root / 'gradebook.db'}", COURSE_ID)


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edited:
    """Ada answers « bleu », Bob « rouge »; the key says « rouge », by mistake. Both free answers are marked 1.5."""
    course = make_course(tmp_path)
    for listed in (paths.home() / "course").glob("*.yml"):
        shutil.copy(listed, course.root)
    monkeypatch.setenv("CAMPUS_COURSE", str(course.root))
    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path / "cache"))
    shutil.copytree(MODULES / MODULE, tmp_path / "texts" / MODULE)
    edited = Edited(course, tmp_path / "texts")
    edited.change("answers.yml", "solution: b", "solution: c")
    edited.change("answers.yml", "{id: brique, form: c, ", "{id: bleu, form: b, ")
    edited.build()
    assert main(["release", MODULE]) == 0
    for learner, colour in (("ada", "b"), ("bob", "c")):
        course.hand_in(learner, forms={"couleur": colour, "avis": f"Avis de {learner}"})
    assert main(["grade", MODULE]) == 0
    for learner in ("ada", "bob"):
        edited.mark(learner, "avis-answer", 1.5)
    assert (edited.score("ada"), edited.score("bob")) == (3.5, 5.5)
    return edited


def correct(edited: Edited) -> None:
    edited.change("answers.yml", "solution: c", "solution: b")
    edited.change("answers.yml", "{id: bleu, form: b, ", "{id: brique, form: c, ")
    edited.build()


def test_a_wrong_key_is_corrected_and_what_people_marked_stays(
    edited: Edited, capsys: pytest.CaptureFixture[str]
) -> None:
    correct(edited)
    assert main(["release", MODULE]) == 0
    assert main(["grade", MODULE]) == 0
    assert (edited.score("ada"), edited.score("bob")) == (5.5, 3.5)
    with edited.gradebook() as gradebook:
        for learner in ("ada", "bob"):
            grade = gradebook.find_grade("avis-answer", MODULE, MODULE, learner)
            comment = gradebook.find_comment("avis-answer", MODULE, MODULE, learner)
            assert (grade.manual_score, grade.needs_manual_grade) == (1.5, False)
            assert comment.manual_comment == "Bien dit"
    capsys.readouterr()
    assert main(["grade", MODULE]) == 0
    assert "2 déjà à jour" in capsys.readouterr().err, "nothing is left to do"


def test_points_that_a_person_put_in_place_of_a_check_are_kept_and_asked_again(edited: Edited) -> None:
    edited.mark("ada", "couleur-check", 2)
    assert edited.score("ada") == 5.5
    correct(edited)
    assert main(["release", MODULE]) == 0
    assert main(["grade", MODULE]) == 0
    with edited.gradebook() as gradebook:
        grade = gradebook.find_grade("couleur-check", MODULE, MODULE, "ada")
        assert (grade.auto_score, grade.manual_score, grade.needs_manual_grade) == (2, 2, True)


def test_the_points_of_a_question_change(edited: Edited) -> None:
    edited.change("notebook.md", ':points: 2\ncheck("couleur")', ':points: 3\ncheck("couleur")')
    edited.change("notebook.md", '"points": 2}', '"points": 4}')
    correct(edited)
    assert main(["release", MODULE]) == 0
    with edited.gradebook() as gradebook:
        assert gradebook.find_submission(MODULE, "ada").max_score == 9, "at once"
    assert edited.score("ada") == 3.5, "until the copy is graded again"
    assert main(["grade", MODULE]) == 0
    assert (edited.score("ada"), edited.score("bob")) == (6.5, 3.5), (
        "the mark of the free answer is as it was"
    )


def test_a_question_more_is_refused_and_what_is_published_stays(
    edited: Edited, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (edited.course.root / "release" / MODULE / f"{MODULE}.ipynb").read_bytes()
    answers = edited.texts / MODULE / "answers.yml"
    text = answers.read_text("utf-8")
    answers.write_text(text.replace("avis:\n", "autre:\n", 1), "utf-8")
    for old in ('"exercise": "avis"',):
        edited.change("notebook.md", old, '"exercise": "autre"')
    edited.change("module.yml", "avis]", "autre]")
    edited.build()
    assert main(["release", MODULE]) == 1
    assert "ses questions ont changé" in capsys.readouterr().err
    assert (edited.course.root / "release" / MODULE / f"{MODULE}.ipynb").read_bytes() == before
