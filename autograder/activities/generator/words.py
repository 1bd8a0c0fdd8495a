"""What people read of a model, in French."""

from autograder.activities.generator.form import MEASURES, GeneratorForm
from autograder.activities.generator.outcome import DRAWN, Outcome
from autograder.activities.generator.settings import Setting
from autograder.french.numbers import NO_BREAK, number, percent, share, short

EXISTS, INVENTED = "existe", "inventé"
MEANINGS: dict[float, str] = {0: " (aucun hasard)", 1: " (comme compté)"}
"""What some temperatures mean."""


def goal(form: GeneratorForm) -> list[str]:
    """Return what a setting has to reach, a line a measure."""
    return [
        f"{MEASURES[measure]}{NO_BREAK}: au moins {percent(least)} des {number(DRAWN)} tirages"
        for measure, least in form.get("reach", {}).items()
    ]


def order(value: int) -> str:
    """Return an order in words."""
    return f"{value} lettre{'s' if value > 1 else ''}"


def temperature(value: float) -> str:
    """Return a temperature, with what its ends mean."""
    return short(value) + MEANINGS.get(value, "")


def setting(chosen: Setting) -> list[str]:
    """Return where each cursor stands."""
    return [
        f"Le modèle regarde{NO_BREAK}: {order(chosen.order)}",
        f"Température{NO_BREAK}: {temperature(chosen.temperature)}",
    ]


def training(got: Outcome) -> str:
    """Return what training gave."""
    return (
        f"Entraîné sur {number(got.read)} noms{NO_BREAK}: {number(got.beginnings)} débuts différents, "
        f"dont {share(100 * got.forced)} n’ont connu qu’une seule suite."
    )


def figures(form: GeneratorForm, got: Outcome) -> list[tuple[str, str]]:
    """Return what is measured, and its value; whether it reaches the goal."""
    return [
        (MEASURES[measure], _value(form, got, measure)) for measure in form.get("measures", list(MEASURES))
    ]


def _value(form: GeneratorForm, got: Outcome, measure: str) -> str:
    value = f"{number(got.counts[measure])} sur {number(len(got.names))}, soit {share(got.share(measure), 1)}"
    least = form.get("reach", {}).get(measure)
    if least is None:
        return value
    return value + (" (but atteint)" if got.share(measure) >= least else f" (il faut {percent(least)})")


def status(form: GeneratorForm, got: Outcome) -> str:
    """Return what is said aloud after each draw."""
    return ". ".join(f"{name}{NO_BREAK}: {value}" for name, value in figures(form, got)) + "."
