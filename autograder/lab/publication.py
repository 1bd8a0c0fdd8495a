"""Modules made ready for learners, in `release/`; `release/modules.json` says what is there, without an answer."""

import os
from collections.abc import Callable
from pathlib import Path

from autograder import paths
from autograder.data import texts
from autograder.lab import card
from autograder.lab.card import Card, Publication
from autograder.lab.workspace import version_of
from autograder.modules.load import load_modules
from autograder.modules.model import Module
from autograder.modules.programme import load_programme

Build = Callable[[list[str]], object]
"""Builds modules, by their folders."""
Release = Callable[[str], bool]
"""Releases a module, by its folder; false when the version released before has to stay."""


def path() -> Path:
    """Return the file that says what is published."""
    return paths.course() / "release" / "modules.json"


def published() -> tuple[Card, ...]:
    """Return the cards of the modules that learners may open."""
    return card.read(path()).cards


def may_publish() -> bool:
    """Tell whether this account prepares the course; another one opens it as it is released."""
    return os.access(paths.course(), os.W_OK)


def authored() -> list[Module]:
    """Return the published modules, in the order of the programme, from their texts. Raises ModuleError."""
    known = {module.id: module for module in load_modules() if module.status == "published"}
    return [known[one] for track in load_programme().tracks for one in track.modules if one in known]


def publish(build: Build, release: Release) -> None:
    """Build and release what has changed, or is no longer whole; modules whose texts were never fetched wait."""
    modules = [module for module in authored() if not texts.missing(module.datasets)]
    build([module.folder_name for module in modules])
    versions = dict(card.read(path()).versions)
    for module in modules:
        folder = module.folder_name
        if versions.get(folder) == _versions(folder):
            continue
        print(f"Publication du module {folder}…", flush=True)
        if release(folder):
            versions[folder] = _versions(folder)
    card.write(path(), Publication(tuple(card.card(module) for module in modules), versions))


def _versions(folder: str) -> tuple[str, str]:
    source, release = paths.course() / "source", paths.course() / "release"
    return version_of(source / folder), version_of(release / folder)
