"""The name under which a learner hands in an archive: asked by the button, kept in their space, sent nowhere."""

import secrets
from pathlib import Path

from autograder import files, identity
from autograder.contract.names import STATE
from autograder.identity import FILE_NAME, Identity


def known(space: Path) -> Identity | None:
    """Return what the learner declared in this space; None when they have not, or when the file cannot be read."""
    try:
        return identity.read((space / STATE / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def declare(space: Path, learner: str) -> Identity:
    """Keep the learner's name, and the random name of their space, drawn the first time. Raises OSError."""
    before = known(space)
    told = Identity(learner, before.space if before else secrets.token_hex(8))
    place = space / STATE / FILE_NAME
    place.parent.mkdir(parents=True, exist_ok=True)
    files.write(place, identity.write(told), lasting=True)
    return told
