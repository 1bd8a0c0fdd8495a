"""Wrong numbers that anybody may give, derived without the author's help: slips of unit, of sign, of rounding; numbers on the way."""

import ast
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from autograder.authoring.running import solution_of
from autograder.checks.kinds.scalars import LARGEST
from autograder.contract.kinds import Spec
from autograder.french.numbers import short
from autograder.modules.model import COMPUTE, ExerciseSpec, Mistake, is_computed

PERCENT = Mistake(
    id="slip-percent",
    message="Votre réponse et la réponse attendue diffèrent d’un facteur cent : l’une est une part (entre 0 et 1), l’autre un "
    "pourcentage. Relisez l’unité demandée.",
)
SIGN = Mistake(
    id="slip-sign", message="Le signe est inversé : regardez de quelle valeur on retranche l’autre."
)
ROUNDED = Mistake(
    id="slip-rounded", message="Vous avez trop arrondi : gardez la précision que demande l’énoncé."
)
THOUSAND = Mistake(
    id="slip-thousand",
    message="Il y a un facteur mille entre votre réponse et la réponse attendue : relisez l’unité demandée.",
)
TEN = Mistake(
    id="slip-ten",
    message="Il y a un facteur dix entre votre réponse et la réponse attendue : un chiffre de trop, ou un de moins ?",
)
ONE = Mistake(
    id="slip-one",
    message="Il s’en faut d’un. La limite est-elle comprise ou non ? Une ligne a-t-elle été oubliée, ou comptée deux fois ?",
)
COPIED = Mistake(
    id="slip-copied",
    message="Les chiffres ressemblent à ceux de la réponse attendue : deux sont échangés, ou un est oublié, ou répété. Recopiez "
    "le nombre chiffre par chiffre.",
)
FEW = Mistake(
    id="slip-few",
    message="Il s’en faut de peu. Une condition de trop, ou une de moins, écarte-t-elle quelques lignes ?",
)
MOST_FEW = 5
"""How far from the right answer a number is still « a few » away."""
OTHER = Mistake(
    id="slip-other",
    message="Ce nombre répond à une autre question, ou à un autre dossier. Relisez le nom de ce que l’on compte ici, puis vos filtres.",
)
FEWEST_COPIED = 4
"""Digits of a number that is copied wrong: a shorter one is another number."""
ON_THE_WAY = "slip-step"
STEP = "« {number} » est bien un nombre du calcul, mais pas le dernier : que reste-t-il à faire pour répondre à la question ?"

DERIVED = {slip.id for slip in (PERCENT, SIGN, ROUNDED, THOUSAND, TEN, ONE, FEW, OTHER, COPIED)} | {
    ON_THE_WAY
}
"""Ids of these slips: their messages name a cause."""


def of_number(truth: float, spec: Spec) -> list[tuple[Mistake, Any]]:
    """Return each slip on a number, with the value that it gives. A value that the tolerance accepts as right is left out."""
    tolerance = spec.get("tolerance", 0)
    # A value close to the right answer or to zero is left out: its message would also be shown to other answers.
    return [
        (slip, value)
        for slip, value in [*_scaled(truth), (ROUNDED, float(round(truth))), (SIGN, -truth)]
        if value != truth and abs(value - truth) > 2.5 * tolerance and abs(value) > tolerance
    ]


def as_written(truth: float, mistakes: list[tuple[Mistake, Any]]) -> Iterator[tuple[Mistake, float]]:
    """Yield the mistakes by the exact numbers that people write for them, the surest first: roundings of the right answer, of
    what each mistake gives, of the slips; then numbers copied wrong. The tolerance is for the right answer alone: these numbers are exact.
    """
    for number in roundings(truth):
        yield ROUNDED, number
    one_off = [(ONE, truth - 1), (ONE, truth + 1)] if float(truth).is_integer() else []
    for mistake, value in [*mistakes, *_scaled(truth), (SIGN, -truth), *one_off]:
        if isinstance(value, int | float) and math.isfinite(value) and abs(value) < LARGEST:
            for number in [float(value), *roundings(value)]:
                yield mistake, number
    for number in copied_wrong(truth):
        yield COPIED, number


def of_count(truth: int, others: Iterable[int]) -> Iterator[tuple[Mistake, int]]:
    """Yield the slips on the number of things that a part of an answer counts, the surest first; `others` are the right answers of other parts."""
    yield from ((OTHER, other) for other in others if other != truth)
    yield THOUSAND, truth // 1000
    written = as_written(truth, [])
    yield from (
        (slip, int(number)) for slip, number in written if slip not in (PERCENT, SIGN) and number % 1 == 0
    )
    yield from ((FEW, truth + away * side) for away in range(2, MOST_FEW + 1) for side in (-1, 1))


def copied_wrong(truth: float) -> list[float]:
    """Return the whole numbers that a slip of the hand makes of one: neighbours exchanged, a digit left out or typed twice, a zero put in."""
    digits = f"{abs(truth):.0f}"
    if not float(truth).is_integer() or len(digits) < FEWEST_COPIED:
        return []
    places = range(len(digits))
    exchanged = [digits[:i] + digits[i : i + 2][::-1] + digits[i + 2 :] for i in places]
    short_of_one = [digits[:i] + digits[i + 1 :] for i in places]
    one_more = [digits[:i] + digit + digits[i:] for i in places[1:] for digit in (digits[i - 1], "0")]
    numbers = [float(text) for text in dict.fromkeys(exchanged + short_of_one + one_more) if text[0] != "0"]
    return [math.copysign(number, truth) for number in numbers if number != abs(truth)]


def _scaled(truth: float) -> list[tuple[Mistake, float]]:
    return [
        (PERCENT, truth / 100),
        (PERCENT, truth * 100),
        (THOUSAND, truth / 1000),
        (THOUSAND, truth * 1000),
        (TEN, truth / 10),
        (TEN, truth * 10),
    ]


def roundings(value: float) -> list[float]:
    """Return the other numbers that rounding gives: to decimals where there are some, to two or three significant digits."""
    rounded = [round(value, digits) for digits in (3, 2, 1, 0)]
    rounded += [float(f"{value:.{digits}g}") for digits in (3, 2)]
    return [number for number in dict.fromkeys(rounded) if number != value and number]


def on_the_way(
    exercise: ExerciseSpec, truth: float, namespace: Mapping[str, Any]
) -> list[tuple[Mistake, float]]:
    """Return the numbers that the solution's last expression goes through, with what is said to whoever stops there.

    `namespace` holds the variables of the notebook once the solution has run.
    """
    whole = _last_expression(exercise)
    parts = (
        [node for node in ast.walk(whole) if isinstance(node, ast.expr) and node is not whole]
        if whole
        else []
    )
    steps = [number for part in parts if (number := _value(part, namespace)) is not None]
    return [
        (Mistake(id=ON_THE_WAY, message=STEP.format(number=short(step, 6))), step)
        for step in dict.fromkeys(steps)
        if step != truth and abs(step) >= 2
    ]


def _last_expression(exercise: ExerciseSpec) -> ast.expr | None:
    """Return what the solution gives to the answer's variable, or what the form computes."""
    form, name = exercise.form.get("solution"), exercise.answer.get("name")
    try:
        if exercise.solution is None:
            return ast.parse(str(form[COMPUTE]), mode="eval").body if is_computed(form) else None
        lines = ast.parse(solution_of(exercise.solution)).body
    except SyntaxError:
        return None
    given = [
        line.value
        for line in lines
        if isinstance(line, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == name for target in line.targets)
    ]
    return given[-1] if given else None


def _value(part: ast.expr, namespace: Mapping[str, Any]) -> float | None:
    """Return what a part of the solution is worth, when that is a number that it computes or reads."""
    if isinstance(part, ast.Constant):
        return None
    try:
        value = eval(compile(ast.Expression(part), "<solution>", "eval"), dict(namespace))
        number = (
            float(value)
            if not isinstance(value, str | bytes | bool) and getattr(value, "size", 1) == 1
            else math.nan
        )
    except Exception:  # part of a solution alone may mean nothing
        return None
    return number if math.isfinite(number) and abs(number) < LARGEST else None
