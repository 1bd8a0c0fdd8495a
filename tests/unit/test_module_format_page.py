"""The French page on the format of a module names every key, kind, widget and role that the schemas know."""

import json
from importlib.resources import files

import pytest

from autograder import paths
from autograder.modules.notebook_text import CODE_ROLES, DEFAULTS

PAGE = (paths.home() / "docs" / "format-d-un-module.md").read_text(encoding="utf-8")


def words(schema):
    """Yield the keys and the allowed words of a schema."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        yield from (word for word in schema.get("enum", []) if isinstance(word, str))
        for part in schema.values():
            yield from words(part)
    if isinstance(schema, list):
        for part in schema:
            yield from words(part)


@pytest.mark.parametrize("name", ["module", "answers"])
def test_the_page_names_every_key_of_the_schema(name):
    schema = json.loads(
        files("autograder.modules").joinpath(f"schemas/{name}.json").read_text(encoding="utf-8")
    )
    assert {word for word in words(schema) if word not in PAGE} == set()


def test_the_page_names_every_role():
    assert {role for role in CODE_ROLES - DEFAULTS if f"`{role}`" not in PAGE} == set()
