"""The check cell in a learner's notebook and in grading: stages, ways to answer, broken files."""

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from autograder.authoring.pipeline import build
from autograder.checks.answers import MAX_BYTES, AnswersFile, AnswersNotSaved
from autograder.checks.check import check, judge_form
from autograder.checks.exercises import ExercisesError
from autograder.contract.names import PRIVATE_VARIABLE

TRUTH = 34969


@pytest.fixture
def place(modules, monkeypatch):
    """The folder of a learner's notebook of X01-essai, as the working folder."""
    (built,) = build(["X01"], modules.parent / "course", root=modules)
    monkeypatch.chdir(built.source)
    monkeypatch.delenv(PRIVATE_VARIABLE, raising=False)
    return built


def in_notebook(code=""):
    """Run code, then the check cell, as a notebook would."""
    namespace = {"check": check}
    exec(f"{code}\nverdict = check('compter')", namespace)
    return namespace["verdict"]


def save(place, exercise, value):
    AnswersFile(place.source).set(exercise, value, module="X01-essai", version=1)


def _save_half(folder, first):
    for number in range(first, 40, 2):
        AnswersFile(folder).set(f"e{number}", number, module="X01-essai", version=1)


def test_stages_name_then_type_then_mistake_then_right(place):
    assert in_notebook().state == "unanswered"
    assert "`nombre` n’existe pas" in in_notebook().messages[0]
    assert in_notebook("nombre = None").state == "unanswered"
    assert "sans guillemets" in in_notebook("nombre = '34969'").messages[0]
    assert in_notebook("nombre = 37590").outcomes == ["toutes"]
    assert "tentation naturelle" in in_notebook("nombre = 37590").messages[0]
    assert in_notebook("nombre = 12").messages == ["Regardez quel type vous avez compté."]
    assert in_notebook(f"nombre = {TRUTH}").state == "right"


def test_points_are_the_plain_text_and_the_message_is_the_html(place):
    verdict = in_notebook(f"nombre = {TRUTH}")
    assert float(repr(verdict)) == 2
    assert 'role="status"' in verdict._repr_html_()
    assert "Juste" in verdict._repr_html_()
    assert float(repr(in_notebook("nombre = 1"))) == 0


@pytest.mark.parametrize(
    "value", ["pandas.Series([1, 2])", "pandas.DataFrame({'a': [1]})", "numpy.arange(3)"]
)
def test_a_whole_table_in_place_of_a_number_is_explained(place, value):
    verdict = in_notebook(f"import numpy, pandas\nnombre = {value}")
    assert (verdict.state, verdict.points) == ("problem", 0)
    assert "on attend un" in verdict.messages[0]


def test_form_and_code_are_worth_the_same_and_the_better_counts(place):
    save(place, "compter", TRUTH)
    assert (in_notebook().points, in_notebook().way) == (2, "form")
    assert (in_notebook("nombre = 1").points, in_notebook("nombre = 1").way) == (2, "form")
    save(place, "compter", 1)
    assert (in_notebook(f"nombre = {TRUTH}").points, in_notebook(f"nombre = {TRUTH}").way) == (2, "code")


def test_a_wrong_code_is_told_under_a_right_form(place):
    save(place, "compter", TRUTH)
    told = in_notebook("nombre = 37590").messages[0]
    assert told.startswith("**Votre code n’est pas encore juste.**")
    assert "tentation naturelle" in told
    assert "Votre code" not in str(in_notebook(f"nombre = {TRUTH}").messages)


def test_a_slip_common_to_all_numbers_is_recognised_without_the_author(place):
    assert in_notebook(f"nombre = -{TRUTH}").outcomes == ["slip-sign"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"answers": 3}', "\udcff", "[" * 100_000])
def test_a_corrupt_answers_file_is_reported_and_kept(place, content):
    path = place.source / "reponses.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert "abîmé" in in_notebook().messages[0]
    save(place, "compter", TRUTH)
    assert in_notebook().points == 2
    assert [p.read_bytes() for p in place.source.glob("reponses-abimees-*")] == [
        content.encode("utf-8", "surrogateescape")
    ]


def test_the_answers_of_another_module_are_not_counted_and_are_kept(place):
    AnswersFile(place.source).set("compter", TRUTH, module="F01-prendre-en-main", version=1)
    other = (place.source / "reponses.json").read_bytes()
    assert in_notebook().points == 0
    assert "vient d’un autre module" in in_notebook().messages[0]
    AnswersFile(place.source, "X01-essai").set("compter", TRUTH, module="X01-essai", version=1)
    assert in_notebook().points == 2
    assert [kept.read_bytes() for kept in place.source.glob("reponses-abimees-*")] == [other]


def test_a_disk_that_refuses_says_so_and_leaves_the_old_answers(place, monkeypatch):
    save(place, "compter", 1)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(AnswersNotSaved, match="Le disque est peut-être plein"):
        save(place, "compter", 2)
    assert AnswersFile(place.source).get("compter") == 1
    assert list(place.source.glob(".reponses-*")) == []


def test_an_answer_too_long_to_be_read_again_is_refused_and_costs_no_other(place):
    save(place, "compter", 1)
    with pytest.raises(AnswersNotSaved, match="trop longue"):
        save(place, "nommer", "é" * MAX_BYTES)
    assert AnswersFile(place.source).get("compter") == 1


def test_an_answers_file_that_cannot_be_opened_is_not_put_aside(place, monkeypatch):
    save(place, "compter", TRUTH)

    def locked(*_, **__):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as busy:
        busy.setattr("pathlib.Path.open", locked)
        answers = AnswersFile(place.source)
        assert answers.get("compter") is None
        assert "n’a pas pu être ouvert" in answers.problem
        with pytest.raises(AnswersNotSaved):
            save(place, "nommer", "b")
    assert AnswersFile(place.source).get("compter") == TRUTH


def test_two_kernels_that_save_at_once_lose_nothing(place):
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        list(pool.map(_save_half, [place.source] * 2, [0, 1]))
    assert [AnswersFile(place.source).get(f"e{number}") for number in range(40)] == list(range(40))


def test_a_notebook_without_its_exercises_says_what_to_do(place):
    (place.source / ".exercises.json").unlink()
    verdict = in_notebook()
    assert "remettez-le dans son dossier" in verdict.messages[0]
    assert "Vérification impossible" in verdict._repr_html_() and "illisible" not in verdict._repr_html_()


def test_an_unknown_exercise_lists_those_that_exist(place):
    with pytest.raises(ExercisesError, match="nommer, compter"):
        judge_form("conter", place.source)


def test_a_hostile_value_gets_no_points_and_no_traceback(place):
    code = """
class Always:
    __class__ = property(lambda self: float)
    def __eq__(self, other): return True
    def __float__(self): raise SystemError('boum')
    def __hash__(self): return 0
nombre = Always()
"""
    assert in_notebook(code).points == 0


class TestGrading:
    """With the clear tables, as in the grading kernel."""

    @pytest.fixture(autouse=True)
    def grading(self, place, monkeypatch):
        monkeypatch.setenv(PRIVATE_VARIABLE, str(place.private.parent))

    def test_the_same_verdicts_as_in_the_learners_kernel(self, place):
        assert in_notebook(f"nombre = {TRUTH}").points == 2
        assert in_notebook("nombre = 37590").outcomes == ["toutes"]

    def test_a_missing_table_fails_closed(self, place):
        place.private.unlink()
        with pytest.raises(ExercisesError, match="campus build"):
            in_notebook(f"nombre = {TRUTH}")

    def test_a_table_of_another_version_fails_closed(self, place):
        data = json.loads(place.private.read_text())
        place.private.write_text(json.dumps({**data, "version": 2}))
        with pytest.raises(ExercisesError, match="de la version 1"):
            in_notebook(f"nombre = {TRUTH}")
