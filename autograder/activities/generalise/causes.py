"""Why a setting is not right yet: the side on which it fails. The cause is named, never the cursor to move."""

from autograder.activities.generalise.form import GeneraliseForm
from autograder.activities.generalise.outcome import Outcome

FEW = 0.01
"""The share of people below which a setting protects nearly everybody."""

WORDS = {
    "exposed": "**Le plus petit groupe compte moins de {k} {people}, et beaucoup sont dans ce cas.** Garder plus rend service, mais chaque "
    "précision gardée découpe les groupes. Regardez les barres du haut\u00a0: quel curseur les vide le plus, avancé d’un cran\u00a0?",
    "nearly": "**Presque tous sont protégés, et pourtant il reste un groupe de moins de {k}.** La part des personnes exposées est minuscule, et l’on "
    "s’arrêterait là. Mais la règle vaut pour chacun\u00a0: que dit la ligne du plus petit groupe\u00a0?",
    "erased": "**Vous avez tout retiré\u00a0: il ne reste qu’un total.** Personne n’y est exposé, et plus personne ne s’en sert. "
    "Regardez les questions\u00a0: à laquelle ce fichier répond-il encore\u00a0?",
    "question": "**Le fichier protège, mais il ne répond plus à ce qui est demandé.** Généraliser encore est une réponse facile. Quels curseurs la question "
    "demandée exige-t-elle de garder\u00a0?",
    "loose": "**Le fichier protège, mais il perd pour rien.** Un curseur peut reculer d’un cran vers la précision, et le plus petit groupe compte "
    "encore au moins {k} {people}. Essayez-les un par un\u00a0: lequel\u00a0?",
}
"""cause -> what a learner is told of it."""


def told(form: GeneraliseForm) -> dict[str, str]:
    """Return the words of the causes that a form can meet."""
    words = {name: text.format(k=form["k"], people=form["people"]) for name, text in WORDS.items()}
    return words if "keep" in form else {name: text for name, text in words.items() if name != "question"}


def cause(got: Outcome) -> str:
    """Return the name of what is wrong with a setting that does not reach the goal."""
    if not got.safe:
        return "nearly" if got.exposed <= FEW * got.total else "exposed"
    if got.erased:
        return "erased"
    return "question" if got.lost else "loose"
