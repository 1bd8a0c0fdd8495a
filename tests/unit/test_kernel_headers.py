"""The numbers of the kernel that are written in the sandbox, beside its own headers, where they are installed."""

import re
from pathlib import Path

import pytest

from autograder.sandbox import landlock, seccomp, syscalls

HEADERS = Path("/usr/include")
CALLS = {
    "x86_64": ("x86_64-linux-gnu/asm/unistd_64.h", "asm/unistd_64.h"),
    "aarch64": ("asm-generic/unistd.h",),
}
"""Processor -> where its calls are numbered; aarch64 follows the generic list."""
CONSTANTS = ("linux/prctl.h", "linux/sched.h", "linux/mount.h", "linux/fcntl.h")
DEFINITION = re.compile(r"^\s*#define\s+(?:__NR(?:3264)?_)?(\w+)\s+(-?\d\w*)\b", re.MULTILINE)


def numbers(*names: str) -> dict[str, int]:
    """Return what the first header that is there defines, by name; skip the test where none is."""
    found = next((HEADERS / name for name in names if (HEADERS / name).is_file()), None)
    if found is None:
        pytest.skip(f"the kernel's headers are not installed: {names[0]}")
    defined = DEFINITION.findall(found.read_text(encoding="utf-8"))
    return {name: int(re.sub(r"[UuLl]+$", "", value), 0) for name, value in defined}


def written(machine: str) -> dict[str, int]:
    """Return the calls that the sandbox names, with its numbers for a processor."""
    place = list(seccomp.ARCHITECTURES).index(machine)
    denied = {name: both[place] for name, both in seccomp.DENIED.items()}
    return {name: number for name, number in denied.items() if number is not None} | {
        **seccomp.SIGNALS[machine],
        "socket": seccomp.SOCKET[machine],
        "clone": seccomp.CLONE[machine],
        "clone3": seccomp.CLONE3,
        "tkill": seccomp.TKILL[machine],
        "pidfd_send_signal": seccomp.PIDFD_SEND_SIGNAL,
        "mount_setattr": syscalls.MOUNT_SETATTR,
        "landlock_create_ruleset": landlock.CREATE_RULESET,
        "landlock_add_rule": landlock.ADD_RULE,
        "landlock_restrict_self": landlock.RESTRICT_SELF,
    }


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_each_call_has_the_number_that_the_kernel_gives_it(machine: str) -> None:
    kernel = numbers(*CALLS[machine])
    ours = written(machine)
    assert {name: kernel.get(name) for name in ours} == ours


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_a_call_written_as_missing_is_missing(machine: str) -> None:
    kernel = numbers(*CALLS[machine])
    place = list(seccomp.ARCHITECTURES).index(machine)
    assert [name for name, both in seccomp.DENIED.items() if both[place] is None and name in kernel] == []


@pytest.mark.parametrize("header", CONSTANTS)
def test_each_constant_has_the_value_that_the_kernel_gives_it(header: str) -> None:
    kernel = numbers(header)
    ours = {**vars(seccomp), **vars(syscalls)}
    shared = {name: value for name, value in ours.items() if name in kernel and name.isupper()}
    assert shared, "nothing of this header is written in the sandbox"
    assert shared == {name: kernel[name] for name in shared}
