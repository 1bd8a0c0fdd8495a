"""`campus facts`: each fact of the register with its source, its reading and the modules that cite it; and what to read again."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from autograder.french.dates import short
from autograder.modules.facts import CITATION, Fact
from autograder.modules.load import module_folders
from autograder.modules.text_file import read_text

HOW = {"page": "page lue", "copy": "copie de la page lue", "package": "paquet lu"}


def due(facts: Iterable[Fact], day: date) -> list[Fact]:
    """Return the facts to read again on a day, the oldest first."""
    return sorted((one for one in facts if one.check_again <= day), key=lambda one: one.check_again)


def lines(facts: Iterable[Fact], root: Path | None = None) -> Iterator[str]:
    """Yield a line for each fact."""
    modules = _modules_by_fact(root)
    for one in facts:
        cited = ", ".join(modules.get(one.id, [])) or "aucun module"
        yield f"{one.id} : {one.cited('fact')} ; {_reading(one)} ; à relire le {short(one.check_again)} ; {cited}"


def state(facts: list[Fact]) -> str:
    """Return how many facts there are, and how many have a source that nobody could read."""
    unread = sum(bool(one.unread) for one in facts)
    return f"{len(facts)} faits, dont {unread} de source non relue."


def summary(facts: list[Fact], day: date) -> str:
    """Return how many facts are to read again on a day."""
    return (
        f"{len(facts)} fait(s) à relire au {short(day)}."
        if facts
        else f"Aucun fait à relire au {short(day)}."
    )


def _reading(one: Fact) -> str:
    if one.read_on is None:
        return f"{one.source}, source non relue ({one.unread})"
    return f"{one.url}, {HOW[one.how]} le {short(one.read_on)}"


def _modules_by_fact(root: Path | None) -> dict[str, list[str]]:
    """Return the modules whose text or pictures cite each fact."""
    found: dict[str, list[str]] = {}
    for folder in module_folders(root):
        texts = (
            read_text(path)
            for path in sorted([folder / "notebook.md", *folder.rglob("*.svg")])
            if path.is_file()
        )
        for name in {name for text in texts for _, name in CITATION.findall(text)}:
            found.setdefault(name, []).append(folder.name.split("-")[0])
    return found
