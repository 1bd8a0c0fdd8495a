"""Which released cell each cell of a notebook handed in is."""

from collections import defaultdict

from nbformat import NotebookNode

from autograder.contract.names import name_of


def match(released: list[NotebookNode], submitted: list[NotebookNode]) -> list[int | None]:
    """Return, for each submitted cell, the place of the released cell it is (None: the learner's own).

    By nbgrader's id, else by cell id, else by an identical text: metadata do not survive every tool.
    """
    by_name = {name_of(cell): place for place, cell in enumerate(released) if name_of(cell)}
    by_id = {cell.get("id"): place for place, cell in enumerate(released) if cell.get("id")}
    places = [by_name.get(name_of(cell), by_id.get(cell.get("id"))) for cell in submitted]
    free: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, cell in enumerate(released):
        if place not in places and cell.source.strip():
            free[cell.cell_type, cell.source.strip()].append(place)
    for index, cell in enumerate(submitted):
        same = free.get((cell.cell_type, cell.source.strip()))
        if places[index] is None and same:
            places[index] = same.pop(0)
    return places
