"""What F09 writes in words or asks, computed again from its own tables, from the calendar, and from the case that its game plays."""

import re
from datetime import datetime, timedelta
from typing import Any

import pandas

from autograder.activities.incident.case import hours
from autograder.modules.facts import load_facts
from autograder.modules.model import Module
from tests.written import plain, text_of, written

module, names = written("F09")

DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
KNOWN = datetime(2026, 10, 30, 17, 30)
ENCRYPTED = datetime(2026, 10, 30, 16, 30)


def answered(module: Module, names: dict[str, Any], key: str) -> float:
    """What the solution of an exercise computes."""
    source = next(cell.source for cell in module.cells if cell.role == "answer" and cell.exercise == key)
    given = dict(names)
    exec(source, given)
    return float(given[module.exercises[key].answer["name"]])


def in_hours(length: timedelta) -> float:
    return length / timedelta(hours=1)


def test_seventy_two_hours_of_calendar_end_on_monday_and_a_working_day_is_left(
    module: Module, names: dict[str, Any]
) -> None:
    limit, monday = KNOWN + timedelta(hours=72), datetime(2026, 11, 2, 9)
    assert (DAYS[KNOWN.weekday()], DAYS[monday.weekday()], DAYS[limit.weekday()]) == (
        "vendredi",
        "lundi",
        "lundi",
    )
    assert (limit.hour, limit.minute) == (17, 30)
    assert answered(module, names, "delai") == in_hours(limit - monday) == 8.5
    text = text_of(module)
    assert (
        "vendredi 30 octobre à 16 h 40" in text
        and "la DPO retient 17 h 30, le même jour" in text
        and "lundi 2 novembre à 9 h 00" in text
    )


def test_the_example_of_christmas_crosses_a_feast_and_a_sunday(names: dict[str, Any]) -> None:
    assert names["exemple"]["heures écoulées"].to_list() == [0, 24, 48, 72]
    start = datetime(2026, 12, 24, 16)
    expected = [start + timedelta(hours=passed) for passed in (0, 24, 48, 72)]
    assert [plain(one) for one in names["exemple"]["instant"]] == [
        f"{DAYS[one.weekday()]} {one:%d/%m, %H} h {one:%M}" for one in expected
    ]
    assert DAYS[expected[-1].weekday()] == "dimanche" and expected[-1].day == 27


def test_the_loss_runs_from_the_latest_copy_that_was_read_again(
    module: Module, names: dict[str, Any]
) -> None:
    copies = names["sauvegardes"]
    usable = copies[copies["le 31 octobre"].str.startswith("relu")]
    latest = pandas.Timestamp(usable["fin"].max())
    assert DAYS[latest.weekday()] == "mercredi" and len(usable) == 2
    assert answered(module, names, "perte") == in_hours(ENCRYPTED - latest) == 42.5
    assert "vendredi 30 octobre à 16 h 30" in text_of(module)
    assert in_hours(ENCRYPTED - datetime(2026, 10, 29, 22)) < 24 < 42.5, (
        "unplugged, Thursday's disk would have held the maximum"
    )


def test_the_stop_is_that_of_the_people_served(module: Module, names: dict[str, Any]) -> None:
    steps = names["etapes_reprise"]
    served = (
        steps[steps["ce qui est arrivé"].str.contains("aux usagers")]["instant"]
        .map(pandas.Timestamp)
        .to_list()
    )
    assert len(served) == 2
    assert answered(module, names, "arret") == in_hours(served[1] - served[0]) == 92 > 72


def test_the_log_and_the_stories_tell_the_same_dates(module: Module) -> None:
    log = plain(module.exercises["ligne"].form["document"])
    lines = re.findall(r"\](?:\{)(\d\d)/(\d\d) (\d\d) h (\d\d) · ([\w.-]+|\w+ \w+ \w+)", log)
    moments = [
        datetime(2026, int(month), int(day), int(hour), int(minute)) for day, month, hour, minute, _ in lines
    ]
    assert len(moments) == 10 and moments == sorted(moments)
    assert moments[-1] == ENCRYPTED
    entered = datetime(2026, 10, 29, 2, 2)
    assert entered in moments and "plus de trente-huit heures" in plain(module.exercises["ligne"].success)
    assert 38 < in_hours(datetime(2026, 10, 30, 16, 40) - entered) < 39
    assert moments[moments.index(entered) + 1] - entered == timedelta(minutes=12), (
        "« douze minutes plus tôt »"
    )


def test_the_first_abnormal_line_is_the_first_out_of_the_habits(module: Module) -> None:
    form = module.exercises["ligne"].form
    rows = re.findall(r"\[(\w+)\]\{(\S+) (\d+)\sh\s(\d+) · (\S+) · ([^}]+)\}", form["document"])
    abnormal = [
        key
        for key, _, hour, _, who, what in rows
        if (who == "maint-ext" and ("ticket" not in what or "sans ticket" in plain(what)))
        or "renommés" in what
    ]
    assert form["solution"] == abnormal[0] == "nuit"


def test_the_case_tells_the_dates_of_the_module(names: dict[str, Any]) -> None:
    told = plain(
        " ".join([line.text for hour in hours() for line in hour.lines] + [hour.at for hour in hours()])
    )
    for date in (
        "Vendredi 30 octobre 2026, 16 h 40",
        "Vendredi 30 octobre, 17 h 30",
        "Samedi 31 octobre",
        "Lundi 2 novembre, 9 h",
    ):
        assert date in told
    copies = names["sauvegardes"]
    assert "Disque de mercredi 28, 22 h" in told and "2026-10-28 22:00" in set(copies["fin"])
    assert "Disque du 14" in told and "2026-10-14 22:00" in set(copies["fin"])
    assert (
        "200 fichiers essayés, 200 lisibles" in told
        and copies["le 31 octobre"].str.contains("200 fichiers sur 200").sum() == 2
    )
    assert "29/10, à partir de 02:14" in told and "41 Go" in told


def test_what_the_case_says_of_the_law_is_in_the_register() -> None:
    told = plain(" ".join(line.text for hour in hours() for line in hour.lines))
    register = {key: plain(str(fact.value)) for key, fact in load_facts().items()}
    assert "72 heures" in told and "72 heures" in register["violation-delai"]
    assert "plainte dans les 72 heures" in told and "soixante-douze heures" in register["plainte-assurance"]
    assert (
        "échelonnées" in told and "puis une notification complémentaire" in register["violation-deux-temps"]
    )


def test_each_plan_lacks_what_is_said(module: Module) -> None:
    form = module.exercises["plans"].form
    for key, label in form["items"].items():
        parts = [part.strip() for part in plain(label).split("**")[-1].split(";")]
        apart = sum("débranché" in part and "centre technique" in part for part in parts)
        kinds = {
            kind
            for part in parts
            for kind, word in (
                ("disk", "disque"),
                ("disk", "Serveur"),
                ("tape", "bande"),
                ("line", "en ligne"),
            )
            if word in part
        }
        lacks = [
            name
            for name, holds in (
                ("exemplaire", len(parts) == 3),
                ("support", len(kinds) >= 2),
                ("ailleurs", apart == 1),
            )
            if not holds
        ]
        assert [form["solution"][key]] == (lacks or ["rien"]), key


def test_the_trainers_page_gives_the_figures_of_the_exercises(module: Module, names: dict[str, Any]) -> None:
    page = plain((module.folder / "instructor.md").read_text(encoding="utf-8"))
    assert "42,5 heures et 92 heures" in page and "24 et 72" in page
    assert answered(module, names, "perte") == 42.5 and answered(module, names, "arret") == 92
