"""The answers file of an open module is deleted, spoilt, or refused by the disk: what its forms show is written again."""

import json
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from autograder.checks.outcomes import Outcome, SealedTable
from autograder.forms import exercise, panel
from autograder.forms.panel import Panel

MODULE = "T01-demo"
OPTIONS = {"a": "une commune", "b": "un EPCI"}
EXERCISES = ["un", "deux", "trois", "quatre", "cinq"]


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The answers file of a notebook with five questions: the first three are answered."""
    monkeypatch.chdir(tmp_path)
    for variable in ("CAMPUS_PRIVATE", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(variable, raising=False)
    module = {"module": MODULE, "version": 1, "exercises": dict.fromkeys(EXERCISES, question())}
    (tmp_path / ".exercises.json").write_text(json.dumps(module), encoding="utf-8")
    for key in EXERCISES[:3]:
        answers(key, "a")
    return tmp_path / "reponses.json"


def question() -> dict[str, Any]:
    sealed = SealedTable.seal({("", "a"): Outcome("right", 1.0, "Oui.")}, "sel", 1)
    spec = {"kind": "choice", "options": list(OPTIONS)}
    return {
        "title": "L’unité",
        "points": 1,
        "form": {"widget": "choice", "label": "Une ligne décrit…", "options": OPTIONS},
        "hints": [],
        "answer": spec,
        "otherwise": "Regardez une ligne.",
        "questions": {"form": {"spec": spec, "sealed": sealed.to_json()}},
    }


def says(key: str, action: str, value: object = None) -> dict[str, Any]:
    """Send a message to the form of an exercise, and return its reply."""
    form, replies = shown(key), []
    form.send = replies.append  # type: ignore[method-assign, assignment]
    form._handle_custom_msg({"request": "r", "action": action, "value": value}, [])
    reply: dict[str, Any] = replies[-1]
    return reply


def answers(key: str, value: object) -> dict[str, Any]:
    return says(key, "save", value)


def shown(key: str) -> Panel:
    """The form of an exercise: that of an open notebook, or a new one."""
    known = panel._panels.get((Path.cwd(), key)) or exercise(key)
    assert isinstance(known, Panel)
    return known


def saved(file: Path) -> dict[str, object]:
    stored = json.loads(file.read_text(encoding="utf-8"))
    return {key: entry["value"] for key, entry in stored["answers"].items()}


def kept_aside(file: Path) -> list[Path]:
    return list(file.parent.glob("reponses-abimees-*.json"))


@contextmanager
def full_disk() -> Iterator[None]:
    """Have the system refuse every byte that this process writes in a file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def spoil(file: Path) -> None:
    file.write_bytes(b'{"answers": {"un"')


def put_another_modules(file: Path) -> None:
    file.write_text(json.dumps({"module": "F01-autre", "answers": {"un": {"value": "b"}}}))


LOST: list[tuple[Callable[[Path], None], str]] = [
    (Path.unlink, "disparu"),
    (spoil, "abîmé"),
    (put_another_modules, "d’un autre module"),
]


@pytest.mark.parametrize(("lose", "word"), LOST)
def test_the_next_answer_writes_all_the_others_again_and_tells_it(
    file: Path, lose: Callable[[Path], None], word: str
) -> None:
    lose(file)
    lost = file.read_bytes() if file.exists() else None
    assert "error" not in answers("quatre", "b")
    assert saved(file) == {"un": "a", "deux": "a", "trois": "a", "quatre": "b"}
    assert word in shown("quatre").notice
    assert [one.read_bytes() for one in kept_aside(file)] == ([lost] if lost else [])
    assert all(one.name in shown("quatre").notice for one in kept_aside(file))
    answers("quatre", "a")
    assert shown("quatre").notice == "", "told once"


@pytest.mark.parametrize(("lose", "word"), LOST)
def test_a_page_loaded_again_still_shows_the_answers_and_tells_what_is_wrong(
    file: Path, lose: Callable[[Path], None], word: str
) -> None:
    lose(file)
    says("un", "hello")
    assert shown("un").value == "a"
    assert word in shown("un").notice and "à votre prochaine réponse" in shown("un").notice
    assert kept_aside(file) == [], "looking changes nothing"
    says("deux", "check", "a")
    assert saved(file) == dict.fromkeys(EXERCISES[:3], "a")
    assert "Oui." in shown("deux").verdict


def test_an_answer_whose_form_is_not_open_is_written_again_too(file: Path) -> None:
    panel._panels.clear()  # Python was started again, and only one cell was run
    panel._files.clear()
    says("un", "hello")
    file.unlink()
    answers("un", "b")
    assert saved(file) == {"un": "b", "deux": "a", "trois": "a"}


def test_an_answer_that_was_erased_does_not_come_back(file: Path) -> None:
    answers("deux", None)
    file.unlink()
    answers("quatre", "a")
    assert list(saved(file)) == ["un", "trois", "quatre"]


def test_a_file_that_can_be_read_is_the_truth(file: Path) -> None:
    """As one that an instructor has sent back, or that another window has written."""
    stored = json.loads(file.read_text(encoding="utf-8"))
    del stored["answers"]["un"]
    file.write_text(json.dumps(stored), encoding="utf-8")
    answers("quatre", "a")
    assert list(saved(file)) == ["deux", "trois", "quatre"]
    says("un", "hello")
    assert (shown("un").value, shown("un").notice) == (None, "")


def test_another_python_knows_nothing_of_a_file_that_is_gone(file: Path) -> None:
    file.unlink()
    panel._panels.clear()
    panel._files.clear()
    says("un", "hello")
    assert (shown("un").value, shown("un").notice) == (None, "")


@pytest.mark.parametrize(("lose", "word"), [*LOST, (lambda file: None, "")])
def test_a_full_disk_loses_nothing(file: Path, lose: Callable[[Path], None], word: str) -> None:
    lose(file)
    before = file.read_bytes() if file.exists() else None
    with full_disk():
        refused = answers("quatre", "b")["error"]
        says("quatre", "hello")
        shown_then = shown("quatre").value, shown("quatre").notice
    assert "Le disque est peut-être plein" in refused and "avec votre prochaine réponse" in refused
    assert shown_then[0] == "b" and "pas encore enregistrée" in shown_then[1]
    assert (file.read_bytes() if file.exists() else None) == before, "left as it was"
    assert {one.name for one in file.parent.iterdir()} <= {file.name, ".exercises.json"}
    answers("cinq", "a")
    assert saved(file) == {"un": "a", "deux": "a", "trois": "a", "quatre": "b", "cinq": "a"}
    says("quatre", "hello")
    assert shown("quatre").notice == ""


def test_a_file_that_cannot_be_opened_keeps_its_place(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()
    with monkeypatch.context() as busy:

        def locked(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        busy.setattr(Path, "open", locked)
        says("un", "hello")
        assert shown("un").value == "a" and "n’a pas pu être ouvert" in shown("un").notice
        assert "n’a pas pu être enregistrée" in answers("quatre", "b")["error"]
    assert file.read_bytes() == before
    answers("cinq", "a")
    assert list(saved(file)) == EXERCISES


def test_half_a_character_in_the_file_keeps_no_other_answer_from_being_saved(file: Path) -> None:
    stored = json.loads(file.read_text(encoding="utf-8"))
    stored["answers"]["trois"]["value"] = "\ud83d"
    file.write_text(json.dumps(stored), encoding="utf-8")
    assert "error" not in answers("quatre", "a")
    assert saved(file)["trois"] == "\ud83d"
