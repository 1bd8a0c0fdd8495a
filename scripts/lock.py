"""Write the hash-pinned locks from pyproject.toml, or check them without the network (`--check`).

A lock holds names, versions, markers and hashes, and no address: each machine uses its own package index.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bootstrap import ROOT, SetupError, find_uv, pip_settings

COURSE, DEV, UV = "requirements.lock", "requirements-dev.lock", "requirements-uv.lock"
NPM, STATS = "requirements-npm.lock", "requirements-stats.lock"
SOURCES = {
    COURSE: ["pyproject.toml", "--group", "build"],
    DEV: ["--group", "dev", "--constraint", COURSE],
    UV: ["--group", "uv"],
    NPM: ["--group", "npm", "--constraint", DEV],
    STATS: ["--group", "stats", "--constraint", DEV],
}
PLATFORMS = ["linux", "aarch64-unknown-linux-gnu", "macos", "windows"]
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
ADDRESS = re.compile(r"://|^\s*--?(index|extra|find|trusted|f\b|i\b)", re.MULTILINE)


@dataclass(frozen=True)
class Pin:
    """One exact version in a lock; `marker` is "" when it holds everywhere."""

    name: str
    version: str
    marker: str
    hashes: int


def main() -> int:
    """Write or check the locks; return the exit code."""
    parser = argparse.ArgumentParser(description="Écrit les verrous des dépendances.", add_help=False)
    parser.add_argument("-h", "--help", action="help", help="affiche cette aide")
    parser.add_argument("--check", action="store_true", help="vérifie seulement, sans réseau")
    parser.add_argument("--upgrade", action="store_true", help="prend les versions les plus récentes")
    arguments = parser.parse_args()
    if arguments.check:
        problems = find_problems(ROOT)
        print("\n".join(problems) or "Verrous : en ordre.", file=sys.stderr if problems else sys.stdout)
        return 1 if problems else 0
    try:
        write_locks(["--upgrade"] if arguments.upgrade else [])
    except (SetupError, subprocess.CalledProcessError) as error:
        print(f"Verrous non écrits. {error}", file=sys.stderr)
        return 1
    return 0


def write_locks(options: list[str]) -> None:
    """Compile every lock, then prove that each platform finds a wheel for each pin.

    Raises CalledProcessError when uv refuses; its own message is already on screen.
    """
    uv, environment = find_uv(), {**pip_settings(), **os.environ}
    compile_command = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
    compile_command += ["--python-version", PYTHONS[0], "--custom-compile-command", "make lock", *options]
    for lock, sources in SOURCES.items():
        command = [*compile_command, *sources, "--output-file", lock]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    install = [uv, "pip", "install", "--quiet", "--dry-run", "--no-deps", "--require-hashes"]
    install += ["--only-binary", ":all:", "-r", COURSE, "-r", DEV]
    for platform in PLATFORMS:
        for python in PYTHONS:
            print(f"Roues pour {platform}, Python {python}")
            with tempfile.TemporaryDirectory() as empty:
                where = ["--python-platform", platform, "--python-version", python, "--target", empty]
                subprocess.run([*install, *where], cwd=ROOT, env=environment, check=True)


def read_lock(path: Path) -> list[Pin]:
    """Return the pins of a lock, in its order."""
    pin, marker, hashes = r"^([\w.-]+)==([^\s;\\]+)", r"(?: ; ([^\\\n]+?))?", r"((?: \\\n +--hash=\S+)*)$"
    entry = re.compile(pin + marker + hashes, re.MULTILINE)
    return [
        Pin(name, version, marker, hashes.count("--hash=sha256:"))
        for name, version, marker, hashes in entry.findall(path.read_text(encoding="utf-8"))
    ]


def find_problems(root: Path) -> list[str]:
    """Return, in French, how the locks under `root` disagree with pyproject.toml or with each other."""
    problems = []
    pins = {lock: read_lock(root / lock) for lock in SOURCES}
    for lock, found in pins.items():
        problems += [f"{lock} : {pin.name} n’a pas d’empreinte." for pin in found if not pin.hashes]
        if ADDRESS.search((root / lock).read_text(encoding="utf-8")):
            problems.append(f"{lock} : il contient une adresse ; il ne doit avoir que des empreintes.")

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = {
        COURSE: project["project"]["dependencies"] + groups["build"],
        DEV: [one for one in groups["dev"] if isinstance(one, str)] + groups["stats"],
        UV: groups["uv"],
        NPM: groups["npm"],
        STATS: groups["stats"] + project["project"]["optional-dependencies"]["stats"],
    }
    for lock, requirements in wanted.items():
        for requirement in map(Requirement, requirements):
            name = canonicalize_name(requirement.name)
            versions = [pin.version for pin in pins[lock] if pin.name == name]
            if not versions or not all(requirement.specifier.contains(version) for version in versions):
                problems.append(f"{lock} : {requirement} n’y est pas. Lancez « make lock ».")

    course = {(pin.name, pin.version) for pin in pins[COURSE]}
    names = {name for name, _ in course}
    for lock in (DEV, STATS):
        for pin in pins[lock]:
            if pin.name in names and (pin.name, pin.version) not in course:
                problems.append(
                    f"{lock} : {pin.name} {pin.version} contredit {COURSE}. Lancez « make lock »."
                )
    return problems


if __name__ == "__main__":
    sys.exit(main())
