"""Why a setting does not reach its goal. The cause is named, never the cursor to leave where."""

from autograder.activities.generator.form import GeneratorForm
from autograder.activities.generator.outcome import Outcome

WORDS = {
    "repeats": "**Le modèle se répète.** Avec si peu de hasard, les suites les plus vues reviennent sans cesse, et les nouveautés manquent. "
    "Que dit la ligne des noms différents, et quel réglage la fait bouger\u00a0?",
    "copies": "**Le modèle recopie.** Regarder beaucoup de lettres donne de beaux noms, mais ce sont souvent de vrais noms. "
    "Combien de suites différentes a-t-il vues après un début aussi long\u00a0?",
    "clumsy": "**Le modèle invente, mais mal.** Il regarde trop peu de lettres pour finir ses mots. Lisez dix noms à voix haute\u00a0: "
    "lesquels mettriez-vous sur une carte\u00a0?",
    "stuck": "**Moins de hasard ne recopie pas davantage.** On s’y attend, et pourtant le modèle assemble les morceaux les plus fréquents, "
    "qui ne font pas un vrai nom. Par quoi commencent les noms qu’il tire\u00a0? Et avec plus de hasard\u00a0?",
    "short": "**Le modèle regarde trop peu de lettres pour recopier.** Changer le hasard n’y fera pas grand-chose. "
    "De quoi aurait-il besoin pour retrouver un nom entier\u00a0?",
}
"""cause -> what a learner is told of it."""

WARM = 1
"""The temperature at which letters are drawn as often as they were seen."""
LONG = 5
"""The order from which names are copied."""


def told(form: GeneratorForm) -> dict[str, str]:
    """Return the words of the causes that a form can meet."""
    met = {"distinct": ["repeats"], "invented": ["copies"], "credible": ["copies", "clumsy"]}
    met["real"] = ["stuck"] if min(form["orders"]) >= LONG else ["stuck", "short"]
    return {name: WORDS[name] for measure in form.get("reach", {}) for name in met[measure]}


def cause(form: GeneratorForm, got: Outcome) -> str:
    """Return the name of what is wrong with a setting that does not reach the goal."""
    failed = got.failed(form["reach"])
    if "real" in failed:
        return "short" if got.setting.order < LONG else "stuck"
    if "distinct" in failed and got.setting.temperature < WARM:
        return "repeats"
    if "invented" in failed or got.setting.order >= LONG:
        return "copies"
    return "clumsy"
