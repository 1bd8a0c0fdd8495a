"""Two small files, one of which is drawn: a number and an opinion are asked of both."""

from typing import Any

FORM: Any = {
    "widget": "casefile",
    "label": "L",
    "texts": {"nord": "**Le nord.** 1 200 habitants.", "sud": "Le sud, [sans lien](https://example.org)."},
    "asks": {
        "habitants": {"label": "Habitants", "unit": "habitants"},
        "avis": {
            "label": "Votre avis",
            "options": {"oui": "Oui", "non": "Non, et voici une raison plus longue qu’une liste"},
        },
    },
}
