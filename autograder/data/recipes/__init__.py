"""Recipes: functions from the producer's files to a table.

A recipe takes a dict (name of a file in the catalogue -> its path) and returns the table as a
DataFrame: columns in the order of the schema, rows in a fixed order. It raises DataError when a
file is not what it should be.
"""

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path

from pandas import DataFrame

from autograder.data.errors import DataError

RecipeFunction = Callable[[Mapping[str, Path]], DataFrame]


def get(name: str) -> RecipeFunction:
    """Return the recipe that the catalogue names `module.function`."""
    module, _, function = name.partition(".")
    try:
        recipe: RecipeFunction = getattr(importlib.import_module(f"{__name__}.{module}"), function)
    except (ImportError, AttributeError) as error:
        raise DataError(f"La recette « {name} » n’existe pas dans « autograder/data/recipes ».") from error
    return recipe
