"""How a setting is judged: by the names that it gives. Every setting that reaches the published goal is right."""

from collections.abc import Mapping
from typing import Any

from autograder.activities.generator.causes import cause, told
from autograder.activities.generator.form import GeneratorForm
from autograder.activities.generator.outcome import outcome
from autograder.activities.generator.settings import setting_of
from autograder.contract.forms import UnreadableAnswer
from autograder.contract.kinds import Facets, Problem, Share, Told

SETTING, CAUSE = "setting", "cause"
"""The facets of a setting that is not right: where it stands, to which a mistake of the author's is bound, and why it fails."""

REACHED: Facets = {"": "reached"}


class Trained:
    """A setting of a model."""

    def read(self, value: Any, spec: GeneratorForm) -> Facets:
        try:
            setting = setting_of(spec, value)
        except UnreadableAnswer as error:
            raise Problem("setting", str(error)) from error
        got = outcome(spec, setting)
        if not got.failed(spec["reach"]):
            return REACHED
        return {SETTING: f"{setting.order},{setting.temperature:g}", CAUSE: cause(spec, got)}

    def shares(self, truth: Any, spec: GeneratorForm) -> list[Share]:
        return [(facet, canonical, 1.0) for facet, canonical in REACHED.items()]

    def near(self, value: Any, spec: GeneratorForm) -> list[tuple[str, str]]:
        return [pair for pair in self.read(value, spec).items() if pair[0] != CAUSE]

    def told(self, spec: GeneratorForm) -> list[Told]:
        return [(CAUSE, name, name, words) for name, words in told(spec).items()]

    def wrong(self, facets: Facets, brings: Mapping[str, float]) -> list[str]:
        """Nothing to point at: a setting is judged whole."""
        return []

    def told_first(self, facets: Facets, mistaken: list[str]) -> list[str]:
        """What the author wrote of this very setting, else the cause."""
        return mistaken[:1]
