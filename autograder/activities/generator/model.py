"""A model of names: what follows each beginning, counted, then drawn. The same seed always gives the same names."""

import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import accumulate

START, END = "^", "$"
"""The signs put around a name: no name holds them."""
LONGEST = 60
"""Letters after which a name is cut."""


class Model:
    """What follows each run of `order` letters, in the names that were read."""

    def __init__(self, names: Iterable[str], order: int) -> None:
        self.order = order
        self.follows: dict[str, dict[str, int]] = {}
        """The last letters read -> each letter seen next -> how many times."""
        texts = (START * order + name + END for name in names)
        pieces = Counter(text[i : i + order + 1] for text in texts for i in range(len(text) - order))
        for piece, count in sorted(pieces.items()):
            self.follows.setdefault(piece[:-1], {})[piece[-1]] = count

    @property
    def forced(self) -> float:
        """The share of beginnings after which a single letter was ever seen."""
        return sum(len(seen) == 1 for seen in self.follows.values()) / len(self.follows)

    def chances(self, beginning: str, temperature: float) -> dict[str, float]:
        """Return the chance of each next letter. At temperature 0 the letter most often seen takes all."""
        seen = self.follows[(START * self.order + beginning)[-self.order :]]
        weights = _weights(seen, temperature)
        total = sum(weights)
        return {letter: weight / total for letter, weight in zip(seen, weights, strict=True)}

    def draw(self, count: int, temperature: float, seed: int = 1) -> list[str]:
        """Return `count` names, drawn letter after letter."""
        source = random.Random(f"{self.order} {temperature:g} {seed}")
        known: dict[str, tuple[str, list[float]]] = {}
        return [self._name(temperature, source, known) for _ in range(count)]

    def _name(
        self, temperature: float, source: random.Random, known: dict[str, tuple[str, list[float]]]
    ) -> str:
        last, name = START * self.order, ""
        while len(name) < LONGEST:
            if last not in known:
                seen = self.follows[last]
                known[last] = "".join(seen), list(accumulate(_weights(seen, temperature)))
            letters, sums = known[last]
            letter = letters[bisect_right(sums, source.random() * sums[-1])]
            if letter == END:
                break
            name, last = name + letter, last[1:] + letter
        return name


def _weights(seen: Mapping[str, int], temperature: float) -> list[float]:
    """Return what each letter weighs: its count at temperature 1, closer to the others above, further below."""
    most = max(seen.values())
    if temperature == 0:
        first = next(letter for letter, count in seen.items() if count == most)
        return [float(letter == first) for letter in seen]
    return [(count / most) ** (1 / temperature) for count in seen.values()]
