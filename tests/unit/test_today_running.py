"""One action at a time in a course: it outlives who started it, can be stopped, and says how it ended."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import paths
from autograder.grading import last_done
from autograder.today import running
from autograder.today.errors import Refused
from autograder.today.running import Run

MODULE = "F02-lire-un-tableau"
POLITE = """
import sys, time
print("Je commence.", file=sys.stderr)
try:
    time.sleep(60)
except KeyboardInterrupt:
    print("Interrompu.", file=sys.stderr)
    sys.exit(130)
"""
DEAF = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print('Sourd.', flush=True); time.sleep(60)"


def start(course: Path, code: str, gesture: str = "grade", *more: str) -> None:
    running.start(course, gesture, MODULE, [sys.executable, "-c", code, *more])


def wait_for(course: Path, is_so: Callable[[Run], bool]) -> Run:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        run = running.last(course)
        if run and is_so(run):
            return run
        time.sleep(0.02)
    pytest.fail(f"{running.last(course)}")


def ended(course: Path) -> Run:
    return wait_for(course, lambda run: not run.alive)


def test_what_a_command_says_and_how_it_ends_are_kept(course: Path) -> None:
    start(
        course, "import sys; print('Deux copies.'); print('\\x1b[2JAttention.', file=sys.stderr); sys.exit(1)"
    )
    assert ended(course).code == 1
    assert running.said(course).splitlines() == ["Deux copies.", "\\x1b[2JAttention."]


def test_a_second_action_is_refused_and_the_first_goes_on(course: Path) -> None:
    start(course, POLITE)
    with pytest.raises(Refused, match="Une autre action est en cours"):
        start(course, "print()", "feedback")
    assert wait_for(course, lambda run: run.pid > 0).gesture == "grade"
    stop(course)


def stop(course: Path) -> Run:
    wait_for(course, lambda run: run.pid > 0 and bool(running.said(course)))
    running.stop(course)
    return ended(course)


def test_stopping_interrupts_the_command_which_says_so(course: Path) -> None:
    start(course, POLITE)
    run = stop(course)
    assert (run.code, run.stopped) == (130, True)
    assert running.said(course).splitlines() == ["Je commence.", "Interrompu."]
    start(course, "print('Encore.')")
    assert (ended(course).code, ended(course).stopped) == (0, False)


def test_a_command_that_does_not_listen_is_ended_the_second_time(course: Path) -> None:
    start(course, DEAF)
    wait_for(course, lambda run: running.said(course) == "Sourd.")
    running.stop(course)
    assert wait_for(course, lambda run: run.stopped).alive
    running.stop(course)
    assert ended(course).code is None


def test_nothing_is_stopped_when_nothing_runs(course: Path) -> None:
    start(course, "print()")
    ended(course)
    with pytest.raises(Refused, match="Aucune action"):
        running.stop(course)


def test_an_action_outlives_the_server_that_started_it(course: Path) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(1); print('Fini.')"]
    server = f"from pathlib import Path; from autograder.today import running; running.start(Path({str(course)!r}), 'grade', {MODULE!r}, {command!r})"
    subprocess.run([sys.executable, "-c", server], check=True, cwd=paths.home())
    assert running.last(course).alive  # type: ignore[union-attr]
    assert (ended(course).code, running.said(course)) == (0, "Fini.")


def test_a_machine_that_goes_down_leaves_an_unfinished_action_that_can_be_done_again(course: Path) -> None:
    start(course, POLITE)
    run = wait_for(course, lambda run: run.pid > 0 and bool(running.said(course)))
    os.killpg(run.pid, 9)
    assert ended(course).code is None
    start(course, "print('Encore.')")
    assert ended(course).code == 0


def test_the_report_is_remembered_only_when_it_is_made(course: Path) -> None:
    start(course, "import sys; sys.exit(1)", "report")
    ended(course)
    assert last_done.last(course, "report", MODULE) == 0
    start(course, "print()", "report")
    started = ended(course).started
    assert last_done.last(course, "report", MODULE) == pytest.approx(started, abs=0.001, rel=0)


def test_what_cannot_be_remembered_stops_nothing(course: Path) -> None:
    (course / last_done.FOLDER).write_text("")
    last_done.note(course, "grade", MODULE, 1.0)
    assert last_done.last(course, "grade", MODULE) == 0


def test_copies_to_decide_on_come_from_the_answer_in_json(course: Path) -> None:
    start(course, 'print(\'{"held": [{"learner": "ada"}]}\')', "collect", "--json")
    ended(course)
    assert (running.held(course), running.said(course)) == (["ada"], "")


def test_what_it_writes_is_closed_to_other_accounts(course: Path) -> None:
    start(course, "print('Ada.')")
    ended(course)
    folder = course / last_done.FOLDER
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_command_does_not_know_the_servers_token(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_TOKEN", "secret")
    start(course, "import os; print(os.environ.get('JUPYTER_TOKEN', 'rien'))")
    ended(course)
    assert running.said(course) == "rien"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return tmp_path
