"""Where the modules of a course stand, as the page tells it."""

from dataclasses import dataclass
from datetime import datetime

from autograder.today.outputs import Output


@dataclass(frozen=True)
class Standing:
    """One module. Counts are of copies, but `waiting`, of free answers, and `listed`, of people (0: no class list).

    `arrived`: hand-ins that came since the last collection, `deposited` those of them that came by files. `unread`: graded copies
    that hold a free answer to read; `to_give`: the other graded copies whose feedback page is not made. `reported`: whether its report
    was made since.
    """

    folder: str
    title: str
    built: bool = True
    published: bool = True
    due: datetime | None = None
    listed: int = 0
    missing: int = 0
    arrived: int = 0
    deposited: int = 0
    files: int = 0
    handed_in: int = 0
    to_grade: int = 0
    graded: int = 0
    failed: int = 0
    waiting: int = 0
    unread: int = 0
    to_give: int = 0
    given: int = 0
    reported: bool = False

    @property
    def id(self) -> str:
        """The id of the module, which people say."""
        return self.folder.partition("-")[0]

    @property
    def named(self) -> str:
        """The id and the title."""
        return f"{self.id} – {self.title}"


@dataclass(frozen=True)
class Day:
    """The whole course. `problem`: what keeps the gradebook from being read, in French."""

    modules: tuple[Standing, ...]
    listed: int = 0
    lists: int = 0
    """Class lists given and not imported since."""
    problem: str = ""
    outputs: tuple[Output, ...] = ()
