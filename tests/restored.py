"""A small file to restore: a good copy, a stale one, a damaged one."""

from typing import Any

from autograder.activities.restore import fingerprint

GOOD, STALE, DAMAGED = "nom,jour\nÉcole,mardi\n", "nom,jour\nÉcole,lundi\n", "#!?\n"
FORM: Any = {
    "widget": "restore",
    "label": "L",
    "file": "liste.csv",
    "copies": [
        {"key": "a", "name": "lundi", "where": "au coffre", "text": STALE},
        {"key": "b", "name": "mardi", "where": "au coffre", "text": GOOD},
        {"key": "c", "name": "mercredi", "where": "au serveur", "text": DAMAGED},
    ],
    "register": [
        {"key": "x", "name": "validée lundi", "fingerprint": fingerprint.of(STALE)},
        {"key": "y", "name": "validée mardi", "fingerprint": fingerprint.of(GOOD)},
    ],
}
