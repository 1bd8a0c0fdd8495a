"""An order and a temperature, as an answer holds them. What is read here may have been written by anybody."""

from collections.abc import Mapping
from typing import NamedTuple

from autograder.activities.generator.form import GeneratorForm
from autograder.contract.forms import UnreadableAnswer, Value


class Setting(NamedTuple):
    """How many letters the model looks at, and how much chance it is left."""

    order: int
    temperature: float


def read(form: GeneratorForm, raw: object) -> Value:
    """Return the setting to keep. Raises UnreadableAnswer."""
    order, temperature = setting_of(form, raw)
    return {"order": order, "temperature": temperature}


def setting_of(form: GeneratorForm, raw: object) -> Setting:
    """Return a setting among those that are offered. Raises UnreadableAnswer."""
    if not isinstance(raw, Mapping) or set(raw) != {"order", "temperature"}:
        raise UnreadableAnswer("Réglez le modèle, puis faites-le tirer.")
    return Setting(
        int(_among(form["orders"], raw["order"])), _among(form["temperatures"], raw["temperature"])
    )


def first(form: GeneratorForm) -> Setting:
    """Return the setting from which a learner starts."""
    return Setting(form["orders"][0], form["temperatures"][0])


def _among(known: list[int] | list[float], raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or raw not in known:
        raise UnreadableAnswer("Choisissez un des réglages proposés.")
    return raw
