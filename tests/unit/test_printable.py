"""What others wrote never gives an order to a terminal, nor passes for a line of ours."""

import logging
import sys
from pathlib import Path

import pytest
from nbgrader.apps import AutogradeApp
from traitlets.config import Config

from autograder.grading.config import configure
from autograder.grading.engine.flags import Flags
from autograder.grading.logs import PrintableLogs
from autograder.printable import printable, printable_lines
from autograder.sandbox import CellResult
from autograder.sandbox.results import Flag


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("zoé martin, l’État : 12\u202f000\u00a0€", "zoé martin, l’État : 12\u202f000\u00a0€"),
        ("a\n  zoe : 0 point, fraude prouvée", r"a\n  zoe : 0 point, fraude prouvée"),
        ("\x1b[2J\x1b]0;titre\x07", r"\x1b[2J\x1b]0;titre\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("gauche\u202ediorD\u2066", r"gauche\u202ediorD\u2066"),
        ("ligne\u2028paragraphe\u2029page\x0cretour\r", r"ligne\u2028paragraphe\u2029page\x0cretour\r"),
        ("demi \ud800", r"demi \ud800"),
        ("caché\U000e0041", r"caché\U000e0041"),
        (b"\xff.txt".decode("utf-8", "surrogateescape"), r"\udcff.txt"),
    ],
)
def test_what_a_terminal_would_obey_is_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_long_text_is_cut() -> None:
    assert printable("x" * 3_000_000, 10) == "xxxxxxxxx…"
    assert len(printable("\x1b" * 3_000_000, 10)) == 10
    assert printable("x" * 10, 10) == "x" * 10


def test_line_breaks_of_ours_stay() -> None:
    assert printable_lines("un\n\x1bdeux") == "un\n\\x1bdeux"


def test_flags_say_a_kind_once_and_count_the_cells() -> None:
    flags = Flags()
    for place in range(3000):
        flags.add_result(f"cellule n° {place}", CellResult("not_run", flags=[Flag("notebook_time")]))
    flags.add("La lecture d’une réponse a échoué : \x1b[2J\n" + "x" * 10_000, "cellule a")
    time, reading = flags.texts()
    assert time.startswith("cellule n° 0 et 2999 autres : temps du carnet dépassé")
    assert reading.startswith("cellule a : La lecture") and reading.isprintable() and len(reading) < 400


def test_the_log_of_nbgrader_cannot_be_forged(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("essai")
    log.addFilter(PrintableLogs())
    try:
        raise ValueError("\x1b[2J")
    except ValueError:
        log.error(
            "Copying %s -> %s", "a\x1b[2J\n[AutogradeApp | INFO] zoe : fraude", 1, exc_info=sys.exc_info()
        )
    said = caplog.text
    assert "\x1b" not in said
    assert all(line.startswith(("ERROR", "    | ")) for line in said.strip().split("\n") if line)


def test_every_nbgrader_command_has_a_log_that_cannot_be_forged(tmp_path: Path) -> None:
    config = Config()
    configure(config, tmp_path)
    app = AutogradeApp(config=config)
    assert [type(one) for handler in app.log.handlers for one in handler.filters] == [PrintableLogs]
