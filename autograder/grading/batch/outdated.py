"""Is the build of a module older than its text, or than this program? The marks would be the marks of the old text."""

import json
from pathlib import Path

from autograder import fingerprint, paths
from autograder.printable import printable

CHANGED = (
    "{what} depuis la fabrication du module {name} : les points ci-dessous sont ceux d’avant. Lancez « campus build {name} », "
    "puis corrigez de nouveau."
)
TEXT, PROGRAM = "Le texte du module a changé", "Le logiciel ou l’environnement a changé"


def outdated(name: str, course: Path) -> str | None:
    """Return a French warning when a module should be built again; None when its build is recent, or of unknown age."""
    try:
        built = json.loads((course / "private" / f"{name}.json").read_text(encoding="utf-8"))["built_from"]
        text = paths.modules() / name
        if text.is_dir() and built["text"] != fingerprint.of_folder(text):
            return CHANGED.format(what=TEXT, name=printable(name))
        if built["program"] != fingerprint.of_builder(built.get("activities")):
            return CHANGED.format(what=PROGRAM, name=printable(name))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None
