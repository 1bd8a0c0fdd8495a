"""What the page draws, and what is shown where no script runs."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from autograder.activities.estimator.form import DIGITS, LOWER, MOST, OTHERS, POOLS, UPPER, EstimatorForm
from autograder.french.numbers import NO_BREAK, short


def described(form: EstimatorForm) -> Mapping[str, Any]:
    """Return what the page needs: what one may draw from, the words that are given, and the bits to reach."""
    drawn = [POOLS[key] for key in form["pools"]]
    pools = [{"name": name, "size": len(signs), "signs": signs} for name, signs in drawn]
    lists = [{"name": name, "size": size, "signs": ""} for name, size in form.get("lists", {}).items()]
    return {
        "pools": [*pools, *lists],
        "families": [LOWER, UPPER, DIGITS],
        "others": len(OTHERS),
        "words": form.get("words", []),
        "target": form["target"],
        "counted": form["counted"],
        "most": MOST,
    }


def static(form: EstimatorForm, value: float) -> str:
    """Return the answer: nothing else of an estimator is kept."""
    return str(Markup("<p>{}{}{}</p>").format(short(value), NO_BREAK, form["counted"]))
