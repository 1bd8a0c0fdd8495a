"""The words for a value that nbgrader refuses in a course's settings: it is refused late, where it is used."""

import re

NAMED = re.compile(r"The '(\w+)' trait")
WORDS = (
    "Un réglage de nbgrader_config.py a une valeur qui n’est pas permise : {name}. Corrigez sa ligne, ou retirez-la, "
    "puis relancez."
)


def refused_setting(message: str) -> str:
    """Return, in French, what to mend after traitlets' `message`."""
    named = NAMED.search(message)
    return WORDS.format(name=f"« {named[1]} »" if named else message)
