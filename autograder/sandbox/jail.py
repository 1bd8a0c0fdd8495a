"""The namespaces tier: one small root for the warm process, one set of mounts and processes per run.

The warm process enters its own user, mount, process, network, IPC and host-name namespaces once. Its root is a memory file
system that shows the interpreter and the readable files alone, read-only; the machine's own files are under `places.HOST`.
Each run is then forked as the first process of a new process namespace, with new mounts without HOST, and with a new user
namespace. The runs share a network namespace, which has no interface; seccomp refuses the sockets that could still connect
two runs.
"""

import fcntl
import os
import socket
import struct
from collections.abc import Callable
from pathlib import Path

from autograder.sandbox import copying, places, syscalls
from autograder.sandbox.spec import Spec
from autograder.sandbox.syscalls import StepFailed

NAMESPACES = (
    syscalls.CLONE_NEWUSER
    | syscalls.CLONE_NEWNS
    | syscalls.CLONE_NEWPID
    | syscalls.CLONE_NEWNET
    | syscalls.CLONE_NEWIPC
    | syscalls.CLONE_NEWUTS
)
FIRST_OUTSIDE_ID, IDS = 100_000, 50_000
GET_FLAGS, SET_FLAGS, UP = 0x8913, 0x8914, 1  # of an interface: <linux/sockios.h>, <linux/if.h>


def user_map(pid: int) -> None:
    """Fill the new user namespace of the process `pid` with accounts; called from outside this namespace.

    Root gets itself, and a range of account numbers that own nothing on the machine: one per run. Any other account gets
    itself alone: the system allows no more.
    """
    own_user, own_group = os.geteuid(), os.getegid()
    users, groups = f"0 {own_user} 1\n", f"0 {own_group} 1\n"
    if own_user == 0:
        more = f"1 {FIRST_OUTSIDE_ID} {IDS}\n"
        users, groups = users + more, groups + more
    try:
        if own_user != 0:
            _write(f"/proc/{pid}/setgroups", "deny")
        _write(f"/proc/{pid}/gid_map", groups)
        _write(f"/proc/{pid}/uid_map", users)
    except OSError as error:
        raise StepFailed(f"user map: {error.strerror}") from error


def build_root(root: str, readable: list[str]) -> None:
    """Make `root`, an empty folder, the root of this process. It shows the paths of `readable`, and HOST."""
    syscalls.make_private("/")
    syscalls.mount("tmpfs", root, syscalls.MS_NOSUID | syscalls.MS_NODEV, "mode=755,size=16m")
    for path in readable:
        show(path, root + path, "")
    os.makedirs(f"{root}/dev/pts")
    for path in places.DEVICES:
        _touch(root + path)
        syscalls.bind(path, root + path)
    for name, target in {
        "fd": "/proc/self/fd",
        "stdin": "/proc/self/fd/0",
        "stdout": "/proc/self/fd/1",
        "stderr": "/proc/self/fd/2",
        "ptmx": "pts/ptmx",
        "shm": places.TEMPORARY,
    }.items():
        os.symlink(target, f"{root}/dev/{name}")
    for path in ("/proc", places.TEMPORARY, places.WORK, places.HOST):
        os.makedirs(root + path, exist_ok=True)
    syscalls.mount("proc", f"{root}/proc", syscalls.MS_NOSUID | syscalls.MS_NODEV)
    syscalls.pivot_root(root, root + places.HOST)
    os.chdir("/")


def show(path: str, target: str, host: str) -> None:
    """Show the machine's `path`, which is below `host`, read-only at `target`; a link stays a link."""
    os.makedirs(os.path.dirname(target), exist_ok=True)
    source = host + path
    if os.path.islink(source):
        if not os.path.lexists(target):
            os.symlink(os.readlink(source), target)
        return
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        _touch(target)
    syscalls.bind(source, target)
    syscalls.read_only(target)


def fork_inside(fork: Callable[[], int]) -> int:
    """Fork a child that is the first process of a new process namespace; return the result of `fork`."""
    own_namespace = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    try:
        syscalls.unshare(syscalls.CLONE_NEWPID)
        pid = fork()
        if pid:
            syscalls.setns(own_namespace, syscalls.CLONE_NEWPID)
    finally:
        os.close(own_namespace)
    return pid


def own_mounts(spec: Spec, readable: list[str], owner: int) -> None:
    """In the child: new mounts, a working folder with a private copy of the files, and its own /proc.

    `owner` is the account, in the warm process's user namespace, that will own the copy. `readable` are the paths that every
    run may read: the new mount of the temporary folder hides the paths below it, which are shown again.
    """
    before = os.open(places.WORK, os.O_RDONLY | os.O_DIRECTORY)
    syscalls.unshare(syscalls.CLONE_NEWNS)
    safe = syscalls.MS_NOSUID | syscalls.MS_NODEV
    size = f"mode=700,size={spec.limits.disk_bytes},nr_inodes=20000,uid={owner},gid={owner}"
    syscalls.mount("proc", "/proc", safe)
    syscalls.mount("tmpfs", places.TEMPORARY, safe, size)
    syscalls.mount("tmpfs", places.WORK, safe, size)
    syscalls.mount("devpts", "/dev/pts", syscalls.MS_NOSUID, "newinstance,ptmxmode=0666,mode=0600")
    try:
        copying.copy_folder(before, places.WORK, owner)  # what the shared cells left
    finally:
        os.close(before)
    if spec.files:
        copying.copy(places.HOST + str(spec.files), places.WORK, owner)
    hidden = [path for path in readable if Path(path).is_relative_to(places.TEMPORARY)]
    given = [str(path) for path in spec.readable]
    tops = {top for path in given if (top := _private_folder(path, readable))}
    for top in tops:
        os.makedirs(top, exist_ok=True)
        syscalls.mount("tmpfs", top, safe, "mode=755,size=1m")
    for path in [*hidden, *given]:
        show(path, path, places.HOST)
    for top in tops:
        syscalls.read_only(top, recursive=False)
    os.chdir(places.WORK)


def _private_folder(path: str, readable: list[str]) -> str | None:
    """Return the folder to mount for this run alone, so that the other runs do not see the name of `path`.

    All the runs share the root: a folder made in it is seen by all. None when `path` is in a folder that is private to the
    run already, or that all the runs see.
    """
    if any(Path(path).is_relative_to(folder) for folder in (places.TEMPORARY, places.WORK, *readable)):
        return None
    shared = {parent for folder in readable for parent in Path(folder).parents}
    unshared = [parent for parent in Path(path).parents if parent not in shared]
    return str(unshared[-1]) if unshared else None


def own_network() -> None:
    """In the child: a network namespace that no other run shares, with the loopback interface alone."""
    syscalls.unshare(syscalls.CLONE_NEWNET)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        name, flags = struct.unpack("16sh14x", fcntl.ioctl(sock, GET_FLAGS, struct.pack("16s16x", b"lo")))
        fcntl.ioctl(sock, SET_FLAGS, struct.pack("16sh14x", name, flags | UP))


def leave_host() -> None:
    """In the child: the machine's files are gone, and the root can no longer change."""
    syscalls.unmount(places.HOST)
    syscalls.read_only("/", recursive=False)


def become(owner: int) -> None:
    """In the child: enter a new user namespace, as `owner` alone, without any capability."""
    if owner:
        os.setgroups([])
        os.setresgid(owner, owner, owner)
        os.setresuid(owner, owner, owner)
        syscalls.prctl(
            "dumpable", syscalls.PR_SET_DUMPABLE, 1
        )  # else this process may not open its own /proc files
    syscalls.unshare(syscalls.CLONE_NEWUSER)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/gid_map", f"1000 {owner} 1\n")
    _write("/proc/self/uid_map", f"1000 {owner} 1\n")
    syscalls.drop_capabilities()


def _write(path: str, text: str) -> None:
    fd = os.open(path, os.O_WRONLY)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)


def _touch(path: str) -> None:
    """Make an empty file to mount another file on, unless there is a file: it may be mounted already, and read-only."""
    if os.path.lexists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644))
