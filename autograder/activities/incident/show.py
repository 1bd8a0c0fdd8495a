"""What the module's notebook shows: `incident.rule_table()`."""

from autograder.activities.incident.words import BOUNDS
from autograder.html import cell, heading, table
from autograder.show import Html

CAPTION = "La règle publiée : cinq bornes. Une décision tient si elle n’en franchit aucune"


def rule_table() -> Html:
    """Show the bounds that the rule reads decisions by."""
    rows = list(BOUNDS.values())
    made = table(
        CAPTION,
        [heading("Borne"), heading("Ce qui reste vrai si la décision la respecte")],
        [[heading(name, "row"), cell(kept)] for name, kept in rows],
    )
    return Html(str(made), "\n".join([CAPTION, *(f"{name} : {kept}" for name, kept in rows)]))
