"""Is a module's build older than its text, or than this program? Its marks would be those of the old one."""

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
    """Return what to tell, in French, when a module should be built again; None when not, or when nothing can tell."""
    try:
        built = json.loads((course / "private" / f"{name}.json").read_text(encoding="utf-8"))["built_from"]
        text = paths.modules() / name
        if text.is_dir() and built["text"] != fingerprint.of_folder(text):
            return CHANGED.format(what=TEXT, name=printable(name))
        if built["program"] != fingerprint.of_builder():
            return CHANGED.format(what=PROGRAM, name=printable(name))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None
