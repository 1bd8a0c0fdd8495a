"""Control groups, version 2: the total memory and number of processes of a run, where the system delegates them.

`systemd-run --user --scope -p Delegate=yes campus …` puts the command alone in a group of its own, which it
may then divide. Where our group holds other programs, or cannot be divided, nothing is touched.
"""

import contextlib
import os
from pathlib import Path

from autograder.sandbox.spec import Limits

MOUNT = Path("/sys/fs/cgroup")
OURS = "campus"


def prepare(mount: Path = MOUNT, membership: Path = Path("/proc/self/cgroup")) -> Path | None:
    """Return the folder under which groups can be made, None when the system delegates none to us."""
    try:
        line = next(x for x in membership.read_text().splitlines() if x.startswith("0::"))
        own = mount / line[3:].lstrip("/")
        if own.name == OURS:  # a second warm process of the same command
            return own.parent
        offered = set((own / "cgroup.controllers").read_text().split())
        alone = (own / "cgroup.procs").read_text().split() == [str(os.getpid())]
        if not alone or not {"memory", "pids"} <= offered:
            return None
        (own / OURS).mkdir(exist_ok=True)
        (own / OURS / "cgroup.procs").write_text("0")
        (own / "cgroup.subtree_control").write_text("+memory +pids")
    except (OSError, StopIteration):
        return None
    return own


def create(folder: int, name: str, limits: Limits) -> None:
    """Make the group of a run under the open `folder`. Raises OSError."""
    os.mkdir(name, dir_fd=folder)
    for file, value in {"memory.max": limits.memory_bytes, "pids.max": limits.processes}.items():
        _write(folder, f"{name}/{file}", str(value))
    with contextlib.suppress(OSError):  # a machine without swap has no such file
        _write(folder, f"{name}/memory.swap.max", "0")


def join(folder: int, name: str) -> None:
    """Put this process, and those it will start, into a group. Raises OSError."""
    _write(folder, f"{name}/cgroup.procs", "0")


def remove(folder: int, name: str) -> None:
    """Forget the group of a finished run; a group still being emptied is left to the system."""
    with contextlib.suppress(OSError):
        os.rmdir(name, dir_fd=folder)


def _write(folder: int, path: str, text: str) -> None:
    fd = os.open(path, os.O_WRONLY, dir_fd=folder)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)
