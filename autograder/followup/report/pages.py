"""The two pages as HTML, from templates beside this file: self-contained, without a script, for a screen and for paper."""

from functools import cache
from importlib.resources import files
from typing import Any

from autograder.followup.report import charts
from autograder.followup.report.statistics import Estimate
from autograder.french.marks import quoted
from autograder.french.numbers import number, percent, share


def render(template: str, **content: Any) -> str:
    """Return a page; every text in it is escaped."""
    return str(_environment().get_template(template).render(**content))


def of_people(found: Estimate | None) -> str:
    """Return a share of people with its interval: `45 % (38 à 52 %)`."""
    if found is None:
        return "–"
    return f"{share(100 * found.value)} ({number(100 * found.low)} à {percent(100 * found.high)})"


def of_link(found: Estimate | None) -> str:
    """Return a correlation with its interval: `0,32 (0,21 à 0,42)`."""
    if found is None:
        return "–"
    return f"{number(found.value, 2)} ({number(found.low, 2)} à {number(found.high, 2)})"


@cache
def _environment() -> Any:
    import jinja2

    beside = files("autograder.followup.report")
    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: beside.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(of_people=of_people, of_link=of_link, quoted=quoted, decimal=number)
    made.globals.update(shares=charts.shares)
    return made
