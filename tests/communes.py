"""Two forms of the model of names (see its README), which its own tests and those of its page share."""

from autograder.activities.generator.form import GeneratorForm

_CORPUS: GeneratorForm = {
    "widget": "generator",
    "label": "Réglez le modèle.",
    "corpus": {"dataset": "communes-2026", "column": "nom", "where": {"type": "commune-actuelle"}},
    "orders": [2, 4],
    "temperatures": [0, 1],
}

SHARE: GeneratorForm = {**_CORPUS, "orders": [2], "temperatures": [1], "measures": ["real"]}
"""A share to read."""

TO_SET: GeneratorForm = {**_CORPUS, "reach": {"credible": 70, "distinct": 90}}
"""A setting to find: four letters, temperature 1."""
