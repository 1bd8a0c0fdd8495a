"""The learner's space: released modules are copied into it, work is never overwritten."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

from autograder import files, paths
from autograder.contract.names import EXERCISES, STATE

KEPT = "anciens.json"
NOT_WORK = (".ipynb_checkpoints", "__pycache__")


class State(Enum):
    """What became of one folder of the learner's space."""

    NEW = "new"  # copied for the first time
    CURRENT = "current"  # already the released version
    UPDATED = "updated"  # not worked in: replaced by the newer version
    KEPT = "kept"  # worked in: left alone, although a newer version exists


@dataclass(frozen=True)
class Synced:
    """One folder of the learner's space, after `sync`."""

    folder: str
    state: State


@dataclass(frozen=True)
class Copy:
    """What was copied: the version (hash of all the bytes), and what a learner can change."""

    version: str
    contents: dict[str, str]  # file, relative to the folder -> hash of its content


def sync(sources: Iterable[Path], work: Path) -> list[Synced]:
    """Bring each folder of `sources` into `work`, under its own name.

    What was copied is remembered in `work/.campus/manifest.json`, and kept in `.campus/origine`. A folder whose contents
    are still those has not been worked in, and is replaced when a newer version is released. What the course put there
    and is missing is put back. Raises OSError.
    """
    state = work / STATE
    paths.own(state)
    copies = _read_manifest(state / "manifest.json")
    synced = []
    for source in sources:
        done = _sync_folder(source, work / source.name, copies.get(source.name), state)
        if done is not State.KEPT:
            copies[source.name] = _describe(source)
            _write_manifest(state / "manifest.json", copies)
            _keep_original(source, state)
        synced.append(Synced(source.name, done))
    _write_kept(work, {copy.folder for copy in synced if copy.state is State.KEPT})
    return synced


def _sync_folder(source: Path, target: Path, copied: Copy | None, state: Path) -> State:
    if not target.exists():
        _replace(target, source, state)
        return State.NEW
    released = _describe(source)
    if copied and copied.version == released.version:
        _put_back(source, target)
        return State.CURRENT
    _put_back(_original(source, state), target)
    present = _describe(target)
    if present.version == released.version:
        return State.CURRENT
    if present.contents == released.contents or (copied and present.contents == copied.contents):
        try:
            _replace(target, source, state)
        except PermissionError:  # Windows: a file of the folder is open
            return State.KEPT
        return State.UPDATED
    return State.KEPT


def _replace(target: Path, source: Path, state: Path) -> None:
    """Copy beside, then rename: an interruption leaves no half module."""
    fresh, old = state / "copie", state / "ancien"
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(source, fresh, ignore=shutil.ignore_patterns(*NOT_WORK))
    if target.exists():
        os.replace(target, old)
    os.replace(fresh, target)
    shutil.rmtree(old, ignore_errors=True)


def _original(source: Path, state: Path) -> Path:
    """Return where a folder is kept as the learner got it: a newer version would not go with their notebook."""
    return state / "origine" / source.name


def _keep_original(source: Path, state: Path) -> None:
    original = _original(source, state)
    if not original.is_dir() or version_of(original) != version_of(source):
        original.parent.mkdir(exist_ok=True)
        _replace(original, source, state)


def is_folder(space: Path, folder: str) -> bool:
    """Tell whether a name is that of a folder of the space, and no way out of it."""
    named = bool(folder) and Path(folder).name == folder and not folder.startswith(".")
    return named and (space / folder).is_dir()


def lacks(space: Path, folder: str) -> bool:
    """Tell whether something of what the course put in a learner's folder is missing, or spoilt."""
    own = space / folder
    return not (own / EXERCISES).is_file() or any(True for _ in _missing(_original(own, space / STATE), own))


def complete(space: Path, folder: str) -> None:
    """Put back what is missing, in the version that the learner got. Raises OSError."""
    own = space / folder
    _put_back(_original(own, space / STATE), own)


def _put_back(original: Path, target: Path) -> None:
    for path, present in _missing(original, target):
        present.parent.mkdir(parents=True, exist_ok=True)
        files.write(present, path.read_bytes(), lasting=True)


def _missing(original: Path, target: Path) -> Iterator[tuple[Path, Path]]:
    """Yield what the course owns: any file that is missing, and the exercises, which nobody edits, when they were edited."""
    for path in _files(original):
        name = path.relative_to(original)
        present = target / name
        spoilt = name.name == EXERCISES and present.is_file() and present.read_bytes() != path.read_bytes()
        if spoilt or not os.path.lexists(present):
            yield path, present


def begin_again(space: Path, folder: str, released: Path) -> None:
    """Put the released folder in the place of a learner's: the copy to keep is the caller's affair. Raises OSError."""
    _replace(space / folder, released, space / STATE)
    copies = _read_manifest(space / STATE / "manifest.json")
    _write_manifest(space / STATE / "manifest.json", copies | {folder: _describe(released)})
    _keep_original(released, space / STATE)
    _write_kept(space, set(kept(space)) - {folder})


def _write_kept(space: Path, folders: set[str]) -> None:
    files.write(space / STATE / KEPT, json.dumps(sorted(folders)))


def kept(space: Path) -> frozenset[str]:
    """Return the folders left alone by the last `sync`, although a newer version exists."""
    try:
        return frozenset(json.loads((space / STATE / KEPT).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return frozenset()


def version_of(folder: Path) -> str:
    """Return a hash of all the bytes of a folder; a folder that is missing has one too."""
    return _describe(folder).version


def _describe(folder: Path) -> Copy:
    version, contents = hashlib.sha256(), {}
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        version.update(f"{name}\n".encode() + path.read_bytes())
        contents[name] = hashlib.sha256(_content(path)).hexdigest()
    return Copy(version.hexdigest(), contents)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files that count: neither checkpoints nor caches."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not set(NOT_WORK) & set(path.relative_to(folder).parts):
            yield path


def _content(path: Path) -> bytes:
    """Return what counts as work: for a notebook, its cells' sources.

    JupyterLab rewrites outputs and metadata as soon as a notebook is opened.
    """
    raw = path.read_bytes()
    if path.suffix != ".ipynb":
        return raw
    try:
        cells = json.loads(raw)["cells"]
        return json.dumps([[c["cell_type"], "".join(c["source"])] for c in cells]).encode()
    except (ValueError, KeyError, TypeError):
        return raw


def _read_manifest(path: Path) -> dict[str, Copy]:
    """An unreadable manifest is as good as none: a folder that differs is then left alone."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return {folder: Copy(**copy) for folder, copy in stored.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def _write_manifest(path: Path, copies: dict[str, Copy]) -> None:
    stored = {folder: asdict(copy) for folder, copy in sorted(copies.items())}
    files.write(path, json.dumps(stored, indent=1) + "\n")
