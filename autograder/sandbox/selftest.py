"""Prove the sandbox on this machine, with planted canaries: each attack must fail for its expected reason.

Ordinary uses, the controls, must work too: a sandbox where nothing works refuses all the attacks, and proves nothing.
"""

import contextlib
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder import files, fingerprint
from autograder.sandbox.attacks import ATTACKS, CONTROLS, CONTROLS_WITH_NAMESPACES, Attack
from autograder.sandbox.client import Zygote
from autograder.sandbox.errors import SandboxRefused
from autograder.sandbox.results import CellResult
from autograder.sandbox.spec import Limits, Spec

DAEMON = "campus-canari-demon"
LIMITS = Limits(
    cell_seconds=5,
    memory_bytes=512 << 20,
    processes=24,
    file_bytes=1 << 20,
    disk_bytes=4 << 20,
    output_bytes=1 << 16,
    notebook_output_bytes=1 << 18,
)
UNPROVEN = "La protection ne tient pas sur cette machine : {names}. Rien n’est corrigé. Lancez « campus doctor » pour le détail."


@dataclass(frozen=True)
class Outcome:
    """The outcome of an attack: refused or not, and why."""

    name: str
    refused: bool
    reason: str


@dataclass(frozen=True)
class Control:
    """An ordinary use that must work inside."""

    name: str
    ok: bool
    reason: str


@dataclass(frozen=True)
class Report:
    """The proof, for one tier on this machine."""

    tier: str
    memory_is_bounded: bool
    attacks: list[Outcome]
    controls: list[Control]

    @property
    def failures(self) -> list[str]:
        """The names of the attacks that were not refused, and of the controls that do not work."""
        open_ = [attack.name for attack in self.attacks if not attack.refused]
        return open_ + [control.name for control in self.controls if not control.ok]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Report":
        return cls(
            data["tier"],
            data["memory_is_bounded"],
            [Outcome(**attack) for attack in data["attacks"]],
            [Control(**control) for control in data["controls"]],
        )


def require(zygote: Zygote) -> Report:
    """Return the report of this machine, from the cache when nothing changed. Raises SandboxRefused on a failure.

    The tier "none" protects nothing: it is not tested, and its report is empty.
    """
    if zygote.tier == "none":
        return Report("none", False, [], [])
    cache = _cache(zygote)
    try:
        report = Report.from_json(json.loads(cache.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        report = test(zygote)
        if not report.failures:
            with contextlib.suppress(OSError):
                cache.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                files.write(cache, json.dumps(report.to_json()), mode=0o600)
    if report.failures:
        raise SandboxRefused(UNPROVEN.format(names=", ".join(report.failures)))
    return report


def test(zygote: Zygote, on_done: Callable[[str], object] = lambda name: None) -> Report:
    """Run every attack and every control, each in its own run; `on_done` receives each name."""
    with tempfile.TemporaryDirectory(prefix="campus-canari-") as folder, _planted(Path(folder)) as canaries:
        outcomes, controls = [], []
        for attack in ATTACKS:
            outcomes.append(_attack(zygote, attack, canaries))
            on_done(attack.name)
        extra = CONTROLS_WITH_NAMESPACES if zygote.tier == "namespaces" else {}
        for name, code in (CONTROLS | extra).items():
            controls.append(_control(zygote, name, code, canaries))
            on_done(name)
    return Report(zygote.tier, zygote.memory_is_bounded, outcomes, controls)


@dataclass
class Canaries:
    """The canaries planted outside the sandbox, and how to see that an attack reached one of them."""

    values: dict[str, Any]
    copy: Path
    allowed: Path
    target: Path
    victim: "subprocess.Popen[bytes]"
    listeners: list[socket.socket]

    def touched(self) -> str:
        """Return what an attack reached outside; "" when it reached nothing."""
        if self.target.exists():
            return "fichier écrit"
        if self.victim.poll() is not None:
            return "programme arrêté"
        for listener in self.listeners:
            with contextlib.suppress(BlockingIOError):
                if listener.type == socket.SOCK_DGRAM:
                    listener.recv(1)
                else:
                    listener.accept()
                return "connexion reçue"
        return "programme encore là" if _alive(DAEMON) else ""


@contextlib.contextmanager
def _planted(folder: Path) -> Iterator[Canaries]:
    folder.chmod(0o755)  # else permissions would protect the canaries, and the test would prove nothing
    copy, allowed, secret = folder / "copie", folder / "permis.txt", folder / "secret.txt"
    copy.mkdir()
    (copy / "copie.txt").write_text("copie")
    allowed.write_text("permis")
    secret.write_text("secret")
    open_folder = folder / "ouvert"
    open_folder.mkdir()
    open_folder.chmod(0o777)
    with contextlib.ExitStack() as stack:
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = stack.enter_context(socket.socket(type=socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        unix = stack.enter_context(socket.socket(socket.AF_UNIX))
        unix.bind(str(open_folder / "prise"))
        unix.listen()
        (open_folder / "prise").chmod(0o777)
        listeners = [tcp, udp, unix]
        for listener in listeners:
            listener.setblocking(False)
        victim = subprocess.Popen(["sleep", "600"])
        stack.callback(victim.wait)
        stack.callback(victim.kill)
        values = {
            "secret": str(secret),
            "home": str(_file_at_home() or secret),
            "target": str(open_folder / "canari"),
            "tcp": tcp.getsockname()[1],
            "udp": udp.getsockname()[1],
            "unix": str(open_folder / "prise"),
            "victim": victim.pid,
            "memory": LIMITS.memory_bytes * 2,
            "processes": LIMITS.processes * 2,
            "file": LIMITS.file_bytes * 2,
            "output": LIMITS.output_bytes * 2,
            "daemon": DAEMON,
            "allowed": str(allowed),
        }
        yield Canaries(values, copy, allowed, open_folder / "canari", victim, listeners)


def _file_at_home() -> Path | None:
    files = (path for path in sorted(Path.home().iterdir()) if path.is_file() and os.access(path, os.R_OK))
    return next(files, None)


def _run(zygote: Zygote, code: str, canaries: Canaries) -> CellResult:
    spec = Spec(files=canaries.copy, readable=(canaries.allowed,), limits=LIMITS)
    with zygote.session(spec) as session:
        seconds = 1 if code.startswith("while") else None
        return session.execute(code.format(**canaries.values), seconds)


def _attack(zygote: Zygote, attack: Attack, canaries: Canaries) -> Outcome:
    result = _run(zygote, attack.code, canaries)
    if attack.outside:
        time.sleep(0.05)
        touched = _gone(canaries)
        if touched:
            return Outcome(attack.name, False, touched)
    error = _error(result)
    if attack.flag and attack.flag not in {flag.kind for flag in result.flags}:
        return Outcome(attack.name, False, error or "aucune limite atteinte")
    if attack.expected and error.partition(":")[0] not in attack.expected:
        return Outcome(attack.name, False, error or "aucun refus")
    return Outcome(attack.name, True, error or attack.flag or "disparu")


def _gone(canaries: Canaries) -> str:
    """Return what an attack reached outside, once killed processes have had the time to disappear."""
    for _ in range(20):
        touched = canaries.touched()
        if touched != "programme encore là":
            return touched
        time.sleep(0.05)
    return touched


def _control(zygote: Zygote, name: str, code: str, canaries: Canaries) -> Control:
    result = _run(zygote, code, canaries)
    return Control(name, result.status == "ok", _error(result))


def _error(result: CellResult) -> str:
    errors = [output for output in result.outputs if output["output_type"] == "error"]
    return f"{errors[0]['ename']}: {errors[0]['evalue']}"[:200] if errors else ""


def _alive(name: str) -> bool:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if path.read_bytes().startswith(name.encode()):
                return True
    return False


def _cache(zygote: Zygote) -> Path:
    """Return where the report of this machine is kept.

    The name changes when the machine restarts, and when the sandbox or the software below it changes.
    """
    boot = Path("/proc/sys/kernel/random/boot_id")
    key = fingerprint.of(
        boot.read_text() if boot.exists() else "",
        platform.release(),
        fingerprint.of_environment(),
        os.path.realpath(sys.executable),
        sys.prefix,
        str(os.geteuid()),
        zygote.tier,
        str(zygote.memory_is_bounded),
        fingerprint.of_folder(Path(__file__).parent),
    )
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "campus" / f"bac-{key[:24]}.json"
