"""Collect the copies of a module: find them, decide, write, and say what happened."""

import errno
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from autograder.grading import last_done
from autograder.grading.alone import alone
from autograder.grading.collect import exchange
from autograder.grading.collect.copies import Found, Module, Search
from autograder.grading.collect.decide import Decision, State, decide
from autograder.grading.collect.misplaced import misplaced
from autograder.grading.collect.roster import Roster, read_roster
from autograder.grading.collect.write import Writer
from autograder.grading.errors import GradingError
from autograder.grading.identifiers import remarks
from autograder.grading.lateness import delay
from autograder.grading.layout import DEPOSITS, left_out
from autograder.grading.release import load_config, require_usable_gradebook
from autograder.identity import shown

WORK = ".ramassage"
"""In `submitted/`, on the same disk: what is unpacked, and copies being written."""
BUSY = "Un autre ramassage est en cours dans ce cours : attendez qu’il finisse, puis relancez."
DISK_FULL = "Le disque est plein : faites de la place, puis relancez la même commande. Rien n’est perdu."
NOT_WRITTEN = "la copie n’a pas pu être écrite ({error}) : rien n’est changé pour cette personne. Relancez"
UNKNOWN = "« --accept {learner} » : aucune copie en attente sous ce nom. Vérifiez l’identifiant dans le message qui l’a donné."
FILED = "rangée sous « {learner} » : même nom, à la casse, aux espaces ou à l’ordre des mots près, ou dans la liste de la classe"


@dataclass
class Report:
    """What happened, by learner. Notes are (who or where, what), in French; so are `waiting`, that need a decision."""

    module: str
    learners: dict[str, list[str]] = field(default_factory=dict)
    """By what became of their copy: the values of `State`."""
    kept: dict[str, Path] = field(default_factory=dict)
    """Where the copy that was replaced is."""
    late: dict[str, timedelta] = field(default_factory=dict)
    unlisted: list[str] = field(default_factory=list)
    """Whose copy is taken, although the class list does not hold them."""
    missing: list[str] = field(default_factory=list)
    misplaced: list[tuple[str, str]] = field(default_factory=list)
    held: list[Decision] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    declared: bool = False
    """Whether something rests on what learners say of themselves."""

    @property
    def ok(self) -> bool:
        """Whether every copy that was found is in its place, or gave it to a later one."""
        return not self.held and not self.refused

    def add(self, decision: Decision) -> None:
        """Count a copy."""
        self.declared |= decision.found.declared is not None
        self.learners.setdefault(decision.state.value, []).append(decision.learner)


def collect(
    course: Path,
    name: str,
    sources: Sequence[Path] = (),
    accepted: Sequence[str] = (),
    now: datetime | None = None,
) -> Report:
    """Bring the last hand-in of each learner into `submitted/`: from the exchange, or from the sources given.

    Raises GradingError when nothing can be collected; one bad copy only fills `Report.refused`.
    """
    started = time.time()
    config = load_config(course)
    submitted = course / "submitted"
    require_usable_gradebook(course)  # nbgrader would start an empty one over a loss
    roster = read_roster(config, name, submitted)
    module = Module(name, _others(course, name), CourseDirectory(config=config).ignore)
    with alone(submitted / WORK, BUSY) as work:
        search = Search(module, work)
        found = (
            [one for source in sources for one in search.look(source)]
            if sources
            else exchange.fetch(config, search, submitted)
        )
        run = _Run(course, module, roster, Writer(course, name, work, now or datetime.now()))
        run.take(sorted(found, key=_moment), _known(accepted, found, roster))
    report = run.report
    report.notes[:0] = search.notes
    report.refused += search.refused
    report.misplaced = misplaced(submitted, module)
    expected = roster.students.keys() - {*left_out(CourseDirectory(config=config))}
    report.missing = sorted(one for one in expected if not (submitted / one / name).is_dir())
    if step := _step(course, sources):
        last_done.note(course, step, name, started)
    return report


def _step(course: Path, sources: Sequence[Path]) -> str:
    """Return what the page « Aujourd’hui » calls this collecting: of the exchange, of the deposited files; "" of files from elsewhere."""
    if not sources:
        return "collect"
    deposits = (course / DEPOSITS).resolve()
    return "files" if any(one.resolve().is_relative_to(deposits) for one in sources) else ""


class _Run:
    """One run: each copy in turn, the oldest first, so that the last one stays."""

    def __init__(self, course: Path, module: Module, roster: Roster, writer: Writer):
        self.report = Report(module.name)
        self._course, self._module, self._roster, self._writer = course, module, roster, writer

    def take(self, copies: Sequence[Found], accepted: Sequence[str]) -> None:
        for found in copies:
            decision = decide(found, self._module, self._roster, self._course, accepted)
            if decision.state in (State.NEW, State.REPLACED):
                self._write(decision)
            elif decision.state is State.HELD:
                self.report.held.append(decision)
            elif decision.state is State.REFUSED:
                self.report.refused.append((found.origin, decision.reason))
            else:
                self.report.add(decision)
                self._tell_late(decision)

    def _write(self, decision: Decision) -> None:
        found, learner = decision.found, decision.learner
        try:
            kept = self._writer.write(found, learner)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise GradingError(DISK_FULL) from None
            self.report.refused.append((found.origin, NOT_WRITTEN.format(error=error)))
            return
        self.report.add(decision)
        if kept:
            self.report.kept[learner] = kept
        self._tell(found, learner)
        self._tell_late(decision)
        self._roster.present.add(learner)

    def _tell(self, found: Found, learner: str) -> None:
        roster, notes = self._roster, self.report.notes
        given = found.proven or (found.declared.learner if found.declared else found.folder)
        if given != learner:
            notes.append((shown(given), FILED.format(learner=shown(learner))))
        if roster.students and learner not in roster.students:
            self.report.unlisted.append(learner)
        odd = remarks([learner], {*roster.students, *roster.present})
        notes += [(shown(learner), said) for said in odd.get(learner, ())]

    def _tell_late(self, decision: Decision) -> None:
        """Of the copy that is now in its place."""
        if decision.state is State.OLDER:
            return
        learner, roster = decision.learner, self._roster
        late = delay(decision.found.handed_in, roster.due, roster.extensions.get(learner))
        self.report.late.pop(learner, None)
        if late:
            self.report.late[learner] = late


def _moment(found: Found) -> tuple[datetime, str]:
    return found.handed_in or datetime.min, found.origin


def _known(accepted: Sequence[str], found: Sequence[Found], roster: Roster) -> list[str]:
    """Return the learners whom the instructor names; raise GradingError when no copy is theirs."""
    named = {roster.find(one.proven or one.folder) for one in found if one.proven or one.folder}
    named |= {roster.find(one.declared.learner) for one in found if one.declared}
    for learner in accepted:
        if roster.find(learner) not in named:
            raise GradingError(UNKNOWN.format(learner=learner))
    return [roster.find(learner) for learner in accepted]


def _others(course: Path, name: str) -> list[str]:
    folders = {
        path.name for step in ("source", "release") for path in (course / step).glob("[!.]*") if path.is_dir()
    }
    return sorted(folders - {name})
