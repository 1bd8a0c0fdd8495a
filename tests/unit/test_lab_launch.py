"""How JupyterLab is started: on this machine only, on a free port, with nothing left behind."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.lab import launch
from autograder.lab.launch import LaunchError, Server, free_port


def server(root: Path, role: str = "learner", port: int = 8888) -> Server:
    return Server(role, root, "/lab", root / ".campus" / role, port, browser=False)


def test_a_busy_port_is_stepped_over() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        assert free_port(taken) > taken
        with pytest.raises(LaunchError, match="--port"):
            free_port(taken, attempts=1)


def test_only_this_machine_is_served_and_nothing_is_fetched(tmp_path: Path) -> None:
    command = launch.command(server(tmp_path))
    assert "--ServerApp.ip=127.0.0.1" in command
    assert f"--ServerApp.root_dir={tmp_path}" in command
    assert "--LabApp.news_url=None" in command
    assert "--LabApp.extension_manager=readonly" in command


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="POSIX accounts")
@pytest.mark.parametrize(("uid", "allowed"), [(0, True), (1000, False)])
def test_root_is_allowed_only_when_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uid: int, allowed: bool
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    assert ("--allow-root" in launch.command(server(tmp_path))) is allowed


def test_what_jupyter_writes_stays_in_the_learners_space(tmp_path: Path) -> None:
    served = server(tmp_path)
    environment = launch.environment(served, Path("campus"), token="secret")

    assert environment["CAMPUS_HOME"] == "campus"
    for variable in ("IPYTHONDIR", "JUPYTER_DATA_DIR"):
        assert Path(environment[variable]).is_relative_to(served.state)
    assert environment["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)
    assert not any("secret" in argument for argument in launch.command(served))


PROGRAM = """
import sys
from pathlib import Path
from autograder.lab.launch import Server, free_port, serve
root = Path(sys.argv[1])
served = Server("learner", root, "/lab", root / ".campus", free_port(18900), False)
sys.exit(serve(served, root))
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_says_where_and_stops_cleanly(tmp_path: Path, stop: signal.Signals) -> None:
    program = subprocess.Popen(
        [sys.executable, "-u", "-c", PROGRAM, tmp_path], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout
    said = ""
    for line in program.stdout:
        said += line
        if "Ctrl+C" in line:
            break
    found = re.search(r"http://127\.0\.0\.1:(\d+)/lab\?token=\S+", said)
    program.send_signal(stop)
    said += program.stdout.read()

    assert found, said
    assert program.wait() == 0
    assert "Arrêt de JupyterLab" in said
    assert free_port(int(found[1])) == int(found[1])  # the server itself has gone


def test_a_server_that_does_not_start_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "command", lambda _: [sys.executable, "-c", "raise SystemExit(3)"])
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(LaunchError, match=r"serveur\.log"):
        launch.serve(server(tmp_path), tmp_path)
