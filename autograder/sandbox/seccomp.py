"""Refuse, for good, the system calls that no notebook needs: they answer "permission denied".

This is a deny list, because scientific libraries use many calls. Namespaces and Landlock are the walls; this filter closes the
kernel's rarely used doors. No library is used: `pyseccomp` needs a system library that is often absent.
"""

import ctypes
import errno
import os
import struct

from autograder.sandbox import syscalls
from autograder.sandbox.syscalls import StepFailed

PR_SET_SECCOMP, MODE_FILTER = 22, 2
ALLOW, KILL_PROCESS = 0x7FFF_0000, 0x8000_0000
REFUSE, MISSING = 0x0005_0000 | errno.EPERM, 0x0005_0000 | errno.ENOSYS
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCH, FIRST_ARGUMENT, THIRD_ARGUMENT = 0, 4, 16, 32
X32 = 0x4000_0000
NEW_NAMESPACES = 0x7E02_0000  # every CLONE_NEW* flag that `clone` takes

ARCHITECTURES = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}

# name: (x86_64, aarch64); None where the call does not exist.
DENIED: dict[str, tuple[int | None, int | None]] = {
    "socket": (41, 198),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "fanotify_init": (300, 262),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "syslog": (103, 116),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "personality": (135, 92),
    "vhangup": (153, 58),
    "modify_ldt": (154, None),
    "iopl": (172, None),
    "ioperm": (173, None),
}
SOCKET = {"x86_64": 41, "aarch64": 198}
AF_UNIX, AF_INET, AF_NETLINK, NETLINK_ROUTE = 1, 2, 16, 0
CLONE, CLONE3 = {"x86_64": 56, "aarch64": 220}, 435
SIGNALS = {
    "x86_64": {"kill": 62, "tgkill": 234, "rt_sigqueueinfo": 129, "rt_tgsigqueueinfo": 297},
    "aarch64": {"kill": 129, "tgkill": 131, "rt_sigqueueinfo": 138, "rt_tgsigqueueinfo": 240},
}
TKILL = {"x86_64": 200, "aarch64": 130}
PIDFD_SEND_SIGNAL = 424


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def restrict(own_signals_only: bool, sockets: bool = False) -> None:
    """Install the filter; raise StepFailed on an unknown processor.

    `own_signals_only` also refuses signals to other processes: for a run that shares its process namespace. `sockets` allows
    Unix and IPv4 sockets, and the sockets that list the network's interfaces, without which ZeroMQ aborts: for a run whose
    network leads nowhere.
    """
    name = syscalls.machine()
    if name not in ARCHITECTURES:
        raise StepFailed(f"seccomp: {name}")
    lines = program(name, os.getpid() if own_signals_only else None, sockets)
    code = b"".join(_instruction(*line) for line in lines)
    filter_ = _Program(len(code) // 8, code)
    syscalls.prctl("seccomp", PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(filter_))


def program(name: str, own_pid: int | None, sockets: bool = False) -> list[tuple[int, int, int, int]]:
    """Return the filter as instructions (code, jump if true, jump if false, value)."""
    denied = [
        numbers[name != "x86_64"] for call, numbers in DENIED.items() if call != "socket" or not sockets
    ]
    lines = [
        (LOAD, 0, 0, ARCH),
        (EQUAL, 1, 0, ARCHITECTURES[name]),
        (RETURN, 0, 0, KILL_PROCESS),
        (LOAD, 0, 0, NUMBER),
    ]
    if name == "x86_64":
        lines += [(AT_LEAST, 0, 1, X32), (RETURN, 0, 0, REFUSE)]
    if sockets:
        lines += [
            (EQUAL, 0, 8, SOCKET[name]),
            (LOAD, 0, 0, FIRST_ARGUMENT),
            (EQUAL, 5, 0, AF_UNIX),
            (EQUAL, 4, 0, AF_INET),
            (EQUAL, 0, 2, AF_NETLINK),
            (LOAD, 0, 0, THIRD_ARGUMENT),
            (EQUAL, 1, 0, NETLINK_ROUTE),
            (RETURN, 0, 0, REFUSE),
            (RETURN, 0, 0, ALLOW),
        ]
    for number in denied:
        if number is not None:
            lines += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    # The flags of `clone3` are behind a pointer, which a filter cannot read. When `clone3` is missing, the C library uses `clone`.
    lines += [(EQUAL, 0, 1, CLONE3), (RETURN, 0, 0, MISSING)]
    lines += [
        (EQUAL, 0, 4, CLONE[name]),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (ANY_BIT, 0, 1, NEW_NAMESPACES),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]
    if own_pid is not None:
        for number in (TKILL[name], PIDFD_SEND_SIGNAL):
            lines += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
        for number in SIGNALS[name].values():
            lines += [
                (EQUAL, 0, 5, number),
                (LOAD, 0, 0, FIRST_ARGUMENT),
                (EQUAL, 2, 0, own_pid),
                (EQUAL, 1, 0, 0),
                (RETURN, 0, 0, REFUSE),
                (RETURN, 0, 0, ALLOW),
            ]
    return [*lines, (RETURN, 0, 0, ALLOW)]


def _instruction(code: int, true: int, false: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, true, false, value)
