"""A sorted inbox (module F07): twelve messages of the learner's own draw, judged against the bank."""

from typing import Any

from autograder.activities.inbox import report
from autograder.activities.inbox.bank import bank
from autograder.activities.inbox.box import SIZE, UnreadableBox, read_box
from autograder.activities.inbox.habits import habits
from autograder.activities.inbox.words import RIGHT_SORTS, SAFE_SORTS
from autograder.contract.kinds import Facets, Problem, Share, Spec, Told


class Inbox:
    """A saved inbox: its seed says which messages it holds, so that one table serves all draws.

    A facet per message, whose canonical text is its sort; one more for each message named badly but kept out of harm, worth half a message;
    and a facet per habit shown, worth nothing, to which a mistake binds its message.
    """

    def read(self, value: Any, spec: Spec) -> Facets:
        try:
            box = read_box(value)
        except UnreadableBox as error:
            raise Problem("box", str(error)) from error
        if box.missing:
            raise Problem(
                "short", f"Encore {len(box.missing)} message{'s' if len(box.missing) > 1 else ''} à trier."
            )
        shown = [f"habitude:{name}" for name in habits(box)] + [
            f"prudence:{message.id}" for message in box.safe
        ]
        return dict.fromkeys(shown, "oui") | dict(box.sorts)

    def shares(self, truth: Any, spec: Spec) -> list[Share]:
        right = [(message.id, RIGHT_SORTS[message.kind], 1 / SIZE) for message in bank().values()]
        safe = [message for message in bank().values() if message.kind in SAFE_SORTS]
        return right + [(f"prudence:{message.id}", "oui", 1 / 2 / SIZE) for message in safe]

    def near(self, value: Any, spec: Spec) -> list[tuple[str, str]]:
        return [pair for pair in self.read(value, spec).items() if pair[0].startswith("habitude:")]

    def told(self, spec: Spec) -> list[Told]:
        return [(message, sort, f"{message}-{sort}", text) for message, sort, text in report.told()]
