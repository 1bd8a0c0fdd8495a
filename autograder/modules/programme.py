"""The tracks and their modules: `course/programme.yml`, the only table of contents."""

from dataclasses import dataclass
from pathlib import Path

from autograder import paths
from autograder.modules import yaml_text
from autograder.modules.errors import ModuleError


@dataclass(frozen=True)
class Track:
    """A track (parcours): the modules it lists, by id, in order."""

    id: str
    title: str
    summary: str
    modules: tuple[str, ...]


@dataclass(frozen=True)
class Programme:
    """The tracks, in order."""

    tracks: tuple[Track, ...]


def load_programme(path: Path | None = None) -> Programme:
    """Read the programme; raise ModuleError."""
    document = yaml_text.read(path or paths.course() / "programme.yml", "programme")
    data = document.data
    seen: set[str] = set()
    for number, track in enumerate(data["tracks"]):
        for index, name in enumerate(track["modules"]):
            if name in seen:
                message = f"le module {name} est dans deux places du programme : gardez-en une."
                raise ModuleError([document.finding(message, "tracks", number, "modules", index)])
            seen.add(name)
    return Programme(
        tuple(Track(t["id"], t["title"], t["summary"], tuple(t["modules"])) for t in data["tracks"])
    )


def load_competences(path: Path | None = None) -> dict[str, str | None]:
    """Return every competence code (`pix:1.2`) with its label, or None where no label is asserted; raise ModuleError."""
    data = yaml_text.read(path or paths.course() / "competences.yml", "competences").data
    return {
        f"{framework}:{number}": label
        for framework, content in data.items()
        for number, label in content["competences"].items()
    }
