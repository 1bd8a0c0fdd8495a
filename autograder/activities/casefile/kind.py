"""How an answer on a drawn file is judged: one table serves all the files, so that grading has nothing to draw again."""

from collections.abc import Iterator, Mapping
from typing import Any, NotRequired

from autograder.activities.casefile.answer import read
from autograder.activities.casefile.form import DRAWN, CasefileForm
from autograder.contract.forms import UnreadableAnswer
from autograder.contract.kinds import ByReading, Facets, Problem, Share


class CasefileSpec(CasefileForm):
    """`also`: file -> its right lines, for the derivation. The first answers everything; others give other right answers."""

    also: NotRequired[dict[str, list[Mapping[str, Any]]]]


class Casefile(ByReading):
    """A facet `file.question` for each answer. Every question of a file brings the same share."""

    def read(self, value: Any, spec: CasefileSpec) -> Facets:
        try:
            kept: Any = read(spec, value)
        except UnreadableAnswer as error:
            raise Problem("file", str(error)) from error
        if kept is None:
            raise Problem("short", "Rien n’est encore répondu sur ce dossier.")
        return {f"{kept[DRAWN]}.{name}": str(kept[name]) for name in kept if name != DRAWN}

    def shares(self, truth: Any, spec: CasefileSpec) -> list[Share]:
        right = {*self.read(truth, spec).items(), *self._others(spec)}
        asked = {f"{file}.{name}" for file in spec["texts"] for name in spec["asks"]}
        if missing := sorted(asked - {facet for facet, _ in right}):
            raise Problem(
                "also", f"il manque la bonne réponse de «\u00a0{missing[0]}\u00a0», à donner par « also »."
            )
        return [(facet, canonical, 1 / len(spec["asks"])) for facet, canonical in sorted(right)]

    def wrong(self, facets: Facets, brings: Mapping[str, float]) -> list[str]:
        return [name for name in facets if brings.get(name, 0) <= 0]

    def told_first(self, facets: Facets, mistaken: list[str]) -> list[str]:
        return mistaken

    def counts(self, spec: CasefileSpec) -> Mapping[str, str]:
        return {
            f"{file}.{name}": ask["label"]
            for file in spec["texts"]
            for name, ask in spec["asks"].items()
            if "options" not in ask
        }

    def _others(self, spec: CasefileSpec) -> Iterator[tuple[str, str]]:
        """Yield what `also` accepts."""
        for file, lines in spec.get("also", {}).items():
            for line in lines:
                yield from self.read({DRAWN: file, **line}, spec).items()
