"""A game as the answers file keeps it."""

from autograder.activities.incident.game import UnreadableGame, read_game, write_game
from autograder.contract.forms import Form, UnreadableAnswer, Value


def read(form: Form, raw: object) -> Value:
    """Return the game to keep, None before anything is decided; raise UnreadableAnswer for what is no game."""
    try:
        game = read_game(raw)
    except UnreadableGame as error:
        raise UnreadableAnswer(str(error)) from error
    return write_game(game) if game.decided else None
