"""Fewest modules for what must be tried at least once: a course that grows does not make its tests longer."""

from collections.abc import Mapping


def covering(parts: Mapping[str, set[str]]) -> list[str]:
    """Return few names whose parts, together, are all the parts: each time, the name that adds most."""
    left, chosen = set().union(*parts.values()), list[str]()
    while left:
        best = max(parts, key=lambda name: len(parts[name] & left))
        chosen.append(best)
        left -= parts[best]
    return sorted(chosen)
