"""`python -m tests.nbgrader.upstream`: nbgrader's own tests, without our steps then with them, and the differences."""

import sys
from collections import Counter

from tests.nbgrader.upstream.run import ALL, differences, outcomes


def main() -> int:
    """Print what became of each; 0 when the only differences are those that we give a reason for."""
    plain, ours = outcomes(ALL, ours=False), outcomes(ALL, ours=True)
    print("without our steps:", dict(Counter(plain.values())))
    print("with our steps:   ", dict(Counter(ours.values())))
    reasons = differences()
    changed = sorted(name for name in plain if plain[name] != ours.get(name))
    for name in changed:
        print(f"  {name}: {plain[name]}, then {ours.get(name)}. {reasons.get(name, 'UNEXPECTED')}")
    return int(set(changed) != set(reasons))


if __name__ == "__main__":
    sys.exit(main())
