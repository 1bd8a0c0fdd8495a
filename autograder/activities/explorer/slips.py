"""Wrong tables that anybody may build: a step of the solution forgotten, or another calculation."""

from collections.abc import Iterator, Mapping
from typing import Any

from autograder.activities.explorer.calculations import SUMMARIES
from autograder.activities.explorer.labels import titles_of
from autograder.activities.explorer.outcome import BadStep, Step
from autograder.activities.explorer.steps import explore, is_state, tables_of
from autograder.contract.activity import Slip

Steps = list[Step]


def slips(form: Mapping[str, Any]) -> Iterator[Slip]:
    """Yield the tables that slips on the steps of the solution give; none when the solution is not given by steps."""
    solution: Any = form.get("solution")
    if form["widget"] != "table" or not is_state(solution):
        return
    offer = form["explorer"]
    tables, names = tables_of(offer), titles_of(offer["tables"])[offer["start"]]
    for name, message, steps in _changed(list(solution["steps"]), names):
        try:
            yield name, message, explore(steps, tables, offer["start"]).table
        except BadStep:
            continue  # what follows the step needs it


def _changed(steps: Steps, names: Mapping[str, str]) -> Iterator[tuple[str, str, Steps]]:
    for place, step in enumerate(steps):
        column = str(step.get("column", ""))
        yield *_forgotten(step, names.get(column, column)), [*steps[:place], *steps[place + 1 :]]
        if step["op"] == "group":
            for how in SUMMARIES.keys() - {step["by"], "count"}:
                yield (
                    "slip-calculation",
                    f"Votre tableau donne {SUMMARIES[how]} de chaque groupe : est-ce ce que la question demande ?",
                    [*steps[:place], {**step, "by": how}, *steps[place + 1 :]],
                )
        if step["op"] == "sort":
            other = {**step, "descending": not step.get("descending")}
            yield (
                "slip-order",
                "L’ordre des lignes est inversé.",
                [*steps[:place], other, *steps[place + 1 :]],
            )


def _forgotten(step: Step, label: str) -> tuple[str, str]:
    """Return the id, and the message, of a step that was not done."""
    match step["op"]:
        case "filter":
            question = (
                f"Toutes les lignes gardées répondent-elles à la question ? Regardez la colonne « {label} »."
            )
            return "slip-filter", question
        case "group":
            return "slip-group", f"Votre tableau n’est pas regroupé : il faut une ligne par « {label} »."
        case "sort":
            return "slip-sort", "Les lignes sont justes, mais pas dans l’ordre demandé."
        case "head":
            return "slip-head", "Votre tableau a trop de lignes : combien la question en demande-t-elle ?"
        case _:
            return "slip-shape", "Il reste quelque chose à faire sur les colonnes de votre tableau."
