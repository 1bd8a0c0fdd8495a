"""The French page on the format of a module names every key, kind, widget and role that the schemas know."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from autograder import notebook, paths
from autograder.modules.notebook_text import CODE_ROLES, DEFAULTS
from autograder.modules.yaml_text import parse

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


@pytest.mark.parametrize("name", ["module", "answers", "trials"])
def test_the_page_names_every_key_of_the_schema(name):
    schema = json.loads(
        files("autograder.modules").joinpath(f"schemas/{name}.json").read_text(encoding="utf-8")
    )
    assert {word for word in words(schema) if word not in PAGE} == set()


EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_page_is_yaml(example):
    assert parse(Path("docs/format-d-un-module.md"), example).data


def test_the_page_names_every_function_of_the_set_up_cell():
    assert {name for name in notebook.__all__ if f"`{name}(" not in PAGE} == {"exercise"}


def test_the_page_names_every_role():
    assert {role for role in CODE_ROLES - DEFAULTS if f"`{role}`" not in PAGE} == set()
