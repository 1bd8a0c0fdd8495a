"""What a run may use: its files, the paths that it may read, and its limits."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Limits:
    """Bounds of one run. Sizes are in bytes, times in seconds of wall clock."""

    cell_seconds: float = 30
    notebook_seconds: float = 300
    memory_bytes: int = 2 * 2**30
    """Address space of each process, besides the address space of the warm parent."""
    processes: int = 64
    """Processes and threads alive at once."""
    file_bytes: int = 64 * 2**20
    disk_bytes: int = 256 * 2**20
    """Size of all the files of the private copy, and of all the files of the temporary folder (namespaces only)."""
    output_bytes: int = 2 * 2**20
    """Size of the outputs of one cell."""
    notebook_output_bytes: int = 16 * 2**20
    open_files: int = 512


@dataclass(frozen=True)
class Spec:
    """One run: a private copy of `files` is its working folder, thrown away at the end.

    - `files` is a folder: its regular files are copied, its links and special files are left out.
    - `readable` are files or folders visible read-only at their own paths.
    - `env` adds variables to a minimal environment: the variables of the caller do not pass.
    - `loopback` gives the run a network without any way out, for programs that talk to themselves (namespaces only).
    - `at_home` is for code that the caller fully trusts: it works in this very folder, with exactly the variables of `env`,
      and nothing confines it (tier "none" only).
    """

    files: Path | None = None
    readable: tuple[Path, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    loopback: bool = False
    at_home: Path | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "files": str(self.files.resolve()) if self.files else None,
            "readable": [str(path.resolve()) for path in self.readable],
            "env": self.env,
            "limits": asdict(self.limits),
            "loopback": self.loopback,
            "at_home": str(self.at_home.resolve()) if self.at_home else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Spec":
        return cls(
            Path(data["files"]) if data["files"] else None,
            tuple(map(Path, data["readable"])),
            data["env"],
            Limits(**data["limits"]),
            data["loopback"],
            Path(data["at_home"]) if data["at_home"] else None,
        )
