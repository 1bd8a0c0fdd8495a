"""List the facts of course/facts.yml that must be looked at again within a month; exit code 1 when there are any."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date, timedelta

from autograder.modules.facts import Fact, load_facts

AHEAD = timedelta(days=30)


def due(facts: Iterable[Fact], today: date) -> list[Fact]:
    """Return the facts to look at again before a month has passed, the most urgent first."""
    found = [fact for fact in facts if fact.check_again <= today + AHEAD]
    return sorted(found, key=lambda fact: fact.check_again)


def main() -> int:
    """Print them in French; return the exit code."""
    found = due(load_facts().values(), date.today())
    for fact in found:
        print(f"- {fact.check_again:%d/%m/%Y} : « {fact.id} » ({fact.label}). Source : {fact.source}.")
    print(
        f"{len(found)} fait(s) à revérifier d’ici un mois."
        if found
        else "Aucun fait à revérifier d’ici un mois."
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
