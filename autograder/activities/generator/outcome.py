"""What a setting gives: names drawn, each compared with the real list."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from autograder.activities.generator.corpus import Key, key_of, names_of, pieces_of, real_of, runs, trained
from autograder.activities.generator.form import GeneratorForm
from autograder.activities.generator.settings import Setting

DRAWN = 2000
"""Names drawn for each setting."""
FIRST = 1
"""The draw by which a setting is judged: everybody has the same."""


@dataclass(frozen=True)
class Outcome:
    """The names drawn, those of them that exist, and counts of all of them."""

    setting: Setting
    read: int
    beginnings: int
    forced: float
    names: tuple[str, ...]
    real: frozenset[str]
    counts: Mapping[str, int]

    def share(self, measure: str) -> float:
        """Return a measure in per cent of the names drawn."""
        return 100 * self.counts[measure] / len(self.names)

    def failed(self, goal: Mapping[str, float]) -> list[str]:
        """Return the measures that do not reach a goal."""
        return [measure for measure, least in goal.items() if self.share(measure) < least]


def outcome(form: GeneratorForm, setting: Setting, draw: int = FIRST) -> Outcome:
    """Train, draw and compare."""
    return _outcome(key_of(form["corpus"]), setting, draw)


@lru_cache(maxsize=64)
def _outcome(key: Key, setting: Setting, draw: int) -> Outcome:
    model, real, pieces = trained(key, setting.order), real_of(key), pieces_of(key)
    names = model.draw(DRAWN, setting.temperature, draw)
    invented = [name for name in names if name not in real]
    counts = {
        "real": len(names) - len(invented),
        "invented": len(invented),
        "credible": sum(runs(name) <= pieces for name in invented),
        "distinct": len(set(names)),
    }
    return Outcome(
        setting,
        len(names_of(key)),
        len(model.follows),
        model.forced,
        tuple(names),
        frozenset(real.intersection(names)),
        counts,
    )
