"""docs/architecture.md draws the house as it is: the layers of import-linter, every room, every kind of answer."""

import re
import tomllib
from pathlib import Path

from autograder.activities import registry
from autograder.checks.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
(LAYERS,) = (contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(text: str) -> list[str]:
    """The first cell of each row of a table."""
    return [row.strip("` ") for row in re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)][1:]


def test_the_layers_drawn_are_those_of_import_linter() -> None:
    drawing = section("The layers").split("```")[1]
    assert [line[17:].strip() for line in drawing.strip("\n").splitlines()] == LAYERS


def test_each_room_has_one_line() -> None:
    rooms = [room for layer in LAYERS for room in layer.split(" | ")]
    assert rows(section("The rooms")) == rooms


def test_each_kind_of_answer_has_one_row() -> None:
    played = [name for name in registry.ACTIVITIES if not registry.load(name).beside]
    assert sorted(rows(section("Kinds of answers (`answer.kind`)"))) == sorted([*KINDS, *played, "free"])


def test_no_circle_is_allowed_anywhere() -> None:
    circles = [contract for contract in CONTRACTS if contract["type"] == "acyclic_siblings"]
    assert [
        (contract["ancestors"], contract.keys() & {"skip_descendants", "ignore_imports", "depth"})
        for contract in circles
    ] == [(["autograder"], set())]
