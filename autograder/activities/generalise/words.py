"""What people read of a setting, in French."""

from itertools import pairwise

from autograder.activities.generalise.form import GeneraliseForm
from autograder.activities.generalise.outcome import Outcome
from autograder.activities.generalise.settings import Setting
from autograder.french.marks import quoted
from autograder.french.numbers import NO_BREAK, number, share

POSSIBLE, LOST = "possible", "n’est plus possible"


def goal(form: GeneraliseForm) -> list[str]:
    """Return the rule that a setting must follow, one sentence a condition."""
    kept = [
        f"Le fichier répond encore à {quoted(form['questions'][key]['text'])}."
        for key in form.get("keep", [])
    ]
    return [
        f"Chaque groupe compte au moins {form['k']} {form['people']}.",
        *kept,
        "Aucun curseur ne peut reculer d’un cran vers la précision sans faire un groupe trop petit.",
    ]


def setting(form: GeneraliseForm, chosen: Setting) -> list[str]:
    """Return where each cursor stands."""
    return [
        f"{cursor['label']}{NO_BREAK}: {cursor['steps'][chosen[name]]}"
        for name, cursor in form["cursors"].items()
    ]


def figures(got: Outcome) -> list[tuple[str, str]]:
    """Return what is measured, and its value."""
    form, many = got.form, "" if got.groups == 1 else "s"
    enough = "assez grand" if got.safe else f"trop petit, il en faut {form['k']}"
    part = f", soit {share(100 * got.exposed / got.total, 1)}" if got.exposed else ""
    small = f"{number(got.exposed)} sur {number(got.total)}{part}"
    return [
        ("Plus petit groupe (k)", f"{number(got.smallest)}{NO_BREAK}: {enough}"),
        (f"{form['people'].capitalize()} dans un groupe de moins de {form['k']}", small),
        (f"Groupe{many} que le fichier distingue encore", number(got.groups)),
    ]


def labels(form: GeneraliseForm) -> list[str]:
    """Return the name of each class of sizes: « seul », « 2 à 4 », « 500 et plus »."""
    lows = list(form["sizes"].values())
    ranges = [_between(low, high - 1) for low, high in pairwise(lows)]
    return [*ranges, f"{number(lows[-1])} et plus"]


def _between(low: int, high: int) -> str:
    if low == high:
        return "seul" if low == 1 else number(low)
    return f"{number(low)} à {number(high)}"


def alternative(got: Outcome) -> str:
    """Return the text alternative of the histogram."""
    parts = (
        f"{label}, {number(people)}" for label, (_, people) in zip(labels(got.form), got.sizes, strict=True)
    )
    return f"Diagramme en barres. {title(got.form)}{NO_BREAK}: {f'{NO_BREAK}; '.join(parts)}."


def title(form: GeneraliseForm) -> str:
    """Return what the histogram shows."""
    return f"{form['people'].capitalize()} selon la taille de leur groupe"


def status(got: Outcome) -> str:
    """Return what is said aloud after each change."""
    kept = f"{len(got.alive)} question{'s' if len(got.alive) > 1 else ''} possible{'s' if len(got.alive) > 1 else ''} sur {len(got.form['questions'])}"
    return f"Plus petit groupe{NO_BREAK}: {number(got.smallest)}. {kept}."
