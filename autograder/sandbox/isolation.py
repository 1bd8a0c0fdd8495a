"""The tiers of protection, and what the child does, in order, before any cell runs. It fails closed.

- "namespaces": user, mount, process, network, IPC and host-name namespaces, then Landlock where the kernel has it, seccomp,
  limits, no capability, no new privilege.
- "landlock": the same without namespaces, where the system refuses them. The names of other processes, the sizes and the
  dates of files stay visible; the total size of a run's files has no bound.
- "none": limits on resources only, for an instructor who explicitly accepts it.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Literal

from autograder.sandbox import copying, jail, landlock, limits, places, seccomp, syscalls
from autograder.sandbox.spec import Spec
from autograder.sandbox.syscalls import StepFailed

Tier = Literal["namespaces", "landlock", "none"]
TIERS: tuple[Tier, ...] = ("namespaces", "landlock", "none")

DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/ptmx", "/dev/pts", "/dev/tty")


def confine(
    tier: Tier, spec: Spec, folder: str, number: int, readable: list[str], memory_is_bounded: bool
) -> None:
    """Confine this process for one run and enter its working folder; raise StepFailed or OSError.

    `number` counts the runs of one warm process, from 1. `folder` is an empty folder of the machine: the working folder of a
    tier without mounts. `readable` are the paths that every run may read. `memory_is_bounded` says that a control group counts
    the memory of the whole run.
    """
    if spec.at_home:
        os.setsid()
        _tie_to_parent()
        os.chdir(spec.at_home)
        return
    enter(tier, spec, folder, number, readable)
    per_process = not memory_is_bounded
    if tier == "namespaces":
        if spec.loopback:
            jail.own_network()
        jail.leave_host()
        jail.become(_owner(tier, number))
        _tie_to_parent()
        limits.apply(spec.limits, already=0, per_process=per_process)
        _give_up_privileges()
        if landlock.abi():
            landlock.restrict(["/"], [places.WORK, places.TEMPORARY, *DEVICES], network=spec.loopback)
        seccomp.restrict(own_signals_only=False, sockets=spec.loopback)
    elif tier == "landlock":
        if spec.loopback:
            raise StepFailed("loopback: namespaces")
        owner = _owner(tier, number)
        if owner:
            os.setgroups([])
            os.setresgid(owner, owner, owner)
            os.setresuid(owner, owner, owner)
            _tie_to_parent()
        limits.apply(spec.limits, already=limits.processes_of(os.getuid()), per_process=per_process)
        syscalls.drop_capabilities()
        _give_up_privileges()
        visible = [*readable, *map(str, spec.readable), "/proc", *places.DEVICES]
        landlock.restrict(visible, [folder, *DEVICES])
        seccomp.restrict(own_signals_only=True)
    else:
        limits.apply(spec.limits, already=limits.processes_of(os.getuid()), per_process=per_process)


def enter(tier: Tier, spec: Spec, folder: str, number: int, readable: list[str]) -> None:
    """Give this process its working folder, with a private copy of the run's files, and go there.

    Shared cells, which are ours, get no other confinement than this.
    """
    os.setsid()
    _tie_to_parent()
    owner = _owner(tier, number)
    if tier == "namespaces":
        jail.own_mounts(spec, readable, owner)
        return
    before = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    try:
        if os.getcwd() != "/":
            copying.copy_folder(before, folder, owner)
    finally:
        os.close(before)
    if spec.files:
        copying.copy(str(spec.files), folder, owner)
    if owner:
        os.chown(folder, owner, owner)
    os.chdir(folder)


def _owner(tier: Tier, number: int) -> int:
    """Return the account number of a run: a number of its own when the warm process is root, else 0 for "unchanged"."""
    if tier == "namespaces":
        several = len(Path("/proc/self/uid_map").read_text().splitlines()) > 1
        return 1 + number % (jail.IDS - 1) if several else 0
    if tier == "landlock" and os.geteuid() == 0:
        return jail.FIRST_OUTSIDE_ID + number % jail.IDS
    return 0


def _tie_to_parent() -> None:
    """Make this process die with the process that forked it. A change of account cancels this: call it again after."""
    if sys.platform == "linux":
        syscalls.prctl("parent", syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)


def _give_up_privileges() -> None:
    syscalls.prctl("no new privileges", syscalls.PR_SET_NO_NEW_PRIVS, 1)


__all__ = ["TIERS", "StepFailed", "Tier", "confine", "enter"]
