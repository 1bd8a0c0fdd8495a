"""Start JupyterLab on this machine only, say where it is in French, stop it cleanly."""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder import paths

CONFIG = Path(__file__).parent / "config"
SHARE = Path(__file__).parent / "share"
"""Where JupyterLab finds the course's extension, `labextensions/campus`."""
HOST = "127.0.0.1"
LOOPBACK = (HOST, "localhost", "::1")
START_SECONDS = 180
NEWS_SECONDS = 20
"""How often a slow start is told."""
STOP_SECONDS = 15
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""A proxy of the workplace knows nothing of this machine's own addresses."""


class LaunchError(Exception):
    """JupyterLab could not start; the message, in French, says what to do."""


@dataclass(frozen=True)
class Server:
    """What is served, to whom. `state` receives all that Jupyter writes for itself."""

    role: str  # a folder of config/: learner or instructor
    root: Path
    page: str  # opened first
    state: Path
    port: int
    browser: bool

    @property
    def log(self) -> Path:
        return self.state / "serveur.log"


def free_port(wanted: int, attempts: int = 50) -> int:
    """Return the first free port from `wanted` on."""
    for port in range(wanted, wanted + attempts):
        with socket.socket() as probe:
            if os.name == "posix":  # as the server does: a port just left is free again
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except (OSError, OverflowError):
                continue
            return port
    raise LaunchError(
        f"Aucun port libre entre {wanted} et {wanted + attempts - 1}. "
        "Fermez d’autres serveurs, ou choisissez un autre port avec « --port »."
    )


def command(server: Server) -> list[str]:
    """Return the command that starts JupyterLab; the token is not in it, as `ps` shows it to all."""
    options = {
        "ServerApp.ip": HOST,
        "ServerApp.base_url": "/",
        "ServerApp.certfile": "",
        "ServerApp.port": server.port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": server.root,
        "ServerApp.open_browser": server.browser,
        "ServerApp.answer_yes": True,
        "LabApp.default_url": server.page,
        "LabApp.workspaces_dir": server.state / "espaces",
        "LabApp.extension_manager": "readonly",
        "LabApp.news_url": "None",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--allow-root")
    # -P: a file of the learner's space, pandas.py say, must not pass for a library of the server.
    return [sys.executable, "-P", "-m", "jupyterlab", *arguments]


def environment(server: Server, campus_home: Path, token: str) -> dict[str, str]:
    """The server's environment: what Jupyter and IPython write goes under `server.state`.

    Nothing of the person's own Jupyter comes in; what JupyterHub sets stays.
    """
    # nbgrader calls other commands by name: this environment's come first.
    path = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    return (
        {name: value for name, value in os.environ.items() if not _is_personal(name)}
        | reached_directly(os.environ)
        | {
            "CAMPUS_HOME": str(campus_home),
            "CAMPUS_WORK": str(server.root if server.role == "learner" else paths.work()),
            "IPYTHONDIR": str(server.state / "ipython"),
            "JUPYTER_CONFIG_DIR": str(server.state / "reglages"),
            "JUPYTER_CONFIG_PATH": str(CONFIG / server.role),
            "JUPYTER_DATA_DIR": str(server.state / "jupyter"),
            "JUPYTER_PATH": str(SHARE),
            "JUPYTER_TOKEN": token,
            "JUPYTERLAB_SETTINGS_DIR": str(server.state / "reglages" / "lab" / "user-settings"),
            "PATH": os.pathsep.join(filter(None, path)),
        }
    )


def _is_personal(variable: str) -> bool:
    return variable.startswith(("JUPYTER_", "JUPYTERLAB_")) or variable == "PYTHONPATH"


def reached_directly(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables by which programs reach this machine's own addresses without a proxy."""
    known = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    hosts = [*filter(None, known.split(",")), *(host for host in LOOPBACK if host not in known.split(","))]
    return dict.fromkeys(("NO_PROXY", "no_proxy"), ",".join(hosts))


def serve(server: Server, campus_home: Path) -> int:
    """Run JupyterLab until Ctrl+C (0 then), or until it ends by itself (its exit code).

    Raises LaunchError when it does not start.
    """
    token = secrets.token_urlsafe(24)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped from outside: as Ctrl+C
    paths.own(server.state)  # the journal holds the token
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            command(server),
            cwd=server.root,
            env=environment(server, campus_home, token),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_ready(process, server, token)
        _announce(server, token)
        return process.wait()
    except KeyboardInterrupt:
        print("\nArrêt de JupyterLab…", flush=True)
        return 0
    finally:
        stop(process)


def _wait_until_ready(process: subprocess.Popen[bytes], server: Server, token: str) -> None:
    start = told = time.monotonic()
    while process.poll() is None:
        if _answers(server, token):
            return
        now = time.monotonic()
        if now - start > START_SECONDS:
            raise LaunchError(NOT_READY.format(seconds=START_SECONDS, log=server.log))
        if now - told > NEWS_SECONDS:
            told = now
            print(f"JupyterLab démarre toujours ({now - start:.0f} s)…", flush=True)
        time.sleep(0.2)
    raise LaunchError(STOPPED.format(log=server.log))


def _answers(server: Server, token: str) -> bool:
    """Tell whether our server answers; raise LaunchError when something else does."""
    asked = urllib.request.Request(
        f"http://{HOST}:{server.port}/api/status", headers={"Authorization": f"token {token}"}
    )
    try:
        DIRECT.open(asked, timeout=5).close()
    except (urllib.error.HTTPError, http.client.HTTPException) as error:
        raise LaunchError(NOT_OURS.format(port=server.port, log=server.log)) from error
    except OSError:  # nobody listens yet
        return False
    return True


STOPPED = (
    "JupyterLab s’est arrêté avant d’être prêt. "
    "Lisez la fin du journal « {log} » et transmettez-le à la personne qui vous aide."
)
NOT_READY = (
    "JupyterLab n’a pas répondu en {seconds} secondes : il est arrêté. Si l’ordinateur est très occupé, recommencez. "
    "Sinon, transmettez le journal « {log} » à la personne qui vous aide."
)
NOT_OURS = (
    "Un autre programme répond sur le port {port}, à la place de JupyterLab. Recommencez avec un autre port, par exemple "
    "« campus lab --port 8999 » (ou « make lab PORT=8999 »). Si cela ne suffit pas, transmettez le journal « {log} » à la personne "
    "qui vous aide."
)


def _announce(server: Server, token: str) -> None:
    address = f"http://{HOST}:{server.port}"
    print("\nJupyterLab est prêt, en français. Adresse à ouvrir :\n")
    print(f"    {address}{server.page}?token={token}\n")
    if server.role == "instructor":
        print("La page « Aujourd’hui » y est la première. Le formgrader de nbgrader, en anglais :\n")
        print(f"    {address}/formgrader?token={token}\n")
    print(f"Vos fichiers sont dans « {server.root} ».")
    print("Pour arrêter : enregistrez votre travail, puis appuyez sur Ctrl+C dans cette fenêtre.", flush=True)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Let the server stop its kernels and end; insist if it does not."""
    if process.poll() is not None:
        return
    if os.name == "posix":  # on Windows, Ctrl+C has reached the server by itself
        process.terminate()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
