"""A course where several people left data everywhere that the course can hold some; and a search that knows nothing of ours."""

import json
import os
import shutil
import sqlite3
import unicodedata
import zipfile
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.utils import notebook_hash
from sqlalchemy import delete

from autograder.grading.batch.reuse import ResultStore
from autograder.grading.config import COURSE_ID
from autograder.grading.layout import DEPOSITS
from autograder.records.tables import Answer, GradedCopy, Mistake, Person
from tests.nbgrader.batch_course import MODULE, make_course

ZOE = unicodedata.normalize("NFC", "zoé martin")
PEOPLE = ("jean", "jean.dupont", "jean+2", "O'Brien", ZOE, "a*", "[aj]ean", "ean")
DATE = "2026-07-01 10:00:00.000000 UTC"


@dataclass(frozen=True)
class Someone:
    """What names a person, unlike anything else in the course. `number` makes them."""

    learner: str

    @property
    def number(self) -> int:
        return PEOPLE.index(self.learner)

    @property
    def first(self) -> str:
        return f"Élodie{self.number}q"

    @property
    def last(self) -> str:
        return f"D’Avrençon{self.number}q"

    @property
    def email(self) -> str:
        return f"courriel{self.number}q@exemple.fr"

    @property
    def key(self) -> str:
        return f"cle{self.number}q0123456789"

    @property
    def secret(self) -> str:
        return f"secret{self.number}q"

    @property
    def words(self) -> list[str]:
        return [self.first, self.last, self.email, self.key, self.secret]


def make_people(base: Path) -> Path:
    """Make the course; return its folder. The cache of results is `base/cache`."""
    course = make_course(base)
    course.store = ResultStore(base / "cache" / "graded")
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", COURSE_ID) as gradebook:
        for one in map(Someone, PEOPLE):
            gradebook.update_or_create_student(
                one.learner, first_name=one.first, last_name=one.last, email=one.email
            )
    for one in map(Someone, PEOPLE):
        answers = {"couleur": "b", "avis": f"Avis de {one.first}, {one.email}"}
        folder = course.hand_in(one.learner, f"total = '{one.last}'", answers, timestamp=DATE)
        (folder / "submission_secret.txt").write_text(one.secret)
        (folder / "identite.json").write_text(json.dumps({"schema": 1, "learner": one.learner}))
    report = course.grade()
    assert report.ok, report.failed
    _elsewhere(course.root)
    _lab(base / "travail" / ".campus" / "instructor")
    _outcomes(course.root)
    assert hits(base / "cache", [Someone("jean").last]), "the cache holds texts of copies"
    return course.root


def _elsewhere(root: Path) -> None:
    """Fill the folders that other commands fill."""
    for one in map(Someone, PEOPLE):
        copy = root / "submitted" / one.learner / MODULE
        shutil.copytree(copy, root / "replaced" / "20260101-120000" / one.learner / MODULE)
        shutil.copytree(copy, root / "feedback" / one.learner / MODULE)
        page = f"<h1>{one.first} {one.last}</h1>"
        (root / "feedback" / one.learner / MODULE / f"{MODULE}.html").write_text(page)
        exchange = root / "exchange" / COURSE_ID
        shutil.copytree(copy, exchange / "inbound" / f"{one.learner}+{MODULE}+{DATE}+abcd")
        (exchange / "feedback").mkdir(exist_ok=True)
        name = notebook_hash(secret=one.secret, notebook_id=MODULE)
        (exchange / "feedback" / f"{name}.html").write_text("<h1>Retour</h1>")
        export = root / "exports" / f"tout-{one.number}.zip"
        export.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(export, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.csv", one.email)
    (root / "reports").mkdir()
    (root / "reports" / "page.html").write_text("".join(f"<p>{Someone(one).first}" for one in PEOPLE))
    (root / "reports" / "bilan.html").write_text("<p>12 personnes</p>")
    deposit = root / DEPOSITS / MODULE / "envoi-0a1b2c.zip"
    deposit.parent.mkdir(parents=True)
    with zipfile.ZipFile(deposit, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("copies.txt", "\n".join(Someone(one).email for one in PEOPLE))
    (root / ".gestes").mkdir(exist_ok=True)
    (root / ".gestes" / "dit.txt").write_text("".join(f"{one} : rendue\n" for one in PEOPLE))
    (root / ".gestes" / f"grade-{MODULE}").touch()
    (root / ".ramassage-xyz").mkdir()
    (root / ".ramassage-xyz" / "copie").write_text(Someone("jean").email)


def _lab(state: Path) -> None:
    """Fill what the instructor's JupyterLab writes for itself: its log, a database of paths, a setting."""
    state.mkdir(parents=True)
    (state / "reglages.json").write_text("{}")
    (state / "serveur.log").write_text("".join(f"GET /{Someone(one).email}\n" for one in PEOPLE))
    with closing(sqlite3.connect(state / "chemins.db")) as connection:
        connection.execute("CREATE TABLE chemins (texte)")
        connection.executemany("INSERT INTO chemins VALUES (?)", [(Someone(one).key,) for one in PEOPLE])
        connection.commit()


def _outcomes(root: Path) -> None:
    """Give each person a known key, and one mistake, in the place of what their grading kept."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", COURSE_ID) as gradebook:
        for table in (Person, GradedCopy, Answer, Mistake):
            gradebook.db.execute(delete(table))
        for one in map(Someone, PEOPLE):
            here = {"key": one.key, "module": MODULE}
            gradebook.db.add_all([
                Person(learner=one.learner, key=one.key),
                GradedCopy(**here, version=1, has_tries=False),
                Answer(**here, exercise="somme", state="right", share=1.0),
                Mistake(**here, exercise="somme", mistake="*", is_kept=True, is_first=True, times=0),
            ])  # fmt: skip
        gradebook.db.commit()


# --- A search of its own: bytes in files, in archives; names of files; rows


def files(root: Path) -> dict[str, bytes]:
    """Return the bytes of every file but the gradebook, and of links the target, by relative path."""
    found = {}
    for parent, folders, names in os.walk(root):
        for name in [*names, *(one for one in folders if os.path.islink(os.path.join(parent, one)))]:
            path = Path(parent, name)
            content = os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
            found[str(path.relative_to(root))] = content
    return found


def hits(root: Path, words: list[str]) -> list[str]:
    """Return the files that hold one of the words in some writing: like `grep -r`, that reads archives too."""
    patterns = {form for word in words for form in _writings(word)}
    return [
        name for name, raw in files(root).items() if _holds(raw, patterns) or _holds(name.encode(), patterns)
    ]


def _writings(word: str) -> set[bytes]:
    texts = {unicodedata.normalize(form, word) for form in ("NFC", "NFD")}
    texts |= {text.replace("’", "'") for text in texts}
    found = {text.encode() for text in texts} | {json.dumps(text)[1:-1].encode() for text in texts}
    return {one.lower() for one in found | {text.encode("latin-1", "replace") for text in texts}}


def _holds(raw: bytes, patterns: set[bytes]) -> bool:
    if any(pattern in raw.lower() for pattern in patterns):
        return True
    if not raw.startswith(b"PK"):
        return False
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return any(_holds(archive.read(one), patterns) for one in archive.namelist())


def rows(root: Path) -> set[tuple[object, ...]]:
    """Return every row of every table of the gradebook."""
    with closing(sqlite3.connect(root / "gradebook.db")) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {(table, *row) for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')}
