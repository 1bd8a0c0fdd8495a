"""A child driven step by step, and runs forked from shared cells."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.sandbox import CallFailed, Limits, SandboxFailed, Spec, Template, Zygote
from autograder.sandbox.channel import Channel
from autograder.sandbox.session import Session
from tests.running import run_cells
from tests.unit import sandbox_helpers

HELPERS = sandbox_helpers.__name__
THREAD = "import threading, time; threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"


@pytest.fixture(scope="module")
def zygote():
    with Zygote(preload=[HELPERS]) as zygote:
        yield zygote


@pytest.fixture
def session(zygote):
    with zygote.session(Spec(limits=Limits(cell_seconds=5))) as session:
        yield session


def test_values_are_read_by_a_function_of_ours(session):
    session.execute("population = 459; nom = 'Ys'")
    assert session.call(f"{HELPERS}:as_json", "population") == 459
    assert session.call(f"{HELPERS}:as_bytes", "nom") == b"Ys"


def test_what_a_call_prints_is_not_shown(session):
    session.execute("def bavard(): print('x' * 100); return 1")
    assert session.call(f"{HELPERS}:call", "bavard") == 1
    assert session.execute("2").outputs[0]["data"]["text/plain"] == "2"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def f(): raise ValueError('non')", "ValueError : non"),
        ("def f(): return object()", "TypeError"),
        ("def f():\n    while True: pass", "trop long"),
        ("def f(): return 'x' * 10_000_000", "trop gros"),
        ("import os\ndef f(): os._exit(0)", "arrêt brutal"),
        ("def f():\n    x = []\n    for _ in range(100_000): x = [x]\n    return x", "RecursionError"),
    ],
)
def test_a_call_that_fails_says_why(session, source, message):
    assert session.execute(source).status == "ok"
    with pytest.raises(CallFailed, match=message):
        session.call(f"{HELPERS}:call", "f", seconds=1, max_bytes=1000)


def test_after_a_slow_call_the_session_goes_on(session):
    session.execute("import time\ndef lent(): time.sleep(60)")
    with pytest.raises(CallFailed, match="trop long"):
        session.call(f"{HELPERS}:call", "lent", seconds=0.5)
    assert session.execute("1 + 1").outputs[0]["data"]["text/plain"] == "2"


def test_trusted_code_in_a_child_may_ask_the_trusted_side(session):
    session.execute(f"from {HELPERS} import ask_double")
    result = session.execute(
        "ask_double(21)", on_request=lambda body, blob: ({"value": body["number"] * 2}, b"")
    )
    assert result.outputs[0]["data"]["text/plain"] == "42"


def test_a_question_nobody_expects_ends_the_child(session):
    session.execute(f"from {HELPERS} import ask_double")
    assert session.execute("ask_double(21)").flags[0].kind == "protocol"


@pytest.mark.parametrize(
    "body",
    [
        "{'outputs': 1, 'status': 'ok', 'flags': []}",
        "{'outputs': [{'output_type': 'script'}], 'status': 'ok', 'flags': []}",
        "{'outputs': [], 'status': 'parfait', 'flags': []}",
        "{'outputs': [], 'status': 'ok', 'flags': ['inconnu']}",
        "{'outputs': [{'output_type': 'stream', 'name': 'stdout', 'text': {}}], 'status': 'ok', 'flags': []}",
    ],
)
def test_a_forged_answer_is_not_kept(session, body):
    forge = f"from autograder.sandbox import requests\nrequests._channel.send({body})"
    result = session.execute(forge)
    assert [flag.kind for flag in result.flags] == ["protocol"]


def test_a_frame_that_is_too_big_or_no_frame_ends_the_child(session):
    session.execute("from autograder.sandbox import requests")
    result = session.execute("requests._channel.sock.sendall(b'\\xff' * 100)")
    assert (result.status, result.flags[0].kind) == ("dead", "protocol")


def test_a_process_started_by_a_cell_cannot_speak_to_the_trusted_side(session):
    source = (
        "import os\nfrom autograder.sandbox import requests\nif os.fork() == 0:\n"
        "    try:\n        requests._channel.send({})\n    finally:\n        os._exit(7)\nos.wait()[1] >> 8"
    )
    assert session.execute(source).outputs[-1]["data"]["text/plain"] == "7"
    assert session.execute("'encore là'").status == "ok"


def test_runs_start_from_the_shared_cells(zygote, tmp_path):
    (tmp_path / "donnees.csv").write_text("a\n1\n2\n")
    shared = ["import pandas as pd\ntable = pd.read_csv('donnees.csv')", "print('exemple')\ntable['a'].sum()"]
    with Template(zygote, shared, Spec(files=tmp_path)) as template:
        assert template.results[1].outputs[0]["text"] == "exemple\n"
        for value in (10, 20):
            first, second = run_cells(
                template, [f"table['a'] *= {value}; table['a'].sum()", "import os; os.listdir()"]
            )
            assert first.outputs[0]["data"]["text/plain"] == f"np.int64({3 * value})"
            assert first.execution_count == 3
            assert second.outputs[0]["data"]["text/plain"] == "['donnees.csv']"


def test_a_run_from_shared_cells_is_confined_like_any_other(zygote, tmp_path):
    (tmp_path / "secret").write_text("secret")
    with Template(zygote, ["import os"], Spec()) as template:
        read, kill = run_cells(
            template, [f"open({str(tmp_path / 'secret')!r})", "os.kill(os.getppid() or 2, 9)"]
        )
    assert read.outputs[0]["ename"] in ("FileNotFoundError", "PermissionError")
    assert kill.outputs[0]["ename"] in ("ProcessLookupError", "PermissionError")


def test_shared_cells_that_fail_or_leave_threads_are_refused(zygote):
    with pytest.raises(SandboxFailed, match="division by zero"):
        Template(zygote, ["1 / 0"], Spec())
    with pytest.raises(SandboxFailed, match="fils d’exécution"):
        Template(
            zygote,
            ["import threading, time; threading.Thread(target=time.sleep, args=(9,)).start()"],
            Spec(),
        )


@pytest.mark.parametrize(
    ("source", "message"),
    [("import absent_module", "absent_module"), (THREAD, "a lancé des fils d’exécution")],
)
def test_a_warm_process_that_could_not_fork_safely_does_not_serve(tmp_path, monkeypatch, source, message):
    (tmp_path / "prechargement.py").write_text(source)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(SandboxFailed, match=message):
        Zygote(preload=["prechargement"])


def test_nothing_survives_the_trusted_side():
    """Killed without notice, it leaves neither the warm process nor the runs."""
    source = (
        "from autograder.sandbox import Zygote\n"
        "session = Zygote().session()\n"
        "session.execute(\"import subprocess; subprocess.Popen(['sleep', '62.5'])\")\n"
        "print('prêt', flush=True)\nsession.execute('import time; time.sleep(60)')"
    )
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE) as trusted:
        assert trusted.stdout.readline()
        trusted.kill()
    deadline = time.monotonic() + 10
    while any(b"62.5" in _command(path) for path in Path("/proc").glob("[0-9]*")):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _command(process):
    try:
        return (process / "cmdline").read_bytes()
    except OSError:  # it has just ended
        return b""


def test_what_an_interruption_kills_went_past_its_time(zygote):
    source = "import os, signal\nsignal.signal(signal.SIGINT, lambda *_: os._exit(1))\nwhile True: pass"
    with zygote.session(Spec(limits=Limits(cell_seconds=0.3))) as session:
        result = session.execute(source)
    assert (result.status, [flag.kind for flag in result.flags]) == ("dead", ["time"])


def test_a_child_is_dead_even_when_the_kill_comes_too_late():
    channel, child = map(Channel, socket.socketpair())
    lease, warm_process = map(Channel, socket.socketpair())
    child.send({"ready": "/"})
    session = Session(channel, lease, Limits())
    session.wait_ready(1)
    warm_process.send({"exit": 3})
    for gone in (warm_process, child):
        gone.close()
    assert session.execute("1").status == "dead"
