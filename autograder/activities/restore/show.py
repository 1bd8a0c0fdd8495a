"""What the page draws of copies and of a register, and what is shown where no script runs."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from autograder.activities.restore import fingerprint
from autograder.activities.restore.form import NO_LINE, RestoreForm, copy_of
from autograder.contract.forms import Value
from autograder.french.numbers import number
from autograder.html import cell, heading, table

NOTHING = "aucune ligne du registre"


def described(form: RestoreForm) -> Mapping[str, Any]:
    """Return what the page needs: the copies with what they hold, and the register."""
    return {
        "file": form["file"],
        "copies": [
            {
                "key": one["key"],
                "name": one["name"],
                "where": one["where"],
                "size": f"{number(len(one['text'].encode()))}\u00a0octets",
                "text": one["text"],
            }
            for one in form["copies"]
        ],
        "register": [[one["name"], fingerprint.short(one["fingerprint"])] for one in form["register"]],
        "lines": [
            *(
                [one["key"], f"{one['name']} ({fingerprint.short(one['fingerprint'])})"]
                for one in form["register"]
            ),
            [NO_LINE, NOTHING],
        ],
    }


def static(form: RestoreForm, value: Value) -> str:
    """Return what was restored, its fingerprint, and what was said of it, above the register."""
    kept: Any = value
    copy = copy_of(form, kept["copy"])
    assert copy
    names = {one["key"]: one["name"] for one in form["register"]} | {NO_LINE: NOTHING}
    said = names[kept["line"]] if "line" in kept else "rien, le fichier n’a pas été vérifié"
    return str(
        Markup(
            "<p>Copie restaurée\u00a0: {} ({}). Son empreinte, recalculée d’après le module\u00a0: <code>{}</code>. "
            "Déclarée identique à\u00a0: {}.</p>{}"
        ).format(
            copy["name"],
            copy["where"],
            fingerprint.short(fingerprint.of(copy["text"])),
            said,
            table(
                "Le registre des empreintes",
                [heading("Version validée"), heading("Empreinte (début)")],
                [
                    [heading(one["name"], "row"), cell(fingerprint.short(one["fingerprint"]))]
                    for one in form["register"]
                ],
            ),
        )
    )
