"""What each button of the learner's pages asks, by its name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder import paths
from autograder.contract.names import STATE
from autograder.lab import actions, course
from autograder.lab.actions import ActionError, Done
from autograder.lab.home import offer
from autograder.progress import journal
from autograder.progress.journal import Event

ERASED = "Votre parcours est oublié. Vos carnets et vos réponses sont toujours là."
NOT_ERASED = "Le parcours n’a pas pu être effacé ({error})."
NO_TRACK = "Ce parcours n’existe plus. Rechargez la page, puis choisissez-en un autre."


@dataclass(frozen=True)
class Request:
    """What a button asks: about which module or track, and, to hand in, under which name, with the verdicts met ("oui") or without."""

    space: Path
    folder: str
    learner: str
    track: str
    tries: str = ""


Action = Callable[[Request], Done]


def _erase(asked: Request) -> Done:
    try:
        journal.erase(asked.space)
    except OSError as error:
        raise ActionError(NOT_ERASED.format(error=error)) from error
    return Done(ERASED)


def _begin_again(asked: Request) -> Done:
    released = paths.course() / "release" / asked.folder
    done = actions.begin_again(asked.space, asked.folder, released, datetime.now())
    course.restarted(asked.space, asked.folder)
    return done


def _hand_in(asked: Request) -> Done:
    return actions.hand_in(
        asked.space, asked.folder, asked.learner, datetime.now(), with_tries=asked.tries == "oui"
    )


def _complete(asked: Request) -> Done:
    return actions.complete(asked.space, asked.folder)


def _feedback(asked: Request) -> Done:
    return actions.feedback(asked.space, asked.folder)


def _follow(asked: Request) -> Done:
    if asked.track and asked.track not in {track.id for track in offer().tracks}:
        raise ActionError(NO_TRACK)
    journal.record(asked.space / STATE, Event("track", choice=asked.track))
    return Done("")


ACTIONS: dict[str, Action] = {
    "completer": _complete,
    "effacer": _erase,
    "recommencer": _begin_again,
    "rendre": _hand_in,
    "retour": _feedback,
    "suivre": _follow,
}
