"""A sorted inbox (module F07): twelve messages of the learner's own draw, judged against the bank."""

from typing import Any

from autograder.checks.reading import Facets, Problem, Share, Spec, Told
from autograder.simulations.inbox import report
from autograder.simulations.inbox.bank import bank
from autograder.simulations.inbox.box import SIZE, UnreadableBox, read_box
from autograder.simulations.inbox.habits import habits
from autograder.simulations.inbox.words import RIGHT_SORTS


class Inbox:
    """A saved inbox: its seed says which messages it holds, so that one table serves all draws.

    A facet per message, whose canonical text is its sort; and a facet per habit shown, worth nothing, to which a mistake binds its message.
    """

    def read(self, value: Any, spec: Spec) -> Facets:
        try:
            box = read_box(value)
        except UnreadableBox as error:
            raise Problem("box", str(error)) from error
        if not box.sorts:
            raise Problem("short", "Aucun message n’est encore trié.")
        return {f"habitude:{name}": "oui" for name in habits(box)} | dict(box.sorts)

    def shares(self, truth: Any, spec: Spec) -> list[Share]:
        return [(message.id, RIGHT_SORTS[message.kind], 1 / SIZE) for message in bank().values()]

    def near(self, value: Any, spec: Spec) -> list[tuple[str, str]]:
        return [pair for pair in self.read(value, spec).items() if pair[0].startswith("habitude:")]

    def told(self, spec: Spec) -> list[Told]:
        return [(message, sort, f"{message}-{sort}", text) for message, sort, text in report.told()]
