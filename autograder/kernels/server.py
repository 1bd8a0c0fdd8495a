"""The part of the lab's server that prepares the warm process before the first notebook is opened."""

from typing import Any

from jupyter_server.serverapp import ServerApp

from autograder.kernels import warm


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(app: ServerApp) -> None:
    """Start in the background: the server, and a kernel asked for meanwhile, wait for nothing."""
    warm.HOME.start()
