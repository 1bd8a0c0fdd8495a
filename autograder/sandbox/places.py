"""The paths that a confined process sees: the interpreter, its libraries and the system's libraries, no more."""

import importlib.util
import os
import sys
from collections.abc import Iterable
from pathlib import Path

WORK = "/travail"
"""The working folder, with the private copy of the files, of a run that has its own mounts."""
TEMPORARY = "/tmp"
"""The temporary folder of such a run: private, and empty at first."""
HOST = "/.host"
"""The machine's files, as the warm process sees them; removed from every confined child before its cells run."""

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
    """Return the paths that every run may read: the system's libraries, Python, and the folders of `packages`.

    A package installed from its sources is visible without the rest of its repository.
    """
    python = [sys.prefix, sys.base_prefix, sys.exec_prefix]
    python += [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    for name in {package.partition(".")[0] for package in packages}:
        spec = importlib.util.find_spec(name)
        if spec and spec.submodule_search_locations:
            python += spec.submodule_search_locations
        elif spec and spec.origin and os.path.isabs(spec.origin):
            python.append(spec.origin)
    return outermost([*SYSTEM, *python])


def outermost(paths: Iterable[str]) -> list[str]:
    """Return the existing paths that are not below another of the paths, shortest first."""
    kept: list[str] = []
    for path in sorted({p for p in paths if os.path.lexists(p)}, key=lambda p: (len(Path(p).parts), p)):
        if not any(Path(path).is_relative_to(other) and not os.path.islink(other) for other in kept):
            kept.append(path)
    return kept
