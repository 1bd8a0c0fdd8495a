"""The few Linux calls that Python 3.11 lacks. Each raises StepFailed with its name."""

import ctypes
import errno
import os
import platform
from pathlib import Path

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x0002_0000, 0x0400_0000, 0x0800_0000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x1000_0000, 0x2000_0000, 0x4000_0000

MS_NOSUID, MS_NODEV, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 4096, 16384, 1 << 18
MNT_DETACH = 2

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 24, 36, 47, 4

AT_FDCWD, AT_RECURSIVE = -100, 0x8000
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID = 1, 2
MOUNT_SETATTR = 442  # on x86_64 and on aarch64: calls added since 2019 have one number everywhere
CAPABILITY_VERSION_3 = 0x2008_0522

_libc = ctypes.CDLL(None, use_errno=True)


class StepFailed(Exception):
    """A step of the confinement was refused by the system; its message names the step."""


class _MountAttr(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("attr_set", "attr_clr", "propagation", "userns_fd")]


def checked(step: str, result: int) -> int:
    """Return the result of a system call, or raise StepFailed."""
    if result < 0:
        number = ctypes.get_errno()
        raise StepFailed(f"{step}: {errno.errorcode.get(number, number)}")
    return result


def syscall(step: str, number: int, *arguments: object) -> int:
    """Call the system by number."""
    return checked(step, _libc.syscall(number, *arguments))


def prctl(step: str, option: int, *arguments: int) -> None:
    """Change a property of this process."""
    values = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    checked(step, _libc.prctl(option, *values))


def unshare(flags: int) -> None:
    """Leave the namespaces named by `flags`."""
    checked(f"unshare {flags:#x}", _libc.unshare(flags))


def setns(fd: int, kind: int) -> None:
    """Enter the namespace open as `fd`."""
    checked("setns", _libc.setns(fd, kind))


def mount(kind: str, target: str, flags: int, data: str = "") -> None:
    """Mount a new file system of this kind."""
    code = _libc.mount(
        kind.encode(), os.fsencode(target), kind.encode(), ctypes.c_ulong(flags), data.encode()
    )
    checked(f"mount {kind} {target}", code)


def bind(source: str, target: str) -> None:
    """Make `source` visible at `target`, with the mounts under it."""
    flags = ctypes.c_ulong(MS_BIND | MS_REC)
    checked(f"bind {target}", _libc.mount(os.fsencode(source), os.fsencode(target), None, flags, None))


def make_private(target: str) -> None:
    """Stop mounts under `target` from being seen elsewhere."""
    flags = ctypes.c_ulong(MS_REC | MS_PRIVATE)
    checked("private mounts", _libc.mount(None, os.fsencode(target), None, flags, None))


def read_only(target: str, recursive: bool = True) -> None:
    """Make a mount read-only and without set-user-id programs."""
    attributes = _MountAttr(attr_set=MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID)
    syscall(
        f"read-only {target}",
        MOUNT_SETATTR,
        AT_FDCWD,
        os.fsencode(target),
        AT_RECURSIVE if recursive else 0,
        ctypes.byref(attributes),
        ctypes.c_size_t(ctypes.sizeof(attributes)),
    )


def unmount(target: str) -> None:
    """Remove a mount, and the mounts under it."""
    checked(f"unmount {target}", _libc.umount2(os.fsencode(target), MNT_DETACH))


def pivot_root(new: str, old: str) -> None:
    """Make `new` the root; the old one is then at `old`."""
    checked("pivot_root", _libc.pivot_root(os.fsencode(new), os.fsencode(old)))


def drop_capabilities() -> None:
    """Give up every capability, for good. The bounding set is emptied where the system allows it."""
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for capability in range(last + 1):
        _libc.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0)
    prctl("ambient capabilities", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    checked("capset", _libc.capset(header, none))


def machine() -> str:
    """Return the processor's name as the kernel gives it, "x86_64" or "aarch64"."""
    return platform.machine()
