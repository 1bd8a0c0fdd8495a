"""How a tree is written and read, as `tables` needs it: `values` does both, and imports `tables`."""

from typing import Any, Protocol


class TreeWriter(Protocol):
    """Builds a tree, with raw bytes beside it. Each method raises `values.Refused` when the value grows too big."""

    def afford(self, size: int) -> None:
        """Refuse when `size` more bytes are too many."""

    def part(self, data: bytes) -> int:
        """Keep raw bytes beside the tree; return their number."""

    def tree(self, value: Any, depth: int) -> Any:
        """Return the tree of a value."""

    def trees(self, values: Any, depth: int) -> list[Any]:
        """Return the trees of what a collection holds, one level down."""


class TreeReader(Protocol):
    """Builds values from a tree that somebody hostile may have written."""

    def part(self, number: int) -> bytes:
        """Return the raw bytes of that number."""

    def value(self, tree: Any) -> Any:
        """Return the value of a tree. Raises anything on a malformed tree."""

    def values(self, trees: list[Any]) -> list[Any]:
        """Return the values of several trees."""
