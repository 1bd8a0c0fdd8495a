"""Find the copies of a module in what the instructor gives: folders, our archives, Moodle's, nbgrader's layout."""

import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path

from autograder import identity
from autograder.contract.names import ANSWERS
from autograder.grading.collect.archives import JUNK, MANY, MAX_BYTES, ArchiveError, unpack
from autograder.grading.dates import TIMESTAMP, UnreadableDate, read_date
from autograder.grading.errors import GradingError
from autograder.grading.handed_in import left_out_note
from autograder.grading.regular_files import regular_files
from autograder.identity import Identity, shown

MOODLE = re.compile(
    r"(?P<name>.+)_[0-9]+_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<rest>.*))?", re.DOTALL
)
"""What Moodle calls a learner's folder, or the file itself, in the archive of all the submissions."""
DEEPEST = 8
MOST_FOLDERS = 20_000
MOST_NESTED = 2  # Moodle’s archive, then a learner's
SMALL_FILE = 100_000  # bytes of an identity or of a date

NOT_THERE = "« {path} » n’existe pas : vérifiez le chemin."
NOT_A_SOURCE = "« {path} » n’est ni un dossier, ni une archive zip."
TOO_WIDE = "« {path} » contient trop de dossiers : donnez seulement celui des copies."
REFUSED = "{reason} : laissée de côté"
ONLINE_TEXT = "texte saisi en ligne dans Moodle, sans fichier : laissé de côté"
OTHER_MODULE = "copie d’un autre module ({module}) : laissée de côté"
NESTED = "archive dans une archive, elle-même dans une archive"
FULL = "les archives déjà ouvertes dépassent {size} Go : donnez les autres dans une autre commande"
NOTHING = "aucune copie du module {module} n’y a été trouvée"
NO_DATE = "date de remise illisible : copie prise sans date"
UNUSED = f"fichiers laissés de côté ({{names}}) : on attend un carnet, une archive zip ou {ANSWERS}"


@dataclass(frozen=True)
class Found:
    """A copy, where it lies. `proven`: the learner that the exchange or Moodle names; `folder`: the name of a plain folder."""

    origin: str
    files: Mapping[str, Path]
    """By relative path: what is to be kept."""
    proven: str = ""
    folder: str = ""
    declared: Identity | None = None
    from_exchange: bool = False
    handed_in: datetime | None = None
    """In UTC, without zone."""


@dataclass(frozen=True)
class Module:
    """The module that is collected; `others`: the other folders of modules of the course; `ignore`: as in nbgrader."""

    name: str
    others: Sequence[str]
    ignore: Sequence[str]


@dataclass
class Search:
    """A search in several places; `work` is a folder to unpack archives in. `notes`: where, and what was left aside, in French."""

    module: Module
    work: Path
    notes: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Copies that could not be read."""
    _numbers: Iterator[int] = field(default_factory=count)
    _folders: int = 0
    _bytes: int = 0

    def look(self, source: Path) -> list[Found]:
        """Return the copies of the module in a folder or an archive that the instructor names. Raises GradingError."""
        if not source.exists():
            raise GradingError(NOT_THERE.format(path=source))
        moodle = MOODLE.fullmatch(source.name)
        place = _Place(shown(source.name), proven=moodle["name"] if moodle else "")
        if source.is_dir():
            found = list(self._in_folder(source, place))
        elif source.is_file() and source.suffix.casefold() == ".zip":
            found = list(self._in_archive(source, place, copies=MANY))
        else:
            raise GradingError(NOT_A_SOURCE.format(path=source))
        if not found and not self.refused:
            self.notes.append((place.shown, NOTHING.format(module=self.module.name)))
        return found

    def take(self, folder: Path, learner: str, origin: str) -> Found:
        """Return the copy that the exchange says to be a learner's, whatever is in its folder."""
        files, others = regular_files(folder, self.module.ignore)
        self._leave(others, origin)
        handed_in = self._date(text_of(files.get(TIMESTAMP)), origin)
        return Found(origin, files, proven=learner, from_exchange=True, handed_in=handed_in)

    def _in_folder(self, folder: Path, place: "_Place") -> Iterator[Found]:
        self._folders += 1
        if self._folders > MOST_FOLDERS:
            raise GradingError(TOO_WIDE.format(path=place.shown))
        if _is_copy(folder):
            files, others = regular_files(folder, self.module.ignore)
            self._leave(others, place.shown)
            yield from self._copy(files, text_of(folder / identity.FILE_NAME), place)
        elif place.depth < DEEPEST:
            yield from self._in_entries(folder, place)

    def _in_entries(self, folder: Path, place: "_Place") -> Iterator[Found]:
        loose: dict[str, dict[str, Path]] = {}
        unused: list[str] = []
        for path in sorted(folder.iterdir()):
            if path.is_symlink() or path.name.startswith(".") or path.name in JUNK:
                continue
            moodle = MOODLE.fullmatch(path.name)
            inside = place.inside(path.name)
            if moodle:
                inside = replace(inside, proven=moodle["name"], folder="")
            if moodle and moodle["kind"] == "onlinetext":
                self.notes.append((shown(moodle["name"]), ONLINE_TEXT))
            elif path.is_dir():
                named = inside if moodle or self._is_module(path.name) else replace(inside, folder=path.name)
                yield from self._in_folder(path, named)
            elif path.is_file() and path.suffix.casefold() == ".zip":
                yield from self._in_archive(path, inside)
            elif moodle and moodle["rest"] and path.is_file():
                loose.setdefault(moodle["name"], {})[moodle["rest"]] = path
            else:
                unused.append(shown(path.name))
        if unused:
            names = ", ".join(unused[:5]) + (", …" if len(unused) > 5 else "")
            self.notes.append((place.shown, UNUSED.format(names=names)))
        for name, files in loose.items():
            told = files.pop(identity.FILE_NAME, None)
            yield from self._copy(files, text_of(told), replace(place.inside(name), proven=name, folder=""))

    def _in_archive(self, archive: Path, place: "_Place", copies: int = 1) -> Iterator[Found]:
        folder = self.work / str(next(self._numbers))
        try:
            if place.archives == MOST_NESTED:
                raise ArchiveError(NESTED)
            others = unpack(archive, folder, copies)
            self._count_bytes(folder)
        except ArchiveError as error:
            self.refused.append((place.shown, REFUSED.format(reason=error)))
            return
        self._leave(others, place.shown)
        if folder.is_dir():
            yield from self._in_folder(folder, replace(place, archives=place.archives + 1))

    def _count_bytes(self, folder: Path) -> None:
        self._bytes += sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        if self._bytes > MAX_BYTES * MANY:
            shutil.rmtree(folder)
            raise ArchiveError(FULL.format(size=MAX_BYTES * MANY // 2**30))

    def _copy(self, files: Mapping[str, Path], told: str, place: "_Place") -> Iterator[Found]:
        declared = identity.read(told)
        other = self._other_module(files, declared, place)
        if other:
            self.notes.append((place.shown, OTHER_MODULE.format(module=shown(other))))
            return
        date = declared.handed_in if declared else text_of(files.get(TIMESTAMP))
        handed_in = self._date(date, place.shown)
        yield Found(place.shown, files, place.proven, place.folder, declared, handed_in=handed_in)

    def _leave(self, others: Sequence[str], origin: str) -> None:
        if others:
            self.notes.append((origin, left_out_note("special", others)))

    def _date(self, text: str, origin: str) -> datetime | None:
        if not text:
            return None
        try:
            return read_date(text)
        except UnreadableDate:
            self.notes.append((origin, NO_DATE))
            return None

    def _other_module(self, files: Mapping[str, Path], declared: Identity | None, place: "_Place") -> str:
        """Return the name of another module that a copy says it is of, or ""."""
        name = self.module.name
        if declared and declared.module:
            return "" if _same(declared.module, name) else declared.module
        stems = [path[: -len(".ipynb")] for path in files if path.endswith(".ipynb") and "/" not in path]
        if any(stem.startswith(name) for stem in stems):
            return ""
        named = [*stems, place.last]
        return next((other for other in self.module.others if any(_starts(one, other) for one in named)), "")

    def _is_module(self, folder: str) -> bool:
        """Whether a folder bears the name of a module rather than of a learner."""
        return any(names_module(folder, known) for known in (self.module.name, *self.module.others))


@dataclass(frozen=True)
class _Place:
    """Where the search is: what to call it, and whom the folders on the way name."""

    shown: str
    proven: str = ""
    folder: str = ""
    last: str = ""
    depth: int = 0
    archives: int = 0
    """How many archives, one in the other, it is in."""

    def inside(self, name: str) -> "_Place":
        where = f"{self.shown}/{shown(name)}"
        return replace(self, shown=where, last=name, depth=self.depth + 1)


def _is_copy(folder: Path) -> bool:
    """Whether a folder holds a notebook or answers, other than files that Moodle put side by side."""
    names = [path.name for path in folder.iterdir() if path.is_file() and not path.is_symlink()]
    return any(is_work(name) and not MOODLE.fullmatch(name) for name in names)


def is_work(name: str) -> bool:
    """Whether a file is a notebook or answers, even under another name."""
    lower = name.casefold()
    return ".ipynb" in lower or (lower.startswith(ANSWERS.removesuffix(".json")) and lower.endswith(".json"))


def text_of(path: Path | None) -> str:
    """Return the text of a small regular file; "" when there is none."""
    if path is None or path.is_symlink() or not path.is_file() or path.stat().st_size > SMALL_FILE:
        return ""
    return path.read_text(encoding="utf-8", errors="replace").strip()


def names_module(folder: str, module: str) -> bool:
    """Whether a folder bears the name of a module, or its id, to the case."""
    return _same(folder, module) or _same(folder, module.split("-")[0])


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one).casefold() == unicodedata.normalize("NFC", other).casefold()


def _starts(name: str, module: str) -> bool:
    return names_module(name, module) or name.casefold().startswith(module.casefold())
