"""Landlock: a process gives up, for good, TCP, signals to other processes, and all the files that are not listed.

No library is used: `sandlock` requires Landlock 6 (Linux 6.12), newer than the machines where this layer matters most. The
numbers come from <linux/landlock.h>.
"""

import ctypes
import os
from collections.abc import Iterable

from autograder.sandbox import syscalls
from autograder.sandbox.syscalls import StepFailed

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
O_PATH = 0o10000000

READ = 1 << 0 | 1 << 2 | 1 << 3  # execute, read a file, list a folder
ALL_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
ALL_SINCE_5 = (1 << 16) - 1
ON_FILES = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15  # the rights that a file, not a folder, may have
NET_BIND_CONNECT = 3
SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 3


class _Ruleset(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("fd", ctypes.c_int32)]


def abi() -> int:
    """Return Landlock's version on this kernel, 0 when there is none."""
    try:
        return syscalls.syscall("landlock", CREATE_RULESET, None, 0, 1)
    except StepFailed:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str], network: bool = False) -> None:
    """Allow reading below `readable`, reading and writing below `writable`, nothing else. Missing paths are skipped.

    `network` still allows TCP: for a process whose network leads nowhere. The caller has set "no new privileges". Raises
    StepFailed.
    """
    version = abi()
    if not version:
        raise StepFailed("Landlock: absent")
    every = ALL_BY_ABI.get(version, ALL_SINCE_5)
    ruleset = _Ruleset(every, 0 if network else NET_BIND_CONNECT, SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS)
    size = 8 if version < 4 else 16 if version < 6 else 24
    fd = syscalls.syscall("Landlock", CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    try:
        for path in readable:
            _allow(fd, path, READ & every)
        for path in writable:
            _allow(fd, path, every)
        syscalls.syscall("Landlock", RESTRICT_SELF, fd, 0)
    finally:
        os.close(fd)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        fd = os.open(path, O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        allowed = rights if os.path.isdir(path) else rights & ON_FILES
        rule = _PathBeneath(allowed, fd)
        syscalls.syscall("Landlock rule", ADD_RULE, ruleset, 1, ctypes.byref(rule), 0)
    finally:
        os.close(fd)
