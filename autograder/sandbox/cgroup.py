"""Control groups, version 2: they bound the total memory and the number of processes of a run, where the system allows it.

`systemd-run --user --scope -p Delegate=yes campus …` puts the command alone in a group, which the command may then divide.
Nothing is touched when our group holds other programs, or cannot be divided.
"""

import contextlib
import os
from pathlib import Path

from autograder.sandbox.spec import Limits

MOUNT = Path("/sys/fs/cgroup")
OURS = "campus"


def prepare(mount: Path = MOUNT, membership: Path = Path("/proc/self/cgroup")) -> Path | None:
    """Return the folder under which groups can be made; None when the system delegates no group to us."""
    try:
        line = next(x for x in membership.read_text().splitlines() if x.startswith("0::"))
        group = mount / line[3:].lstrip("/")
        if group.name == OURS:  # a second warm process of the same command
            return group.parent
        offered = set((group / "cgroup.controllers").read_text().split())
        alone = (group / "cgroup.procs").read_text().split() == [str(os.getpid())]
        if not alone or not {"memory", "pids"} <= offered:
            return None
        (group / OURS).mkdir(exist_ok=True)
        (group / OURS / "cgroup.procs").write_text("0")
        (group / "cgroup.subtree_control").write_text("+memory +pids")
    except (OSError, StopIteration):
        return None
    return group


def create(folder: int, name: str, limits: Limits) -> None:
    """Make the group of a run under the open `folder`. Raises OSError."""
    os.mkdir(name, dir_fd=folder)
    for file, value in {"memory.max": limits.memory_bytes, "pids.max": limits.processes}.items():
        _write(folder, f"{name}/{file}", str(value))
    with contextlib.suppress(OSError):  # a machine without swap has no such file
        _write(folder, f"{name}/memory.swap.max", "0")


def join(folder: int, name: str) -> None:
    """Put this process, and the processes that it will start, into a group. Raises OSError."""
    _write(folder, f"{name}/cgroup.procs", "0")


def remove(folder: int, name: str) -> None:
    """Remove the group of a finished run; a group that still has a process is left there."""
    with contextlib.suppress(OSError):
        os.rmdir(name, dir_fd=folder)


def _write(folder: int, path: str, text: str) -> None:
    fd = os.open(path, os.O_WRONLY, dir_fd=folder)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)
