"""An author's file read as text, or a finding."""

import re
from pathlib import Path

from autograder import paths
from autograder.modules.errors import Finding, ModuleError

OF_A_MODULE = {"module.yml", "notebook.md", "answers.yml", "instructor.md"}
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]")
"""Control characters and spaces without width: nobody sees them, and they change a key or a heading."""


def read_text(path: Path) -> str:
    """Return the text of a file; raise ModuleError when it is missing, not UTF-8, cannot be read, or hides a character."""
    line = 0
    try:
        text = path.read_text(encoding="utf-8-sig")
        found = INVISIBLE.search(text)
        if found is None:
            return text
        line = text.count("\n", 0, found.start()) + 1
        message = (
            f"un caractère invisible (U+{ord(found.group()):04X}) est caché dans cette ligne : effacez-la, puis tapez-la de "
            "nouveau."
        )
    except FileNotFoundError:
        message = (
            "ce fichier manque ; créez-le (« campus new » montre un exemple)."
            if path.name in OF_A_MODULE
            else paths.not_a_course(path.name)
        )
    except UnicodeDecodeError:
        message = "ce fichier n’est pas en UTF-8 ; enregistrez-le dans cet encodage."
    except OSError as error:
        message = f"ce fichier ne peut pas être lu ({type(error).__name__}) ; vérifiez que c’est un fichier, et ses droits."
    raise ModuleError([Finding(path, line, message)])
