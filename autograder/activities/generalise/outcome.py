"""What a setting protects, and what it loses."""

from dataclasses import dataclass

from autograder.activities.generalise.form import GeneraliseForm
from autograder.activities.generalise.settings import Setting, coarsest, one_finer, rank, row


@dataclass(frozen=True)
class Outcome:
    """`sizes`: the smallest size of each class of groups, with its people; `alive`: the questions that can still be answered."""

    form: GeneraliseForm
    setting: Setting
    smallest: int
    groups: int
    sizes: list[tuple[int, int]]
    alive: set[str]

    @property
    def total(self) -> int:
        return sum(people for _, people in self.sizes)

    @property
    def exposed(self) -> int:
        """The people in groups that are too small."""
        return sum(people for low, people in self.sizes if low < self.form["k"])

    @property
    def safe(self) -> bool:
        return self.smallest >= self.form["k"]

    @property
    def lost(self) -> list[str]:
        """The questions that were to be kept, and are not."""
        return [key for key in self.form.get("keep", []) if key not in self.alive]

    @property
    def erased(self) -> bool:
        """Whether nothing is kept."""
        return dict(self.setting) == coarsest(self.form)

    @property
    def loose(self) -> bool:
        """Whether a cursor may be one step finer, with groups still large enough."""
        finer = one_finer(self.form, self.setting)
        return any(row(self.form, one)[self.form["smallest"]] >= self.form["k"] for one in finer)

    @property
    def reached(self) -> bool:
        """The published rule: groups are large enough, what is asked is answered, and nothing is lost in vain."""
        return self.safe and not self.lost and not self.loose


def outcome(form: GeneraliseForm, setting: Setting) -> Outcome:
    """Return what a setting gives."""
    counts = row(form, setting)
    alive = {
        key
        for key, question in form["questions"].items()
        if all(
            rank(form, name, setting[name]) <= rank(form, name, step)
            for name, step in question["needs"].items()
        )
    }
    sizes = [(low, int(counts[column])) for column, low in form["sizes"].items()]
    return Outcome(form, setting, int(counts[form["smallest"]]), int(counts[form["groups"]]), sizes, alive)
