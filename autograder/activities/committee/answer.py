"""A game as the answers file keeps it."""

from autograder.activities.committee.form import CommitteeForm
from autograder.activities.committee.game import UnreadableGame, read_game, write_game
from autograder.contract.forms import UnreadableAnswer, Value


def read(form: CommitteeForm, raw: object) -> Value:
    """Return the game to keep; raise UnreadableAnswer for what is not a game of this form's seed."""
    try:
        return write_game(read_game(raw, form["seed"]))
    except UnreadableGame as error:
        raise UnreadableAnswer(str(error)) from error
