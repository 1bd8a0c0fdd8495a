"""What a confined process sees of the file system: the interpreter, its libraries, the system's, no more."""

import importlib.util
import os
import sys
from collections.abc import Iterable
from pathlib import Path

WORK = "/travail"
"""The private copy, and the working folder, of a run that has its own mounts."""
TEMPORARY = "/tmp"
"""Its temporary folder, empty and its own too."""
HOST = "/.host"
"""Where the warm process keeps the machine's files; taken away from every child before its cells run."""

SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/timezone",
    "/etc/fonts",
    "/etc/alternatives",
    "/etc/mime.types",
    "/etc/nsswitch.conf",
    "/etc/passwd",
    "/etc/group",
    "/etc/os-release",
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


def base(packages: Iterable[str]) -> list[str]:
    """Return what every run may read: the system's libraries, Python, and the folders of `packages`.

    A package installed from its sources is visible alone, without the repository around it.
    """
    own = [sys.prefix, sys.base_prefix, sys.exec_prefix]
    own += [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    for name in {package.partition(".")[0] for package in packages}:
        spec = importlib.util.find_spec(name)
        if spec and spec.submodule_search_locations:
            own += spec.submodule_search_locations
        elif spec and spec.origin and os.path.isabs(spec.origin):
            own.append(spec.origin)
    return outermost([*SYSTEM, *own])


def outermost(paths: Iterable[str]) -> list[str]:
    """Return the existing paths that are not below another one, shortest first."""
    kept: list[str] = []
    for path in sorted({p for p in paths if os.path.lexists(p)}, key=lambda p: (len(Path(p).parts), p)):
        if not any(Path(path).is_relative_to(other) and not os.path.islink(other) for other in kept):
            kept.append(path)
    return kept
