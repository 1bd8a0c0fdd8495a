"""What a hostile submission meets: each test looks for the reason of the refusal, and that the rest goes on.

Bombs are bounded by small limits, so that they cannot hurt the machine even if the sandbox failed.
"""

import contextlib
import os
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.sandbox import Limits, SandboxFailed, Spec, Zygote
from tests.running import run_cells

SMALL = Limits(
    cell_seconds=5,
    notebook_seconds=30,
    memory_bytes=256 << 20,
    processes=16,
    file_bytes=1 << 20,
    disk_bytes=3 << 20,
    output_bytes=10_000,
)


@pytest.fixture(scope="module")
def zygote():
    with Zygote() as zygote:
        yield zygote


def run(zygote, source, **spec):
    """One hostile cell, then an honest one in the same run: return the first's result, check the second."""
    hostile, honest = run_cells(zygote, [source, "21 * 2"], Spec(limits=SMALL, **spec))
    assert honest.status == "not_run" or honest.outputs[0]["data"]["text/plain"] == "42"
    return hostile


def error(result):
    return next(output["ename"] for output in result.outputs if output["output_type"] == "error")


def kinds(result):
    return [flag.kind for flag in result.flags]


def alive(name):
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it may just have ended
            if name.encode() in path.read_bytes():
                return True
    return False


@pytest.mark.parametrize("way", ["open({!r})", "import shutil; shutil.copy({!r}, 'x')"])
@pytest.mark.parametrize("place", ["gradebook.db", "source/F01/F01.ipynb", "submitted/autre/F01/F01.ipynb"])
def test_the_course_is_out_of_reach(zygote, tmp_path, place, way):
    secret = tmp_path / place
    secret.parent.mkdir(parents=True, exist_ok=True)
    secret.write_text("secret")
    mine = tmp_path / "submitted" / "moi"
    mine.mkdir(parents=True)
    assert error(run(zygote, way.format(str(secret)), files=mine)) in ("FileNotFoundError", "PermissionError")
    relative = os.path.relpath(secret, mine)
    assert error(run(zygote, way.format(relative), files=mine)) in ("FileNotFoundError", "PermissionError")


def test_not_even_the_names_of_files_are_known(zygote, tmp_path):
    (tmp_path / "secret").write_text("secret")
    result = run(zygote, f"import os; os.stat({str(tmp_path / 'secret')!r})")
    if zygote.tier == "namespaces":
        assert error(result) == "FileNotFoundError"
    else:  # Landlock does not hide sizes and dates: docs/decisions/sandbox.md says so
        assert result.status == "ok"


def test_only_what_is_said_readable_is_and_nobody_writes_there(zygote, tmp_path):
    data = tmp_path / "communes.csv"
    data.write_text("a\n1\n")
    (tmp_path / "autre.csv").write_text("secret")
    readable = {"readable": (data,)}
    assert run(zygote, f"assert open({str(data)!r}).read() == 'a\\n1\\n'", **readable).status == "ok"
    assert error(run(zygote, f"open({str(data)!r}, 'a')", **readable)) in ("OSError", "PermissionError")
    assert error(run(zygote, f"open({str(tmp_path / 'autre.csv')!r})", **readable)) in (
        "FileNotFoundError",
        "PermissionError",
    )
    assert data.read_text() == "a\n1\n"


def test_an_absolute_link_in_the_submission_leads_nowhere(zygote, tmp_path):
    (tmp_path / "secret").write_text("secret")
    copy = tmp_path / "copie"
    copy.mkdir()
    (copy / "reponses.json").symlink_to(tmp_path / "secret")
    assert error(run(zygote, "open('reponses.json')", files=copy)) == "FileNotFoundError"


def test_a_submission_with_too_many_files_or_a_pipe_does_not_start_or_hang(zygote, tmp_path):
    os.mkfifo(tmp_path / "tube")
    assert run(zygote, "import os; assert os.listdir() == []", files=tmp_path).status == "ok"
    for number in range(2001):
        (tmp_path / f"{number}").touch()
    with pytest.raises(SandboxFailed, match="TooMuch"):
        zygote.session(Spec(files=tmp_path))


def test_abstract_unix_sockets_are_out_of_reach(zygote):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0campus-test")
        server.listen()
        source = "import socket; socket.socket(socket.AF_UNIX).connect('\\0campus-test')"
        assert error(run(zygote, source)) == "PermissionError"


def test_a_program_started_by_a_cell_is_confined_too(zygote, tmp_path):
    (tmp_path / "secret").write_text("secret")
    result = run(
        zygote, f"import subprocess; subprocess.run(['cat', {str(tmp_path / 'secret')!r}], check=True)"
    )
    assert error(result) == "CalledProcessError"
    text = "".join(output.get("text", "") for output in result.outputs)
    assert "No such file" in text or "Permission denied" in text


def test_a_fork_bomb_stops_at_its_limit_and_nothing_is_left(zygote):
    source = (
        "import os\nwhile True:\n    if os.fork() == 0:\n        os.execlp('sleep', 'campus-bombe', '30')"
    )
    result = run(zygote, source)
    assert error(result) == "BlockingIOError"
    assert kinds(result) == ["processes"]
    time.sleep(0.3)
    assert not alive("campus-bombe")


def test_memory_beyond_the_limit_is_an_error_for_this_cell_alone(zygote):
    result = run(zygote, "import numpy; x = numpy.ones(100_000_000)")
    assert kinds(result) == ["memory"]
    assert "mémoire" in result.outputs[-1]["text"]


def test_many_small_files_fill_the_private_disk_not_the_machine(zygote):
    source = "n = 0\nwhile True:\n    open(f'f{n}', 'wb').write(bytes(500_000)); n += 1"
    result = run(zygote, source)
    if zygote.tier == "namespaces":
        assert (error(result), kinds(result)) == ("OSError", ["disk"])
    else:  # the weaker tier bounds each file, and time
        assert kinds(result)[0] in ("disk", "time")


@pytest.mark.parametrize(
    "source", ["print('x' * 10**7)", "import os; os.write(1, b'x' * 500_000)", "!yes | head -c 500000"]
)
def test_output_without_end_is_cut(zygote, source):
    result = run(zygote, source)
    assert kinds(result) == ["output"]
    assert sum(len(output.get("text", "")) for output in result.outputs) < 11_000


def test_what_is_printed_and_cut_is_not_kept_in_memory(zygote):
    result = run(zygote, "for _ in range(60_000): print('x' * 10_000)")  # 600 MB, where 256 are allowed
    assert (result.status, kinds(result)) == ("ok", ["output"])


def test_a_cell_that_only_computes_is_stopped(zygote):
    assert kinds(run(zygote, "while True: pass")) == ["time"]


def test_a_daemon_dies_with_its_run(zygote):
    source = (
        "import os, signal\nif os.fork() == 0:\n    os.setsid()\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "    if os.fork() == 0:\n        os.execlp('sleep', 'campus-demon', '60')\n    os._exit(0)\nos.wait()"
    )
    assert run(zygote, source).status == "ok"
    deadline = time.monotonic() + 5
    while alive("campus-demon"):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("target", ["{client}", "{zygote}", "-1"])
def test_signals_do_not_reach_others(zygote, target):
    target = target.format(client=os.getpid(), zygote=zygote._process.pid)
    bystander = subprocess.Popen(["sleep", "60"])
    try:
        result = run(zygote, f"import os, signal; os.kill({target}, signal.SIGKILL)")
        # -1 is "everyone but me": there may be nobody, or the kernel says no.
        assert target == "-1" or error(result) in ("ProcessLookupError", "PermissionError")
        assert bystander.poll() is None
        assert run(zygote, "1").status == "ok"
    finally:
        bystander.kill()
        bystander.wait()


def test_the_run_does_not_see_other_programs(zygote):
    result = run(zygote, "import os; sorted(int(name) for name in os.listdir('/proc') if name.isdigit())")
    if zygote.tier == "namespaces":
        assert result.outputs[0]["data"]["text/plain"] == "[1]"


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("import os; os._exit(0)", "dead"),
        ("import ctypes; ctypes.string_at(0)", "dead"),
        ("import os, signal; signal.signal(signal.SIGINT, signal.SIG_IGN); raise SystemExit(0)", "error"),
        ("exit()", "ok"),
        ("import sys; sys.setrecursionlimit(10**9)\ndef f(): return f()\nf()", None),
        ("import gc; [setattr(o, 'x', 1) for o in gc.get_objects() if hasattr(o, '__dict__')][:0]", None),
    ],
)
def test_an_end_by_force_costs_this_run_alone(zygote, source, status):
    result = run(zygote, source)
    assert status in (None, result.status)
    assert run(zygote, "1").status == "ok"


def test_runs_at_the_same_time_do_not_meet(zygote):
    """A run cannot see the files, the memory files nor the processes of its neighbour."""
    with zygote.session(Spec(limits=SMALL)) as one, zygote.session(Spec(limits=SMALL)) as other:
        one.execute(
            "open('/tmp/partage', 'w').write('réponse'); open('partage', 'w').write('réponse')"
            if zygote.tier == "namespaces"
            else "open('partage', 'w').write('réponse')"
        )
        assert error(other.execute("open('/tmp/partage')")) in ("FileNotFoundError", "PermissionError")
        assert error(other.execute(f"open({one.folder + '/partage'!r})")) in (
            "FileNotFoundError",
            "PermissionError",
        )
        assert (
            error(
                other.execute(
                    "import ctypes; c = ctypes.CDLL(None, use_errno=True)\n"
                    "if c.shmget(1234, 4096, 0o1666) < 0: raise OSError(ctypes.get_errno(), 'shm')"
                )
            )
            == "PermissionError"
        )


def test_many_runs_from_several_threads(zygote):
    def grade(number):
        results = run_cells(zygote, [f"x = {number}; x", "x * 2"], Spec(limits=SMALL))
        return [result.outputs[0]["data"]["text/plain"] for result in results]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(grade, range(40))) == [[str(n), str(n * 2)] for n in range(40)]


def test_nothing_survives_the_warm_process():
    mark = f"30.{os.getpid()}"  # seconds: a command line that no other test has
    with Zygote() as zygote:
        session = zygote.session()
        session.execute(f"import subprocess; subprocess.Popen(['sleep', '{mark}'])")
        deadline = time.monotonic() + 10
        while not alive(mark):  # its name comes a moment after its start
            assert time.monotonic() < deadline
        zygote._process.kill()
        # In the weaker tier, what a cell started may outlive the violent end of the warm process itself.
        while session.execute("1").status == "ok" or (zygote.tier == "namespaces" and alive(mark)):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        with pytest.raises(SandboxFailed):
            zygote.session()
