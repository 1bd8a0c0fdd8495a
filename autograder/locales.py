"""A locale in which the programs that we start read every path."""

import codecs
import locale


def readable() -> dict[str, str]:
    """Return the variables that give children UTF-8 where the locale knows ASCII alone: `C`, or one that is not installed.

    alembic, which nbgrader starts, reads in the locale's encoding a file that holds the path of the course.
    """
    return {"LC_ALL": "C.UTF-8"} if codecs.lookup(locale.getencoding()).name == "ascii" else {}
