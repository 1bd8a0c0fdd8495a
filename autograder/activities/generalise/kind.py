"""How a setting is judged: by what it protects and what it loses. Every setting that follows the published rule is right."""

from collections.abc import Mapping
from typing import Any

from autograder.activities.generalise.causes import cause, told
from autograder.activities.generalise.form import GeneraliseForm
from autograder.activities.generalise.outcome import outcome
from autograder.activities.generalise.settings import read
from autograder.contract.forms import UnreadableAnswer
from autograder.contract.kinds import Facets, Problem, Share, Told

SETTING, CAUSE = "setting", "cause"
"""The facets of a setting that is not right: where its cursors stand, to which a mistake of the author's is bound, and why it fails."""

REACHED: Facets = {"": "reached"}


class Protected:
    """A setting of cursors."""

    def read(self, value: Any, spec: GeneraliseForm) -> Facets:
        try:
            setting: Any = read(spec, value)
        except UnreadableAnswer as error:
            raise Problem("setting", str(error)) from error
        got = outcome(spec, setting)
        if got.reached:
            return REACHED
        return {SETTING: ",".join(setting[name] for name in spec["cursors"]), CAUSE: cause(got)}

    def shares(self, truth: Any, spec: GeneraliseForm) -> list[Share]:
        return [(facet, canonical, 1.0) for facet, canonical in REACHED.items()]

    def near(self, value: Any, spec: GeneraliseForm) -> list[tuple[str, str]]:
        return [pair for pair in self.read(value, spec).items() if pair[0] != CAUSE]

    def told(self, spec: GeneraliseForm) -> list[Told]:
        return [(CAUSE, name, name, words) for name, words in told(spec).items()]

    def wrong(self, facets: Facets, brings: Mapping[str, float]) -> list[str]:
        """Nothing to point at: a setting is judged whole."""
        return []

    def told_first(self, facets: Facets, mistaken: list[str]) -> list[str]:
        """What the author wrote of this very setting, else the cause."""
        return mistaken[:1]
