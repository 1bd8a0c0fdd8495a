"""Dates are read right or said to be unreadable; how late a copy is, in words."""

from datetime import datetime, timedelta

import pytest

from autograder.french.dates import clock
from autograder.grading.dates import UnreadableDate, read_date, read_zoned
from autograder.grading.lateness import Late, delay, spell

NOON = datetime(2026, 7, 1, 12)


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-01 12:00:00.000000 UTC",  # what nbgrader submit writes
        "2026-07-01 12:00:00",  # what nbgrader zip_collect writes
        "2026-07-01T12:00:00Z",
        "2026-07-01 14:00:00.000000 CEST",
        "2026-07-01 13:00 CET",
        "2026-07-01 14:00 +0200",
        "2026-07-01T14:00 +0200",  # what the formgrader sends
        "2026-07-01T14:00:00+02:00",
        "2026-07-01 14:00 Europe/Paris",
        "2026-07-01 08:00 America/Martinique",
        "2026-07-01 16:00:00 Indian/Reunion\n",
    ],
)
def test_a_date_is_read_in_utc(text: str) -> None:
    assert read_date(text) == NOON


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hier",
        "2026-07-01",
        "2026-07-01 14:00",  # here, or in UTC?
        "01/07/2026 14:00:00",
        "07-01-2026 14:00:00 UTC",
        "2026-07-01 14:00 +200",
        "2026-07-01 14:00 PST",
        "2026-07-01 14:00 Europe",
        "2026-07-01 14:00 ../../etc/localtime",
        "2026-02-30 14:00 UTC",
        "2026-10-25 02:30 Europe/Paris",  # it comes twice that night
        "2026-03-29 02:30 Europe/Paris",  # it never comes
        "0001-01-01 00:00 +0200",
        "2026-07-01 14:00:00 " + "Z" * 100_000,
    ],
)
def test_a_doubtful_date_is_never_guessed(text: str) -> None:
    with pytest.raises(UnreadableDate, match="2026-07-01 14:30 Europe/Paris"):
        read_date(text)


def test_a_due_date_keeps_the_zone_that_was_typed() -> None:
    date = read_zoned("2026-07-01 14:30 Europe/Paris")
    assert (date.hour, str(date.tzinfo)) == (14, "Europe/Paris")


@pytest.mark.parametrize(
    "text", ["2026-07-01 14:30", "2026-07-01 14:30:00", "0001-01-01 00:00 +0200", "hier"]
)
def test_a_due_date_without_a_zone_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDate):
        read_zoned(text)


def test_the_example_of_the_message_is_a_date() -> None:
    assert read_date("2026-07-01 14:30 Europe/Paris") == datetime(2026, 7, 1, 12, 30)


def test_a_copy_is_late_after_the_due_date_and_its_extension() -> None:
    due, hour = NOON, timedelta(hours=1)
    assert delay(NOON + 2 * hour, due, None) == 2 * hour
    assert delay(NOON + 2 * hour, due, hour) == hour
    assert delay(NOON + 2 * hour, due, 3 * hour) == timedelta()
    assert delay(NOON - hour, due, None) == timedelta()
    assert delay(None, due, None) == delay(NOON, None, None) == timedelta()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (40, "moins d’une minute"),
        (25 * 60, "25 min"),
        (2 * 3600, "2\u00a0h"),
        (2 * 3600 + 5 * 60, "2\u00a0h\u00a005"),
        (24 * 3600, "1 j"),
        (27 * 3600, "1 j 3 h"),
    ],
)
def test_a_delay_is_said_in_words(seconds: int, words: str) -> None:
    assert spell(timedelta(seconds=seconds)) == words


def test_a_time_of_day_is_written_the_french_way_and_stays_on_one_line() -> None:
    assert clock(datetime(2026, 7, 1, 8, 5)) == "8\u00a0h\u00a005"


def test_the_penalty_is_said() -> None:
    assert (
        str(Late(timedelta(minutes=125), 18))
        == "rendue 2\u00a0h\u00a005 après la date limite ; pénalité : 18 points"
    )
    assert str(Late(timedelta(minutes=5), 1.5)) == "rendue 5 min après la date limite ; pénalité : 1,5 point"
    assert str(Late(timedelta(minutes=5))) == "rendue 5 min après la date limite ; sans pénalité"
