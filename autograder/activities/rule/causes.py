"""Why a rule is not right yet: the smallest repair that would reach the goal, or the side on which it fails.

The cause is named, never the repair.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from autograder.activities.rule.form import RuleForm, is_number
from autograder.activities.rule.outcome import FALSE, FOUND, LEFT, MISSED, Outcome, outcome
from autograder.activities.rule.rules import ALL, ANY, OPPOSITE, Condition, Rule

Repairs = Callable[[RuleForm, Rule], Iterator[Rule]]

WORDS = {
    "nothing": "**Votre règle ne retient aucune ligne.** Elle ne donne aucune fausse alerte, mais elle laisse tout passer. "
    "Prenez une ligne cherchée\u00a0: laquelle de vos conditions l’écarte\u00a0?",
    "everything": "**Votre règle retient toutes les lignes.** Elle ne manque rien, mais elle ne trie plus\u00a0: il faut tout relire. "
    "Qu’ont les lignes cherchées que les autres n’ont pas\u00a0?",
    "direction": "**Votre règle regarde du mauvais côté.** Elle retient ce qu’il faudrait laisser. Comparez une ligne cherchée "
    "et une autre\u00a0: sur chaque critère, laquelle a la plus grande valeur\u00a0?",
    "join": "**Le lien entre vos conditions n’est pas le bon.** Exiger toutes les conditions retient moins de lignes, se contenter d’une "
    "en retient plus. De quel côté vous trompez-vous, trop de lignes ou trop peu\u00a0?",
    "extra": "**Une de vos conditions gêne les autres.** Elle semble raisonnable, mais elle ne sépare pas ce qui est cherché. "
    "Retirez-les une à une\u00a0: que deviennent les lignes manquées et les fausses alertes\u00a0?",
    "strict": "**Une de vos valeurs est trop exigeante.** Des lignes cherchées passent juste à côté. De combien les lignes manquées "
    "s’en écartent-elles\u00a0?",
    "loose": "**Une de vos valeurs n’est pas assez exigeante.** Des lignes à laisser passent tout juste. De combien les fausses alertes "
    "la dépassent-elles\u00a0?",
    "no-miss": "**Vous ne soignez qu’un côté.** Rien ne vous échappe, mais au prix de trop d’alertes\u00a0: qui les relira toutes\u00a0? "
    "Qu’ont en commun les fausses alertes\u00a0?",
    "no-alert": "**Vous ne soignez qu’un côté.** Toutes vos alertes sont justes, mais trop de lignes cherchées passent. "
    "Qu’ont en commun les lignes manquées\u00a0?",
    "wide": "**Votre règle est trop large.** Elle retient trop de lignes à laisser. Qu’ont en commun les fausses alertes\u00a0?",
    "narrow": "**Votre règle est trop étroite.** Trop de lignes cherchées passent. Qu’ont en commun les lignes manquées\u00a0?",
    "both": "**Votre règle manque des lignes cherchées et en retient d’autres à tort.** Son critère ne sépare pas les unes des autres. "
    "Lisez deux lignes manquées et deux fausses alertes\u00a0: qu’est-ce qui les distingue\u00a0?",
}
"""cause -> what a learner is told of it."""


def cause(form: RuleForm, rule: Rule, got: Outcome) -> str:
    """Return the name of what is wrong with a rule that misses the goal."""
    caught = got.count(FOUND, FALSE)
    if caught in (0, len(got.states)):
        return "everything" if caught else "nothing"
    for name, repairs in REPAIRS.items() if "threshold" not in form else ():
        if any(not outcome(form, repaired).over for repaired in repairs(form, rule)):
            return name
    return "direction" if _is_inverse(got) else _side(form, got)


def _flipped(form: RuleForm, rule: Rule) -> Iterator[Rule]:
    for place, one in enumerate(rule.conditions):
        if one.test in OPPOSITE:
            yield _with(rule, place, replace(one, test=OPPOSITE[one.test]))


def _joined(form: RuleForm, rule: Rule) -> Iterator[Rule]:
    yield replace(rule, join=ANY if rule.join == ALL else ALL)


def _removed(form: RuleForm, rule: Rule) -> Iterator[Rule]:
    for place in range(len(rule.conditions) if len(rule.conditions) > 1 else 0):
        yield replace(rule, conditions=rule.conditions[:place] + rule.conditions[place + 1 :])


def _moved(towards_more: bool) -> Repairs:
    """Return the rules where the value of one condition is that of another row, so that more rows pass it, or fewer."""

    def moved(form: RuleForm, rule: Rule) -> Iterator[Rule]:
        for place, one in enumerate(rule.conditions):
            if one.test in ("eq", "ne") or not is_number(form, one.column):
                continue
            lower = (one.test in ("ge", "gt")) == towards_more
            for value in sorted({row[one.column] for row in form["rows"]}):
                if value < one.value if lower else value > one.value:  # type: ignore[operator]
                    yield _with(rule, place, replace(one, value=value))

    return moved


def _with(rule: Rule, place: int, condition: Condition) -> Rule:
    return replace(rule, conditions=(*rule.conditions[:place], condition, *rule.conditions[place + 1 :]))


REPAIRS: dict[str, Repairs] = {
    "direction": _flipped,
    "join": _joined,
    "extra": _removed,
    "strict": _moved(towards_more=True),
    "loose": _moved(towards_more=False),
}
"""cause -> the rules one change away: when one of them reaches the goal, this is what was wrong."""


def _is_inverse(got: Outcome) -> bool:
    """Tell whether a rule catches a smaller share of what is sought than of the rest."""
    sought, rest = got.count(FOUND, MISSED), got.count(FALSE, LEFT)
    return got.count(FOUND) * rest < got.count(FALSE) * sought


def _side(form: RuleForm, got: Outcome) -> str:
    """Return on which side a rule fails; a cost above its goal counts for the side that costs more than it should."""
    over = set(got.over)
    if over == {"cost"}:
        over = {"missed" if got.count(MISSED) and _misses_cost_more(form, got) else "wrong"}
    if "missed" in over and over & {"wrong", "caught"}:
        return "both"
    if "missed" in over:
        return "narrow" if got.count(FALSE) else "no-alert"
    return "wide" if got.count(MISSED) else "no-miss"


def _misses_cost_more(form: RuleForm, got: Outcome) -> bool:
    cost = form["cost"]
    return got.count(MISSED) * cost["missed"] > got.count(FALSE) * cost["caught"]
