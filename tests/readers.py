"""A file of sixty readers to generalise, for the tests of this activity."""

from typing import Any

READERS: Any = {
    "widget": "generalise",
    "label": "L",
    "table": [
        {"lieu": "quartier", "age": "annee", "groupes": 40, "plus_petit": 1, "p1": 30, "p2": 22, "p5": 8},
        {"lieu": "quartier", "age": "tranche", "groupes": 12, "plus_petit": 3, "p1": 0, "p2": 10, "p5": 50},
        {"lieu": "quartier", "age": "retire", "groupes": 4, "plus_petit": 9, "p1": 0, "p2": 0, "p5": 60},
        {"lieu": "ville", "age": "annee", "groupes": 25, "plus_petit": 1, "p1": 6, "p2": 30, "p5": 24},
        {"lieu": "ville", "age": "tranche", "groupes": 5, "plus_petit": 8, "p1": 0, "p2": 0, "p5": 60},
        {"lieu": "ville", "age": "retire", "groupes": 1, "plus_petit": 60, "p1": 0, "p2": 0, "p5": 60},
    ],
    "cursors": {
        "lieu": {"label": "Lieu", "steps": {"quartier": "le quartier", "ville": "<b>la ville</b>"}},
        "age": {
            "label": "Naissance",
            "steps": {"annee": "l’année", "tranche": "une tranche de dix ans", "retire": "rien"},
        },
    },
    "groups": "groupes",
    "smallest": "plus_petit",
    "sizes": {"p1": 1, "p2": 2, "p5": 5},
    "people": "lecteurs",
    "k": 5,
    "questions": {
        "quartiers": {"text": "Combien de lecteurs dans chaque quartier ?", "needs": {"lieu": "quartier"}},
        "ages": {"text": "Quels âges lisent le plus ?", "needs": {"age": "tranche"}},
    },
    "keep": ["ages"],
}
