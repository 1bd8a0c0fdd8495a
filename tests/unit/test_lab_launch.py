"""How JupyterLab is started: on this machine only, on a free port, with nothing left behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
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
    for variable in ("IPYTHONDIR", "JUPYTER_DATA_DIR", "JUPYTERLAB_SETTINGS_DIR"):
        assert Path(environment[variable]).is_relative_to(served.state)
    assert environment["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)
    assert not any("secret" in argument for argument in launch.command(served))


def test_the_persons_own_jupyter_stays_out_and_a_hub_stays_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_CONFIG_PATH", "JUPYTER_PATH", "JUPYTERLAB_SETTINGS_DIR"):
        monkeypatch.setenv(name, "/a/moi")
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/lea/")
    environment = launch.environment(server(tmp_path), Path("campus"), token="secret")

    assert "/a/moi" not in environment.values()
    assert Path(environment["JUPYTER_CONFIG_DIR"]).is_relative_to(tmp_path)
    assert environment["JUPYTERHUB_SERVICE_PREFIX"] == "/user/lea/"


@pytest.mark.parametrize("known", [{}, {"no_proxy": "ville.fr"}, {"NO_PROXY": "ville.fr,localhost"}])
def test_children_reach_this_machine_without_a_proxy(known: dict[str, str]) -> None:
    found = launch.reached_directly(known)
    assert found["NO_PROXY"] == found["no_proxy"]
    hosts = found["no_proxy"].split(",")
    assert sorted({"127.0.0.1", "localhost", "::1", *(["ville.fr"] if known else [])}) == sorted(hosts)


PROGRAM = """
import sys
from pathlib import Path
from autograder.lab.launch import Server, free_port, serve
root = Path(sys.argv[1])
served = Server("learner", root, "/lab", root / ".campus", free_port(18900), False)
sys.exit(serve(served, root))
"""


def said_until_ready(program: "subprocess.Popen[str]") -> str:
    assert program.stdout
    said = ""
    for line in program.stdout:
        said += line
        if "Ctrl+C" in line:
            break
    return said


def test_it_opens_whatever_the_workplace_and_the_person_have_set(tmp_path: Path) -> None:
    """A proxy that nobody answers at, Jupyter settings with another address, files that pass for libraries."""
    personal, libraries, space = tmp_path / "jupyter", tmp_path / "libs", tmp_path / "espace"
    for folder in (personal, libraries, space):
        folder.mkdir()
    settings = {"ServerApp": {"base_url": "/user/lea/"}, "IdentityProvider": {"token": "autre"}}
    (personal / "jupyter_server_config.json").write_text(json.dumps(settings))
    for folder in (libraries, space):
        (folder / "traitlets.py").write_text("raise ImportError('une autre bibliothèque')")
    proxies = dict.fromkeys(("http_proxy", "HTTP_PROXY", "all_proxy"), "http://127.0.0.1:9")
    own = {"JUPYTER_CONFIG_DIR": str(personal), "JUPYTER_CONFIG_PATH": str(personal)}
    with subprocess.Popen(
        [sys.executable, "-P", "-u", "-c", PROGRAM, space],
        stdout=subprocess.PIPE,
        text=True,
        cwd=space,
        env={name: value for name, value in os.environ.items() if name.lower() != "no_proxy"} | proxies | own,
    ) as program:
        said = said_until_ready(program)
        program.terminate()
    assert "JupyterLab est prêt" in said


class Other(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def other_port() -> Iterator[int]:
    """The port of a web server that is not ours."""
    with HTTPServer(("127.0.0.1", 0), Other) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield other.server_address[1]
        other.shutdown()


def test_another_program_on_the_port_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other_port: int
) -> None:
    monkeypatch.setattr(launch, "command", lambda _: [sys.executable, "-c", "import time; time.sleep(600)"])
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(LaunchError, match=f"Un autre programme répond sur le port {other_port}"):
        launch.serve(server(tmp_path, port=other_port), tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_says_where_and_stops_cleanly(tmp_path: Path, stop: signal.Signals) -> None:
    program = subprocess.Popen(
        [sys.executable, "-u", "-c", PROGRAM, tmp_path],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(
            stop, signal.SIG_DFL
        ),  # tests started in the background ignore SIGINT
    )
    assert program.stdout
    said = said_until_ready(program)
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
