"""What the proof of a module found, in the shape of `campus run --json`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from autograder.checks.text import render
from autograder.french import numbers
from autograder.modules.model import Mistake
from autograder.proofs.execute import Ran
from autograder.proofs.trials import RoundReport
from autograder.proofs.variants import BY_CODE, BY_FORM, NOTHING, Variant

SOLVED = (BY_CODE, BY_FORM)


@dataclass(frozen=True)
class Proof:
    """A submission, and what it gave, compared with what it should. `problems` are French; empty when all is as it should be."""

    variant: Variant
    ran: Ran
    problems: list[str]

    @property
    def points(self) -> float:
        return points(self.ran)


@dataclass
class Report:
    """The proofs of one module. `written` counts its author's alternatives and mistakes; `problems` are the whole module's."""

    id: str
    written: int
    problems: list[str] = field(default_factory=list)
    release: str = ""
    """The fingerprint of what learners read of the module, for the trials of those who have just read it."""
    proofs: list[Proof] = field(default_factory=list)
    trials: list[RoundReport] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.all_problems()

    @property
    def confined(self) -> bool:
        """Tell whether every submission could reach no network, and no file except its own."""
        return all(proof.ran.confined for proof in self.proofs)

    def all_problems(self) -> list[str]:
        """Return the problems of the module, then those of each submission and of each round of trials under its name."""
        own = [f"{proof.variant.name} : {problem}" for proof in self.proofs for problem in proof.problems]
        tried = [
            f"essais, tour {one.number} : {problem}" for one in self.trials for problem in one.problems()
        ]
        return [*self.problems, *own, *tried]

    def set_aside(self) -> int:
        """Return how many answers of the author's were not submitted: they are only right, or wrong, for other parameters."""
        return self.written - sum(1 for _ in self._alternatives()) - sum(1 for _ in self._mistakes())

    def to_json(self) -> dict[str, Any]:
        by_name = {proof.variant.name: proof for proof in self.proofs}
        solved, empty = [by_name[name] for name in SOLVED], by_name[NOTHING]
        accepted = [is_right(proof.ran, key) for proof, key in self._alternatives()]
        recognised = [is_recognised(proof.ran, key, mistake) for proof, key, mistake in self._mistakes()]
        return {
            "id": self.id,
            "solved": {"points": min(p.points for p in solved), "max": solved[0].variant.max_points},
            "released": {"points": empty.points, "errors": [empty.ran.error] if empty.ran.error else []},
            "answers": {"accepted": sum(accepted), "total": len(accepted)},
            "mistakes": {"recognised": sum(recognised), "total": len(recognised)},
            "set_aside": self.set_aside(),
            "release": self.release,
            "trials": [one.to_json() for one in self.trials],
            "confined": self.confined,
            "seconds": round(sum(proof.ran.seconds for proof in self.proofs), 1),
            "problems": self.all_problems(),
        }

    def _alternatives(self) -> Iterator[tuple[Proof, str]]:
        for proof in self.proofs:
            if proof.variant.is_alternative:
                yield from ((proof, key) for key in proof.variant.answers)

    def _mistakes(self) -> Iterator[tuple[Proof, str, Mistake]]:
        for proof in self.proofs:
            for key, made in proof.variant.mistakes.items():
                yield from ((proof, key, mistake) for mistake in made)


def points(ran: Ran) -> float:
    """Return the points of a submission."""
    return sum(said.points for said in ran.checks.values())


def differences(variant: Variant, ran: Ran) -> list[str]:
    """Return, in French, how what a submission gave differs from what it should."""
    problems = []
    if ran.error:
        problems.append(f"le carnet s’arrête : {ran.error}")
    if abs(points(ran) - variant.points) > 0.011 * max(1, len(variant.answers)):
        problems.append(f"{numbers.points(points(ran))} au lieu de {numbers.short(variant.points, 6)}")
    for key, made in variant.mistakes.items():
        problems += [
            f"exercice « {key} » : l’erreur « {mistake.id} » n’a pas montré son message"
            for mistake in made
            if not is_recognised(ran, key, mistake)
        ]
    return problems


def is_right(ran: Ran, key: str) -> bool:
    """Tell whether the answer to an exercise was found right."""
    said = ran.checks.get(key)
    return said is not None and 'data-state="right"' in said.html


def is_recognised(ran: Ran, key: str, mistake: Mistake) -> bool:
    """Tell whether an exercise showed the message of a mistake."""
    said = ran.checks.get(key)
    return said is not None and render(mistake.message) in said.html
